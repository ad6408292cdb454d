#include "message/header_writer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "message/header_text.hpp"
#include "support/content.hpp"
#include "support/guard_page.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kWindows[] = {16, 17, 64, 512};

// What is known of a text before it is written.
detail::TextCursor looked(Text text) {
  detail::TextCursor cursor;
  while (cursor.at != text.size() && look_through(text, cursor, 64)) {
  }
  return cursor;
}

// The same through every window, or "(differs)".
template <class Compose>
std::string written(const Compose& compose) {
  const auto fill = [&compose](Sink& sink) {
    HeaderWriter header(sink, 0);
    compose(header);
  };
  const std::string whole = test::composed(100000, fill);
  for (const std::size_t window : kWindows) {
    if (test::composed(window, fill) != whole) return "(differs)";
  }
  return whole;
}

void put_whole(HeaderWriter& header, Text text, bool encode, bool base64) {
  for (std::size_t at = 0; at != text.size();) {
    at = encode ? header.put_encoded(text, at, base64) : header.put_text(text, at);
  }
}

std::string field(Text name, std::string_view value) {
  const test::GuardPage page(value);
  const detail::TextCursor cursor = looked(page.text());
  return written([&](HeaderWriter& header) {
    header.begin(name);
    put_whole(header, page.text(), cursor.encode, is_shorter_in_base64(page.text(), cursor));
    header.end();
  });
}

struct Named {
  std::string name;
  std::string address;
};

void put_mailbox(HeaderWriter& header, Text name, Text address, bool first) {
  const detail::TextCursor cursor = looked(name);
  if (!first) header.separate(name, address);
  if (cursor.encode || HeaderWriter::is_long(name)) {
    put_whole(header, name, true, is_shorter_in_base64(name, cursor));
  } else {
    header.put_name(name);
  }
  header.put_address(address, !name.empty());
}

std::string list(const std::vector<Named>& all, Text name = "To") {
  return written([&](HeaderWriter& header) {
    header.begin(name);
    for (const Named& one : all) {
      put_mailbox(header, std::string_view(one.name), std::string_view(one.address), &one == all.data());
    }
    header.end();
  });
}

std::vector<std::string> lines_of(const std::string& header) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < header.size(); at = header.find("\r\n", at) + 2) {
    lines.push_back(header.substr(at, header.find("\r\n", at) - at));
  }
  return lines;
}

std::size_t longest_line(const std::string& header) {
  std::size_t longest = 0;
  for (const std::string& line : lines_of(header)) longest = std::max(longest, line.size());
  return longest;
}

// RFC 5322 section 2.2.3: takes the CRLF before each blank out.
std::string unfolded(std::string header) {
  for (std::size_t at; (at = header.find("\r\n ")) != std::string::npos;) header.erase(at, 2);
  return header;
}

TEST(HeaderWriter, WritesAFieldOnOneLine) {
  EXPECT_EQ(field("Subject", "Saying Hello"), "Subject: Saying Hello\r\n");
  EXPECT_EQ(field("Subject", ""), "Subject: \r\n");
}

TEST(HeaderWriter, FoldsAtBlanksAndLosesNone) {
  std::string value;
  for (std::size_t i = 0; i < 60; ++i) value += std::string(1 + i % 12, 'w') + std::string(1 + i % 3, ' ');
  value += "end";
  const std::string header = field("Subject", value);
  EXPECT_LE(longest_line(header), 78U);
  EXPECT_EQ(unfolded(header), "Subject: " + value + "\r\n");
}

TEST(HeaderWriter, AFoldedEncodedWordStandsBehindOneBlank) {
  std::string value;
  for (int i = 0; i < 100; ++i) {
    value += "\xc3\xa4";
    const std::vector<std::string> lines = lines_of(field("Subject", value));
    for (std::size_t line = 1; line < lines.size(); ++line) EXPECT_EQ(lines[line].substr(0, 3), " =?") << value;
  }
}

TEST(HeaderWriter, NeverFoldsIntoALineOfBlanks) {
  for (std::size_t blanks = 1; blanks < 200; ++blanks) {
    const std::string value = "a" + std::string(blanks, ' ') + "b" + std::string(blanks, ' ');
    for (const std::string& line : lines_of(field("Subject", value))) {
      EXPECT_NE(line.find_first_not_of(' '), std::string::npos) << blanks;
    }
  }
}

TEST(HeaderWriter, LeavesAWordThatCannotBeFolded) {
  const std::string word(900, 'w');
  EXPECT_EQ(field("X-Word", "a " + word.substr(1) + " b"), "X-Word: a\r\n " + word.substr(1) + "\r\n b\r\n");
}

TEST(HeaderWriter, EncodesWhatWouldBeTooLongALine) {
  for (const std::string& value : {std::string(2000, 'w'), std::string(2000, ' '), "a" + std::string(1500, ' ') + "b",
                                   "a " + std::string(890, 'w') + std::string(890, ' '),
                                   std::string(800, ' ') + std::string(800, 'w'), std::string(950, ' ') + "b"}) {
    EXPECT_LE(longest_line(field("Subject", value)), 76U);
  }
}

