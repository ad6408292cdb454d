#include "wire/words.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/guard_page.hpp"

namespace mailmote {
namespace {

std::vector<std::string> words_of(std::string_view line, char also = ' ') {
  const test::GuardPage page(line);
  Text rest = page.text();
  std::vector<std::string> words;
  while (!rest.empty()) words.emplace_back(take_word(rest, also));
  return words;
}

bool is_decimal(std::string_view digits, std::uint32_t& value) {
  const test::GuardPage page(digits);
  return parse_decimal(page.text(), value);
}

TEST(Words, UpperChangesAsciiLettersOnly) {
  EXPECT_EQ(upper('a'), 'A');
  EXPECT_EQ(upper('z'), 'Z');
  EXPECT_EQ(upper('@'), '@');
  EXPECT_EQ(upper('{'), '{');
  EXPECT_EQ(upper('\xe4'), '\xe4');
}

TEST(Words, EqualWordsIgnoresCaseAndNothingElse) {
  EXPECT_TRUE(equal_words("StartTLS", "STARTTLS"));
  EXPECT_TRUE(equal_words("", ""));
  EXPECT_FALSE(equal_words("SIZE", "SIZEX"));
  EXPECT_FALSE(equal_words("SIZEX", "SIZE"));
  EXPECT_FALSE(equal_words("@", "`"));
  EXPECT_FALSE(equal_words("[", "{"));
}

TEST(Words, TakeWordSplitsAtBlanksAndTabs) {
  EXPECT_EQ(words_of("SIZE 100"), (std::vector<std::string>{"SIZE", "100"}));
  EXPECT_EQ(words_of("AUTH\tPLAIN  LOGIN"), (std::vector<std::string>{"AUTH", "PLAIN", "LOGIN"}));
  EXPECT_EQ(words_of("  DSN"), (std::vector<std::string>{"DSN"}));
}

TEST(Words, TakeWordAtTheEndIsEmpty) {
  Text rest = "   ";
  EXPECT_EQ(take_word(rest), "");
  EXPECT_EQ(rest, "");
  EXPECT_EQ(take_word(rest), "");
}

TEST(Words, TakeWordStopsAtTheOtherSeparatorToo) {
  EXPECT_EQ(words_of("AUTH=LOGIN PLAIN", '='), (std::vector<std::string>{"AUTH", "LOGIN", "PLAIN"}));
  EXPECT_EQ(words_of("RCPTMAX=", '='), (std::vector<std::string>{"RCPTMAX"}));
  EXPECT_EQ(words_of("=x", '='), (std::vector<std::string>{"", "x"}));
}

TEST(Words, ParseDecimalTakesDigitsOnly) {
  std::uint32_t value = 0;
  EXPECT_TRUE(is_decimal("0", value));
  EXPECT_EQ(value, 0U);
  EXPECT_TRUE(is_decimal("0035882577", value));
  EXPECT_EQ(value, 35882577U);
  for (const char* wrong : {"", "-1", "+1", "1k", " 1", "1 ", "0x10", "1.5"})
    EXPECT_FALSE(is_decimal(wrong, value)) << wrong;
}

TEST(Words, ParseDecimalSaturates) {
  std::uint32_t value = 0;
  EXPECT_TRUE(is_decimal("4294967294", value));
  EXPECT_EQ(value, 4294967294U);
  for (const char* large : {"4294967295", "4294967296", "9999999999", "18446744073709551616", "42949672950000000001"}) {
    EXPECT_TRUE(is_decimal(large, value));
    EXPECT_EQ(value, 4294967295U) << large;
  }
}

TEST(Words, FindWordGivesTheIndexOfAWholeWord) {
  constexpr auto kList = word_list(" SIZE PIPELINING DSN");
  EXPECT_EQ(find_word(kList.octets, "size"), 0);
  EXPECT_EQ(find_word(kList.octets, "Pipelining"), 1);
  EXPECT_EQ(find_word(kList.octets, "DSN"), 2);
  for (const char* absent : {"", "SIZ", "SIZEX", "XSIZE", "DS", "SIZE PIPELINING"})
    EXPECT_EQ(find_word(kList.octets, absent), -1);
}

TEST(Words, WordAtGivesTheWordOfAnIndex) {
  constexpr auto kList = word_list(" SIZE PIPELINING DSN");
  EXPECT_EQ(word_at(kList.octets, 0), "SIZE");
  EXPECT_EQ(word_at(kList.octets, 1), "PIPELINING");
  EXPECT_EQ(word_at(kList.octets, 2), "DSN");
  EXPECT_EQ(word_at(kList.octets, 3), "");
  EXPECT_EQ(word_at(kList.octets, 99), "");
}

}  // namespace
}  // namespace mailmote
