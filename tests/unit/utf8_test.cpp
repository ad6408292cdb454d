#include "message/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/guard_page.hpp"

namespace mailmote {
namespace {

std::size_t length(std::string_view octets) { return utf8_length(test::GuardPage(octets).text(), 0); }

// RFC 3629 section 3, the table.
std::string encoded(std::uint32_t code) {
  const auto tail = [code](unsigned shift) { return static_cast<char>(0x80U | (code >> shift & 0x3fU)); };
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800) return {static_cast<char>(0xc0U | code >> 6), tail(0)};
  if (code < 0x10000) return {static_cast<char>(0xe0U | code >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xf0U | code >> 18), tail(12), tail(6), tail(0)};
}

TEST(Utf8, KnowsTheExamplesOfRfc3629) {
  EXPECT_EQ(length("A"), 1U);
  EXPECT_EQ(length("\xe2\x89\xa2\xce\x91"), 3U);
  EXPECT_EQ(length("\xed\x95\x9c"), 3U);
  EXPECT_EQ(length("\xf0\xa3\x8e\xb4"), 4U);
}

TEST(Utf8, EveryCharacterHasItsLength) {
  for (std::uint32_t code = 0; code < 0x110000; ++code) {
    const std::string octets = encoded(code);
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    ASSERT_EQ(utf8_length(std::string_view(octets), 0), surrogate ? 0 : octets.size()) << code;
  }
}

TEST(Utf8, WhatLiesBeyondUnicodeIsNone) {
  for (std::uint32_t code = 0x110000; code < 0x200000; code += 0x3ff) {
    ASSERT_EQ(utf8_length(std::string_view(encoded(code)), 0), 0U) << code;
  }
  EXPECT_EQ(length("\xf8\x88\x80\x80\x80"), 0U);
  EXPECT_EQ(length("\xff"), 0U);
}

TEST(Utf8, TooLongFormsAreNone) {
  for (const char* wrong :
       {"\xc0\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf"}) {
    EXPECT_EQ(length(wrong), 0U);
  }
}

TEST(Utf8, TailsAloneAndMissingTailsAreNone) {
  for (const char* wrong : {"\x80", "\xbf", "\xc3", "\xc3z", "\xe2\x82", "\xe2\x82z", "\xe2z\xac", "\xf0\x9f\x98",
                            "\xf0\x9f\x98z", "\xf0\x9fz\x80", "\xc3\xc3"}) {
    EXPECT_EQ(length(wrong), 0U);
  }
}

TEST(Utf8, LooksFromThePlaceThatIsAsked) {
  EXPECT_EQ(utf8_length("a\xc3\xa4z", 1), 2U);
  EXPECT_EQ(utf8_length("a\xc3\xa4z", 2), 0U);
  EXPECT_EQ(utf8_length("a\xc3\xa4z", 3), 1U);
}

TEST(Utf8, ControlsAreC0AndDel) {
  for (int octet = 0; octet < 256; ++octet) {
    EXPECT_EQ(is_control(static_cast<char>(octet)), octet < 0x20 || octet == 0x7f) << octet;
  }
}

}  // namespace
}  // namespace mailmote
