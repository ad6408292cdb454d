#include "mailmote/detail/reply_parser.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/guard_page.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

bool parses(std::string_view line) {
  ReplyLine out;
  return parse_reply_line(test::GuardPage(line).view(), out);
}

// "code last text" of a line.
std::string parsed(std::string_view line) {
  const test::GuardPage page(line);
  ReplyLine out;
  if (!parse_reply_line(page.view(), out)) return "malformed";
  return std::to_string(out.code) + (out.last ? " last " : " more ") + std::string(out.text);
}

// "class.subject.detail", or "none".
std::string enhanced(std::string_view text, std::uint16_t code) {
  const EnhancedCode found = parse_enhanced(test::GuardPage(text).text(), code);
  if (found.status_class == 0) return found.subject == 0 && found.detail == 0 ? "none" : "half";
  return std::to_string(found.status_class) + "." + std::to_string(found.subject) + "." + std::to_string(found.detail);
}

Status add(ReplyParser& parser, std::string_view line, std::uint16_t dropped = 0) {
  const test::GuardPage page(line);
  ReplyLine out;
  return parser.add({page.view(), dropped}, out);
}

TEST(ReplyLine, HasCodeContinuationAndText) {
  EXPECT_EQ(parsed("220 mail.example.com ESMTP"), "220 last mail.example.com ESMTP");
  EXPECT_EQ(parsed("250-SIZE 100"), "250 more SIZE 100");
  EXPECT_EQ(parsed("250  two blanks"), "250 last  two blanks");
  EXPECT_EQ(parsed("599 - x"), "599 last - x");
}

TEST(ReplyLine, NeedsNoText) {
  EXPECT_EQ(parsed("250"), "250 last ");
  EXPECT_EQ(parsed("250 "), "250 last ");
  EXPECT_EQ(parsed("250-"), "250 more ");
}

TEST(ReplyLine, TakesAnyOctetsAsText) {
  EXPECT_EQ(parsed("250 \xff\x01\xe2\x82"), "250 last \xff\x01\xe2\x82");
  EXPECT_EQ(parsed(std::string_view("250 a\0b", 7)), std::string("250 last a\0b", 12));
}

TEST(ReplyLine, RefusesWhatIsNoReply) {
  for (const char* wrong :
       {"", "2", "25", "2 5", "abc", "25a ok", "2a0 ok", " 250 ok", "-250 ok", "2500 ok", "250_ok", "250\tok",
        "HTTP/1.1 400 Bad Request", "SSH-2.0-OpenSSH_9.2", "\x15\x03\x01", "+250 ok", "\xb2\xb5\xb0 ok"}) {
    EXPECT_FALSE(parses(wrong)) << test::shown(wrong);
  }
}

TEST(ReplyLine, TheFirstDigitIsTwoToFive) {
  for (const char* wrong : {"000 x", "150 x", "199 x", "600 x", "999 x"}) EXPECT_FALSE(parses(wrong)) << wrong;
  for (const char* right : {"200 x", "354 x", "421 x", "599 x", "299", "290 x"}) EXPECT_TRUE(parses(right)) << right;
}

TEST(ReplyLine, EveryThreeOctetsAreThreeDigitsOrRefused) {
  for (int octet = 0; octet < 256; ++octet) {
    for (std::size_t at = 0; at < 3; ++at) {
      std::string line = "250 x";
      line[at] = static_cast<char>(octet);
      const bool digit = octet >= '0' && octet <= '9';
      const bool first = octet >= '2' && octet <= '5';
      EXPECT_EQ(parses(line), at == 0 ? first : digit) << octet << " at " << at;
    }
  }
}

TEST(EnhancedCode, IsReadAtTheStartOfTheText) {
  EXPECT_EQ(enhanced("2.1.5 ok", 250), "2.1.5");
  EXPECT_EQ(enhanced("5.7.1", 550), "5.7.1");
  EXPECT_EQ(enhanced("4.999.999 x", 451), "4.999.999");
  EXPECT_EQ(enhanced("2.0.0 ", 250), "2.0.0");
}

TEST(EnhancedCode, NeedsThreeNumbersAndABlankBehind) {
  for (const char* wrong :
       {"", "2", "2.", "2.1", "2.1.", "2..1 x", ".1.1 x", "2.1.5x", "2.0.0.1", "2.0.0.1 x", "2.0.0-1", "2.0.1000 x",
        "2.1000.0 x", "2 1 5", "2.1 .5", " 2.1.5 x", "2.-1.5", "ok 2.1.5", "2.1.5,"}) {
    EXPECT_EQ(enhanced(wrong, 250), "none") << wrong;
  }
}

