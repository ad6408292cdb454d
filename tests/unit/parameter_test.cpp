#include "message/parameter.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/content.hpp"

namespace mailmote {
namespace {

// All segments, the same through every window, or "(differs)".
std::string parameter(const std::string& value) {
  std::string all;
  unsigned segment = 0;
  for (std::size_t at = 0; at < value.size(); ++segment) {
    std::size_t next = at;
    const auto compose = [&](Sink& sink) { next = put_file_name(sink, std::string_view(value), at, segment); };
    const std::string piece = test::composed(100, compose);
    for (const std::size_t window : {1U, 7U}) {
      if (test::composed(window, compose) != piece) return "(differs)";
    }
    if (next <= at) return all + "(stuck)";
    at = next;
    all += piece;
  }
  return all;
}

std::string plain(const std::string& value) {
  return test::composed(100, [&](Sink& sink) { put_plain_name(sink, std::string_view(value)); });
}

TEST(Parameter, PutsAsciiInQuotes) {
  EXPECT_EQ(parameter("a.txt"), ";\r\n filename=\"a.txt\"");
  EXPECT_EQ(parameter("my \"own\" \\ file; x=y.txt"), ";\r\n filename=\"my \\\"own\\\" \\\\ file; x=y.txt\"");
}

TEST(Parameter, PutsOtherCharactersInPercentEncoding) {
  EXPECT_EQ(parameter("\xc3\xa4 '*%\".txt"), ";\r\n filename*=utf-8''%C3%A4%20%27%2A%25%22.txt");
}

TEST(Parameter, PutsWhatLooksLikeAnEncodedWordInPercentEncoding) {
  EXPECT_EQ(parameter("=?utf-8?Q?a?="), ";\r\n filename*=utf-8''%3D%3Futf-8%3FQ%3Fa%3F%3D");
  EXPECT_EQ(plain("=?utf-8?Q?a?="), ";\r\n name=\"_?utf-8?Q?a?=\"");
}

TEST(Parameter, ContinuesWhatIsLong) {
  EXPECT_EQ(parameter(std::string(61, 'a')), ";\r\n filename=\"" + std::string(61, 'a') + "\"");
  const std::string line(60, 'a');
  EXPECT_EQ(parameter(line + line + "b"),
            ";\r\n filename*0=\"" + line + "\";\r\n filename*1=\"" + line + "\";\r\n filename*2=\"b\"");
}

TEST(Parameter, NoLineIsLongAndNoCharacterIsCut) {
  const std::string pieces[] = {"\xe2\x82\xac", "a\xc3\xa4", "x", "\"", "\xf0\x9f\x98\x80."};
  for (const std::string& piece : pieces) {
    std::string value;
    while (value.size() + piece.size() <= 255) {
      value += piece;
      const std::string all = parameter(value) + ";\r\n";
      for (std::size_t at = 3; at < all.size();) {
        const std::size_t end = all.find("\r\n", at);
        const std::string line = all.substr(at, end - at);
        ASSERT_LE(line.size(), 76U) << line;
        const std::size_t equal = line.find('=');
        const std::string octets = line.substr(equal + 1, line.size() - equal - 2);
        ASSERT_NE(octets.substr(0, 2), "%8") << all;  // the tail of a character
        at = end + 2;
      }
    }
  }
}

TEST(PlainParameter, ReplacesEachCharacterAboveAscii) {
  EXPECT_EQ(plain("a.txt"), ";\r\n name=\"a.txt\"");
  EXPECT_EQ(plain("\xc3\xa4-\xe2\x82\xac-\xf0\x9f\x98\x80\".txt"), ";\r\n name=\"_-_-_\\\".txt\"");
}

TEST(PlainParameter, IsLeftOutWhereItDoesNotFit) {
  EXPECT_EQ(plain(std::string(67, 'x')).size(), 3U + 7 + 67 + 1);
  EXPECT_EQ(plain(std::string(68, 'x')), "");
}

TEST(Parameter, KeepsOnlyPlainCharactersOutOfPercentEncoding) {
  EXPECT_EQ(parameter("\xc3\xa4_{Z}.txt"), ";\r\n filename*=utf-8''%C3%A4_%7BZ%7D.txt");
  EXPECT_EQ(parameter("a\x7f"), ";\r\n filename*=utf-8''a%7F");
}

}  // namespace
}  // namespace mailmote
