#include "message/encoded_word.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/content.hpp"
#include "support/guard_page.hpp"

namespace mailmote {
namespace {

// The shorter encoding, as the contract says.
bool in_base64(std::string_view text) {
  const auto literal = [](char c) { return stands_for_itself(c) || c == ' '; };
  const auto literals = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), literal));
  return (text.size() + 2) / 3 * 4 < literals + 3 * (text.size() - literals);
}

// The words that `text` becomes when each has `room` columns.
std::vector<std::string> words_of(std::string_view text, std::size_t room = 75) {
  const test::GuardPage page(text);
  const bool base64 = in_base64(text);
  std::vector<std::string> out;
  for (std::size_t at = 0; at != text.size() && out.size() < 1000;) {
    std::uint8_t word[100];
    Sink sink(word, sizeof word, 0);
    at = put_encoded_word(sink, page.text(), at, base64, room);
    EXPECT_TRUE(sink.complete());
    out.emplace_back(word, word + sink.written());
  }
  return out;
}

using Words = std::vector<std::string>;

// Decodes the Q form (RFC 2047 section 4.2).
std::string decoded_q(const std::string& word) {
  std::string out;
  for (std::size_t i = 10; i + 2 < word.size(); ++i) {
    if (word[i] == '=')
      out += static_cast<char>(std::stoi(word.substr(i + 1, 2), nullptr, 16));
    else
      out += word[i] == '_' ? ' ' : word[i];
    if (word[i] == '=') i += 2;
  }
  return out;
}

TEST(EncodedWord, WritesTheNamesOfRfc2047) {
  EXPECT_EQ(words_of("Keld J\xc3\xb8rn Simonsen"), (Words{"=?utf-8?Q?Keld_J=C3=B8rn_Simonsen?="}));
  EXPECT_EQ(words_of("Andr\xc3\xa9 Pirard"), (Words{"=?utf-8?Q?Andr=C3=A9_Pirard?="}));
}

TEST(EncodedWord, TakesBase64WhereThatIsShorter) {
  EXPECT_EQ(words_of("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"), (Words{"=?utf-8?B?5pel5pys6Kqe?="}));
  EXPECT_EQ(words_of("\xf0\x9f\x98\x80"), (Words{"=?utf-8?B?8J+YgA==?="}));
}

TEST(EncodedWord, OnlyPhraseCharactersStandForThemselves) {
  const std::string literal = "!*+-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  for (char c = 0x21; c < 0x7f; ++c) {
    const std::string word = words_of(std::string(1, c) + "aaaaaaaaaaaa")[0];
    const bool itself = literal.find(c) != std::string::npos;
    EXPECT_EQ(word.size(), 10U + (itself ? 1 : 3) + 12 + 2) << c;
    EXPECT_EQ(word[10] == c, itself || c == '=') << c;
    EXPECT_EQ(decoded_q(word), std::string(1, c) + "aaaaaaaaaaaa");
  }
}

TEST(EncodedWord, NoWordHasMoreThan75Columns) {
  for (const char* piece : {"a", "a ", "\xc3\xa4", "aaaaaa\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80"}) {
    std::string text;
    while (text.size() < 300) text += piece;
    for (const std::string& word : words_of(text, 200)) EXPECT_LE(word.size(), 75U);
    EXPECT_LE(words_of(text, 200).size(), 20U);  // and they are used
  }
}

TEST(EncodedWord, FitsInEveryRoomFromTheSmallest) {
  for (std::size_t room = kSmallestWord; room <= 80; ++room) {
    for (const char* piece : {"x", "\xc3\xa4", "\xf0\x9f\x98\x80", "aaaaaaaaa\xf0\x9f\x98\x80"}) {
      const Words words = words_of(std::string(piece) + piece + piece + piece + piece + piece, room);
      for (const std::string& word : words) EXPECT_LE(word.size(), std::min<std::size_t>(room, 75));
      EXPECT_LE(words.size(), 60U);
    }
  }
}

TEST(EncodedWord, IsCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += i % 2 == 0 ? "\xc3\xa4 and so on with " : "\xe2\x82\xac, then dollars ";
  std::string joined;
  for (const std::string& word : words_of(text, 40)) {
    const std::string part = decoded_q(word);
    EXPECT_NE(static_cast<unsigned char>(part[0]) & 0xc0U, 0x80U);  // does not begin with a tail
    joined += part;
  }
  EXPECT_EQ(joined, text);
}

TEST(EncodedWord, CutsBase64BetweenCharactersToo) {
  const Words words = words_of("\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80", 32);
  EXPECT_EQ(words, (Words{"=?utf-8?B?8J+YgPCfmIDwn5iA?=", "=?utf-8?B?8J+YgA==?="}));
}

TEST(EncodedWord, PadsNoWordOfBase64ButTheLast) {
  for (const char* const character : {"\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80"}) {
    for (std::size_t room = 40; room <= 75; ++room) {
      std::string text;
      while (text.size() < 200) text += character;
      const Words words = words_of(text, room);
      ASSERT_GT(words.size(), 2U);
      for (std::size_t i = 0; i + 1 < words.size(); ++i) EXPECT_EQ(words[i].find('=', 10), words[i].size() - 1);
    }
  }
}

// Where no number of characters fills whole groups.
TEST(EncodedWord, PadsAWordThatCannotEndOtherwise) {
  EXPECT_EQ(words_of("\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xc3\xa4\xe2\x82\xac", 28),
            (Words{"=?utf-8?B?8J+YgPCfmIDDpA==?=", "=?utf-8?B?4oKs?="}));
}

TEST(EncodedWord, StopsWhereTextIsIllFormed) {
  for (const bool base64 : {false, true}) {
    std::uint8_t word[100];
    Sink sink(word, sizeof word, 0);
    EXPECT_EQ(put_encoded_word(sink, "ab\xff", 0, base64, 75), 2U);
  }
}

}  // namespace
}  // namespace mailmote