TEST(EnhancedCode, CountsOnlyWhenItsClassIsTheCodesFirstDigit) {
  EXPECT_EQ(enhanced("5.1.1 no", 250), "none");
  EXPECT_EQ(enhanced("2.1.1 ok", 550), "none");
  EXPECT_EQ(enhanced("4.1.1 later", 550), "none");
  EXPECT_EQ(enhanced("52.1.1 no", 550), "none");
}

TEST(ReplyParser, JoinsTheLinesOfAReply) {
  ReplyParser parser;
  EXPECT_EQ(add(parser, "250-a"), Status::ok);
  EXPECT_TRUE(parser.first());
  EXPECT_FALSE(parser.complete());
  EXPECT_EQ(add(parser, "250 b"), Status::ok);
  EXPECT_FALSE(parser.first());
  EXPECT_TRUE(parser.complete());
}

TEST(ReplyParser, BeginsANewReplyAfterTheLastLine) {
  ReplyParser parser;
  EXPECT_EQ(add(parser, "250 a"), Status::ok);
  EXPECT_EQ(add(parser, "550 b"), Status::ok);
  EXPECT_TRUE(parser.first());
  EXPECT_TRUE(parser.complete());
}

TEST(ReplyParser, RefusesAChangeOfTheCode) {
  for (const char* other : {"251-b", "250b", "550 b", "251"}) {
    ReplyParser parser;
    EXPECT_EQ(add(parser, "250-a"), Status::ok);
    EXPECT_EQ(add(parser, other),
              std::string_view(other) == "250b" ? Status::malformed_reply : Status::reply_code_changed);
  }
}

TEST(ReplyParser, RefusesMalformedLines) {
  for (const char* wrong : {"", "2", "hello", "250:x", "650 x"}) {
    ReplyParser parser;
    EXPECT_EQ(add(parser, wrong), Status::malformed_reply) << wrong;
  }
}

TEST(ReplyParser, ResetForgetsTheReplyUnderWay) {
  ReplyParser parser;
  EXPECT_EQ(add(parser, "250-a"), Status::ok);
  parser.reset();
  EXPECT_TRUE(parser.complete());
  EXPECT_EQ(add(parser, "550 b"), Status::ok);
  EXPECT_TRUE(parser.first());
}

TEST(ReplyParser, EndsAReplyOfMoreThan64KiB) {
  const std::string line = "250-" + std::string(508, 'x');
  ReplyParser parser;
  Status status = Status::ok;
  std::size_t octets = 0;
  for (; status == Status::ok && octets < 100000; octets += line.size()) status = add(parser, line);
  EXPECT_EQ(status, Status::reply_too_long);
  EXPECT_GT(octets, 65000U);
  EXPECT_LT(octets, 66100U);
}

TEST(ReplyParser, CountsEmptyLinesToo) {
  ReplyParser parser;
  Status status = Status::ok;
  int lines = 0;
  for (; status == Status::ok && lines < 70000; ++lines) status = add(parser, "250-");
  EXPECT_EQ(status, Status::reply_too_long);
  EXPECT_LE(lines, 65536 / 4);
}

TEST(ReplyParser, CountsWhatWasDroppedOfALine) {
  ReplyParser parser;
  EXPECT_EQ(add(parser, "250-cut", 40000), Status::ok);
  EXPECT_EQ(add(parser, "250-cut", 40000), Status::reply_too_long);
  EXPECT_EQ(add(parser, "250 cut", LineReader::kTooLong), Status::reply_too_long);
}

TEST(ReplyParser, EachReplyHasALimitOfItsOwn) {
  const std::string line = "250-" + std::string(40000, 'x');
  ReplyParser parser;
  for (int reply = 0; reply < 10; ++reply) {
    ASSERT_EQ(add(parser, line), Status::ok);
    ASSERT_EQ(add(parser, "250 end"), Status::ok);
  }
}

TEST(ReplyParser, OneLineOfMoreThan64KiBIsTooLong) {
  ReplyParser parser;
  EXPECT_EQ(add(parser, "250 " + std::string(65536, 'x')), Status::reply_too_long);
}

TEST(EnhancedCode, HasNoClassForIntermediateReplies) {
  EXPECT_EQ(parse_enhanced("3.0.0 go on", 354).status_class, 0);
  EXPECT_EQ(parse_enhanced("2.0.0 ok", 250).status_class, 2);
}

}  // namespace
}  // namespace mailmote
