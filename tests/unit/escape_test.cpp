#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "mailmote/observer.hpp"
#include "support/guard_page.hpp"

namespace mailmote {
namespace {

std::string escaped(std::string_view octets, std::size_t size = 256) {
  const test::GuardPage in(octets);
  const test::GuardPage out(size);
  return std::string(escape(in.view(), reinterpret_cast<char*>(out.data()), size));
}

TEST(Escape, LeavesPrintableAsciiButTheBackslash) {
  EXPECT_EQ(escaped("250 2.0.0 ok \"<>~"), "250 2.0.0 ok \"<>~");
  EXPECT_EQ(escaped("a\\b"), "a\\x5cb");
}

TEST(Escape, WritesControlCharactersInHex) {
  EXPECT_EQ(escaped(std::string_view("\0\t\r\n\x1b[31m\x7f", 10)), "\\x00\\x09\\x0d\\x0a\\x1b[31m\\x7f");
}

TEST(Escape, LeavesWellFormedUtf8) {
  const std::string text = "\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf \xed\x9f\xbf \xee\x80\x80 \xc2\xa0";
  EXPECT_EQ(escaped(text), text);
}

TEST(Escape, WritesC1ControlsInHex) {
  EXPECT_EQ(escaped("\xc2\x80"), "\\xc2\\x80");
  EXPECT_EQ(escaped("\xc2\x9b"
                    "31m"),
            "\\xc2\\x9b31m");
  EXPECT_EQ(escaped("\x9b"
                    "31m"),
            "\\x9b31m");
}

TEST(Escape, WritesIllFormedUtf8InHex) {
  EXPECT_EQ(escaped("\xc0\xaf"), "\\xc0\\xaf");
  EXPECT_EQ(escaped("\xe0\x9f\xbf"), "\\xe0\\x9f\\xbf");
  EXPECT_EQ(escaped("\xf0\x8f\xbf\xbf"), "\\xf0\\x8f\\xbf\\xbf");
  EXPECT_EQ(escaped("\xed\xa0\x80"), "\\xed\\xa0\\x80");
  EXPECT_EQ(escaped("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
  EXPECT_EQ(escaped("\xff\xfe"), "\\xff\\xfe");
  EXPECT_EQ(escaped("\xe2\x82"), "\\xe2\\x82");
  EXPECT_EQ(escaped("\xe2\x82z"), "\\xe2\\x82z");
}

TEST(Escape, NeverWritesAPartOfAnEscapeOrCharacter) {
  EXPECT_EQ(escaped("a\nb", 5), "a");
  EXPECT_EQ(escaped("a\nb", 6), "a\\x0a");
  EXPECT_EQ(escaped("a\xe2\x82\xac", 4), "a");
  EXPECT_EQ(escaped("a\xe2\x82\xac", 5), "a\xe2\x82\xac");
}

TEST(Escape, EndsWithNulInEveryBuffer) {
  for (std::size_t size = 1; size < 20; ++size) {
    const test::GuardPage page(size);
    auto* const out = reinterpret_cast<char*>(page.data());
    const std::string octets = "ab\x01\xc3\xa4z";
    const Text text = escape({reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()}, out, size);
    EXPECT_EQ(std::strlen(out), text.size());
  }
  EXPECT_EQ(escape({nullptr, 0}, nullptr, 0), "");
}

TEST(Escape, EachOctetAloneIsItselfOrHex) {
  for (int octet = 0; octet < 256; ++octet) {
    const std::string one(1, static_cast<char>(octet));
    const bool plain = octet >= 0x20 && octet < 0x7f && octet != '\\';
    EXPECT_EQ(escaped(one) == one, plain) << octet;
    EXPECT_EQ(escaped(one).size(), plain ? 1U : 4U) << octet;
  }
}

TEST(Escape, KnowsTheFirstCharactersOfThreeOctets) {
  EXPECT_EQ(escaped("\xe0\xa0\x80"), "\xe0\xa0\x80");
  EXPECT_EQ(escaped("\xe0\x9f\xbf"), "\\xe0\\x9f\\xbf");
}

}  // namespace
}  // namespace mailmote
