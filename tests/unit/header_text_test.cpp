#include "message/header_text.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/guard_page.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

bool look_in_slices(std::string_view text, detail::TextCursor& cursor, std::size_t slice) {
  const test::GuardPage page(text);
  while (cursor.at != text.size()) {
    if (!look_through(page.text(), cursor, slice)) return false;
  }
  return true;
}

// The same in every slice.
bool is_sound(std::string_view text) {
  bool sound[5] = {};
  for (std::size_t slice = 1; slice <= 5; ++slice) {
    detail::TextCursor cursor;
    sound[slice - 1] = look_in_slices(text, cursor, slice);
    EXPECT_EQ(sound[slice - 1], sound[0]) << test::shown(text);
    EXPECT_EQ(sound[slice - 1], !cursor.ill_formed) << test::shown(text);
  }
  return sound[0];
}

bool must_be_encoded(const std::string& text, std::size_t slice = 64) {
  detail::TextCursor cursor;
  EXPECT_TRUE(look_in_slices(text, cursor, slice));
  return cursor.encode;
}

TEST(HeaderText, IsWellFormedUtf8WithoutControls) {
  const auto sound = [](std::string_view text) { return is_sound(text); };
  EXPECT_TRUE(sound(""));
  EXPECT_TRUE(sound("Level 3 % \xe2\x82\xac \xf0\x9f\x98\x80"));
  for (const char* wrong :
       {"a\r\nBcc: x", "a\rb", "a\nb", "\t", "\x7f", "\x1b[0m", "\xff", "\xe2\x82", "a\xc3", "\xc0\x8a"}) {
    EXPECT_FALSE(sound(wrong)) << test::shown(wrong);
  }
  EXPECT_FALSE(sound(std::string_view("a\0b", 3)));
}

TEST(FieldName, IsPrintableAsciiWithoutColon) {
  for (int octet = 0; octet < 256; ++octet) {
    const std::string name = std::string("X") + static_cast<char>(octet) + "Y";
    EXPECT_EQ(is_field_name(std::string_view(name)), octet > 0x20 && octet < 0x7f && octet != ':') << octet;
  }
  EXPECT_FALSE(is_field_name(""));
  EXPECT_TRUE(is_field_name(std::string_view(std::string(76, 'X'))));
  EXPECT_FALSE(is_field_name(std::string_view(std::string(77, 'X'))));
}

TEST(ListAddress, StaysOneAddressInAList) {
  const auto sound = [](std::string_view text) { return is_list_address(test::GuardPage(text).text()); };
  for (const char* right : {"a@b", "first.last+tag@example.com", "\"a,b\"@c", "\"a\\\"b\"@c", "\"a@b\"@c",
                            "x@[192.0.2.1]", "x@[IPv6:2001:db8::1]", "m\xc3\xbcller@example.com"}) {
    EXPECT_TRUE(sound(right)) << right;
  }
  for (const char* wrong : {"a@b,c@d", "a,b@c", "a@b@c", "(x)a@b", "a(@b", "g:a@b", "a;@b", "a@b;", "a@b(c)", "\"a@b",
                            "a\"@b", "\"a\\\"@b", "a\\b@c", "a@\"b\"", "[a]@b", "\"a\\@b"}) {
    EXPECT_FALSE(sound(wrong)) << wrong;
  }
}

TEST(HeaderText, IsEncodedWhereItIsNotAsciiOrLooksEncoded) {
  for (std::size_t slice = 1; slice < 6; ++slice) {
    for (const char* text : {"\xc3\xa4", "plain \xe2\x82\xac", "=?", "a =?utf-8?Q?fake?="}) {
      EXPECT_TRUE(must_be_encoded(text, slice)) << text;
    }
    for (const char* text : {"", "plain text", "a=b ?c? = ?", "~"}) EXPECT_FALSE(must_be_encoded(text, slice)) << text;
  }
}

TEST(HeaderText, IsEncodedWhereAWordAndItsBlanksAreTooLong) {
  const std::string word(600, 'w');
  const std::string blanks(400, ' ');
  for (const std::string& text : {word + word, word + blanks, blanks + word, "a " + word + blanks,
                                  blanks + blanks + blanks, std::string(70000, 'w'), word + " b" + blanks + word,
                                  "a" + std::string(70000, ' ')}) {
    for (const std::size_t slice : {1U, 63U, 64U, 100000U}) EXPECT_TRUE(must_be_encoded(text, slice));
  }
  for (const std::string& text : {word + " " + word, word + blanks + "b " + word, std::string(900, 'w'),
                                  blanks + blanks}) {
    for (const std::size_t slice : {1U, 63U, 64U, 100000U}) EXPECT_FALSE(must_be_encoded(text, slice));
  }
}

TEST(HeaderText, LooksAtNoMoreThanItWasAsked) {
  const std::string text(1000, 'w');
  detail::TextCursor cursor;
  EXPECT_TRUE(look_through(std::string_view(text), cursor, 64));
  EXPECT_EQ(cursor.at, 64U);
}

TEST(HeaderText, TakesBase64WhereThatIsShorter) {
  for (const char* text : {"\xe6\x97\xa5", "====", "\xf0\x9f\x98\x80"}) {
    detail::TextCursor cursor;
    ASSERT_TRUE(look_in_slices(text, cursor, 64));
    EXPECT_TRUE(is_shorter_in_base64(text, cursor)) << text;
  }
  for (const char* text : {"", "plain text", "mostly plain \xc3\xa4", "a=bcdefgh"}) {
    detail::TextCursor cursor;
    ASSERT_TRUE(look_in_slices(text, cursor, 64));
    EXPECT_FALSE(is_shorter_in_base64(text, cursor)) << text;
  }
}

TEST(MessageIdText, IsVisibleAsciiInBrackets) {
  const auto sound = [](std::string_view text) { return is_message_id(test::GuardPage(text).text()); };
  for (const char* right : {"<a@b>", "<0123@example.com>", "<a=?b@c>", "<abc>"}) EXPECT_TRUE(sound(right)) << right;
  for (const char* wrong : {"", "<", "<>", "<a>", "<ab>x", "x<ab>", "<a b@c>", "<a<b@c>", "<a>b@c>", "<a@b", "a@b>",
                            "<a@b\x7f>", "<\xc3\xa4@b>", "<a\r\n@b>"}) {
    EXPECT_FALSE(sound(wrong)) << test::shown(wrong);
  }
  EXPECT_TRUE(sound("<" + std::string(248, 'a') + ">"));
  EXPECT_FALSE(sound("<" + std::string(249, 'a') + ">"));
}

}  // namespace
}  // namespace mailmote