TEST(HeaderWriter, NoLineIsLongerThan998) {
  const std::string name(76, 'N');
  for (std::size_t n = 850; n < 1000; n += 7) {
    EXPECT_LE(longest_line(field(std::string_view(name), std::string(n, 'w'))), 998U) << n;
    EXPECT_LE(longest_line(field(std::string_view(name), "a" + std::string(n, ' '))), 998U) << n;
    EXPECT_LE(longest_line(field(std::string_view(name), std::string(n, ' ') + "a" + std::string(n, ' '))), 998U) << n;
  }
}

TEST(HeaderWriter, EncodesTextOutsideAscii) {
  EXPECT_EQ(field("Subject",
                  "Sch\xc3\xb6ne Gru\xc3\x9f"
                  "karte aus Berlin"),
            "Subject: =?utf-8?Q?Sch=C3=B6ne_Gru=C3=9Fkarte_aus_Berlin?=\r\n");
}

TEST(HeaderWriter, EncodesWhatLooksEncoded) {
  EXPECT_EQ(field("Subject", "not =?encoded"), "Subject: =?utf-8?Q?not_=3D=3Fencoded?=\r\n");
  EXPECT_EQ(list({{"=?x", "a@b"}}), "To: =?utf-8?B?PT94?= <a@b>\r\n");
}

TEST(HeaderWriter, LinesWithEncodedWordsHaveAtMost76Columns) {
  for (const char* piece : {"\xc3\xa4", "aaaaaaaaaaaa\xc3\xa4 ", "\xf0\x9f\x98\x80", "\xe6\x97\xa5\xe6\x9c\xac "}) {
    std::string value;
    while (value.size() < 900) value += piece;
    for (const std::size_t name : {1U, 7U, 40U, 50U, 76U}) {
      EXPECT_LE(longest_line(field(std::string_view(std::string(name, 'N')), value)), name == 76 ? 78U : 76U);
    }
  }
}

TEST(HeaderWriter, WritesMailboxesOfRfc5322) {
  EXPECT_EQ(list({{"Mary Smith", "mary@example.net"}}), "To: Mary Smith <mary@example.net>\r\n");
  EXPECT_EQ(list({{"Joe Q. Public", "john.q.public@example.com"}}, "From"),
            "From: \"Joe Q. Public\" <john.q.public@example.com>\r\n");
  EXPECT_EQ(list({{"Giant; \"Big\" Box", "sysservices@example.net"}}),
            "To: \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>\r\n");
  EXPECT_EQ(list({{"", "jdoe@example.org"}, {"Who?", "one@y.test"}}), "To: jdoe@example.org, Who? <one@y.test>\r\n");
}

TEST(HeaderWriter, QuotesEverySpecialOfAName) {
  for (const char c : std::string("()<>[]:;@,.")) {
    const std::string name = std::string("a") + c + "b";
    EXPECT_EQ(list({{name, "x@y"}}), "To: \"" + name + "\" <x@y>\r\n");
  }
  EXPECT_EQ(list({{"a\\b", "x@y"}}), "To: \"a\\\\b\" <x@y>\r\n");
}

TEST(HeaderWriter, QuotesBlanksThatWouldBeLost) {
  for (const char* name : {" a", "a ", "a  b", " "}) {
    EXPECT_EQ(list({{name, "x@y"}}), "To: \"" + std::string(name) + "\" <x@y>\r\n");
  }
}

TEST(HeaderWriter, EncodesANameOutsideAscii) {
  EXPECT_EQ(list({{"Keld J\xc3\xb8rn Simonsen", "keld@dkuug.dk"}}),
            "To: =?utf-8?Q?Keld_J=C3=B8rn_Simonsen?= <keld@dkuug.dk>\r\n");
  EXPECT_EQ(list({{"\"\xc3\xb8\",", "a@b"}}), "To: =?utf-8?B?IsO4Iiw=?= <a@b>\r\n");
}

TEST(HeaderWriter, FoldsListsOfMailboxes) {
  std::vector<Named> all;
  std::string whole = "To: ";
  for (std::size_t i = 0; i < 200; ++i) {
    all.push_back({i % 3 == 0 ? "Pump " + std::to_string(i) : "", "p" + std::string(i % 30, 'p') + "@example.com"});
    const Named& last = all.back();
    whole += (i == 0 ? "" : ", ") + (last.name.empty() ? last.address : last.name + " <" + last.address + ">");
  }
  const std::string header = list(all);
  EXPECT_EQ(unfolded(header), whole + "\r\n");
  EXPECT_LE(longest_line(header), 78U);
}

TEST(HeaderWriter, EveryLengthOfNameAndAddressKeepsTheWidth) {
  for (std::size_t name = 0; name <= 70; ++name) {
    for (std::size_t address = 3; address <= 60; address += 3) {
      const std::string at = std::string(address - 2, 'a') + "@b";
      for (const char* character : {"n", "\"", "\xc3\xa4"}) {
        std::string display;
        for (std::size_t i = 0; i < name; ++i) display += character;
        const std::string header = list({{display, at}, {display, at}, {"", at}}, "Reply-To");
        for (const std::string& line : lines_of(header)) {
          EXPECT_LE(line.size(), line.find("=?utf-8?") != std::string::npos ? 76U : 78U) << line;
        }
      }
    }
  }
}

}  // namespace
}  // namespace mailmote
