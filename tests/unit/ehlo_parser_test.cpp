#include "wire/ehlo_parser.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "support/guard_page.hpp"

namespace mailmote {
namespace {

Capabilities offered(std::initializer_list<std::string_view> lines) {
  Capabilities capabilities;
  for (const std::string_view line : lines) {
    const test::GuardPage page(line);
    parse_ehlo_line(page.text(), capabilities);
  }
  return capabilities;
}

constexpr struct {
  const char* keyword;
  Extension extension;
} kKeywords[] = {
    {"SIZE", Extension::size},
    {"PIPELINING", Extension::pipelining},
    {"8BITMIME", Extension::eight_bit_mime},
    {"SMTPUTF8", Extension::smtputf8},
    {"CHUNKING", Extension::chunking},
    {"BINARYMIME", Extension::binary_mime},
    {"DSN", Extension::dsn},
    {"ENHANCEDSTATUSCODES", Extension::enhanced_status_codes},
    {"STARTTLS", Extension::starttls},
    {"REQUIRETLS", Extension::require_tls},
    {"LIMITS", Extension::limits},
    {"AUTH", Extension::auth},
};

unsigned bit(Extension extension) { return 1U << static_cast<unsigned>(extension); }

std::string mixed_case(std::string word) {
  for (std::size_t i = 0; i < word.size(); i += 2) {
    if (word[i] >= 'A' && word[i] <= 'Z') word[i] = static_cast<char>(word[i] - 'A' + 'a');
  }
  return word;
}

TEST(EhloParser, EachKeywordSetsItsExtensionAlone) {
  for (const auto& row : kKeywords) EXPECT_EQ(offered({row.keyword}).flags, bit(row.extension)) << row.keyword;
}

TEST(EhloParser, KeywordsCountInAnyCase) {
  for (const auto& row : kKeywords)
    EXPECT_EQ(offered({mixed_case(row.keyword)}).flags, bit(row.extension)) << row.keyword;
}

TEST(EhloParser, KeywordsCountOnlyWhole) {
  for (const auto& row : kKeywords) {
    const std::string word = row.keyword;
    for (const std::string& other : {word + "X", "X" + word, word.substr(1), word.substr(0, word.size() - 1),
                                     word + "-1", word + ":", "X " + word}) {
      EXPECT_EQ(offered({other}).flags, 0) << other;
    }
  }
}

TEST(EhloParser, ParametersDoNotHideAKeyword) {
  for (const auto& row : kKeywords) {
    EXPECT_EQ(offered({std::string(row.keyword) + " some parameters"}).flags, bit(row.extension)) << row.keyword;
  }
}

TEST(EhloParser, AnEqualSignMakesAnotherKeywordExceptForAuth) {
  for (const auto& row : kKeywords) {
    const bool auth = row.extension == Extension::auth;
    EXPECT_EQ(offered({std::string(row.keyword) + "=1"}).flags, auth ? bit(Extension::auth) : 0) << row.keyword;
  }
  EXPECT_EQ(offered({"SIZE="}).flags, 0);
  EXPECT_TRUE(offered({"AUTH=LOGIN PLAIN"}).has(Extension::auth));
}

TEST(EhloParser, UnknownAndEmptyLinesAreNothing) {
  EXPECT_EQ(offered({"", "mail.example.com Hello", "VRFY", "XCLIENT NAME ADDR", "=", "\xff"}).flags, 0);
}

TEST(EhloParser, LinesAddUp) {
  const Capabilities capabilities = offered({"PIPELINING", "SIZE 10240000", "ETRN", "8BITMIME", "DSN"});
  EXPECT_EQ(capabilities.flags,
            bit(Extension::pipelining) | bit(Extension::size) | bit(Extension::eight_bit_mime) | bit(Extension::dsn));
  EXPECT_EQ(capabilities.size_max, 10240000U);
}

TEST(EhloParser, ReadsTheSizeLimit) {
  EXPECT_EQ(offered({"SIZE 35882577"}).size_max, 35882577U);
  EXPECT_EQ(offered({"size\t1"}).size_max, 1U);
  EXPECT_EQ(offered({"SIZE 4294967294"}).size_max, 4294967294U);
}

TEST(EhloParser, SizeWithoutAUsableNumberIsNoLimit) {
  for (const char* line : {"SIZE", "SIZE ", "SIZE 0", "SIZE 4294967295", "SIZE 99999999999999999999", "SIZE ten",
                           "SIZE -1", "SIZE 1k", "SIZE 0x10"}) {
    const Capabilities capabilities = offered({line});
    EXPECT_TRUE(capabilities.has(Extension::size)) << line;
    EXPECT_EQ(capabilities.size_max, 0U) << line;
  }
}

TEST(EhloParser, ReadsLimits) {
  const Capabilities capabilities = offered({"LIMITS RCPTMAX=20 MAILMAX=5 RCPTDOMAINMAX=1"});
  EXPECT_EQ(capabilities.rcpt_max, 20U);
  EXPECT_EQ(capabilities.mail_max, 5U);
  EXPECT_EQ(capabilities.rcpt_domain_max, 1U);
}

TEST(EhloParser, LimitsIgnoresCaseAndWhatItDoesNotKnow) {
  const Capabilities capabilities = offered({"limits XMAX=3 rcptmax=7 RCPTMAXX=9 MAILMAX =4 RCPTDOMAINMAX"});
  EXPECT_EQ(capabilities.rcpt_max, 7U);
  EXPECT_EQ(capabilities.mail_max, 0U);
  EXPECT_EQ(capabilities.rcpt_domain_max, 0U);
}

TEST(EhloParser, LimitsThatAreNoNumbersCountAsNotGiven) {
  for (const char* line : {"LIMITS", "LIMITS RCPTMAX", "LIMITS RCPTMAX=", "LIMITS RCPTMAX=x", "LIMITS RCPTMAX=0",
                           "LIMITS RCPTMAX=-5", "LIMITS =5", "LIMITS RCPTMAX==5"}) {
    EXPECT_EQ(offered({line}).rcpt_max, 0U) << line;
  }
  EXPECT_EQ(offered({"LIMITS RCPTMAX=70000"}).rcpt_max, 65535U);
  EXPECT_EQ(offered({"LIMITS RCPTMAX=99999999999999"}).rcpt_max, 65535U);
}

TEST(EhloParser, LooksNoFurtherThanTheLine) {
  for (const std::string_view buffer : {"SIZE=", " SIZE=", "  SIZE==", "\tSIZE="}) {
    Capabilities capabilities;
    parse_ehlo_line(buffer.substr(0, buffer.find('=')), capabilities);
    EXPECT_TRUE(capabilities.has(Extension::size)) << buffer;
  }
}

}  // namespace
}  // namespace mailmote
