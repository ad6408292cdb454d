// Words of a protocol line: split at blanks, compared without regard to case.
#ifndef MAILMOTE_WIRE_WORDS_HPP
#define MAILMOTE_WIRE_WORDS_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"

namespace mailmote {

constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// ASCII case-insensitive.
bool equal_words(const Text& a, const Text& b);

/// Takes the next word off the front of `line`: up to a blank, tab or `also`; empty at the end.
Text take_word(Text& line, char also = ' ');

/// Digits only, at least one; false and 0 otherwise. A value above 2^32 - 2 becomes 2^32 - 1.
bool parse_decimal(const Text& digits, std::uint32_t& value);

/// Words, each behind its length, and a NUL.
template <std::size_t N>
struct WordList {
  char octets[N];
};

/// Made by the compiler out of " ONE TWO".
template <std::size_t N>
constexpr WordList<N> word_list(const char (&words)[N]) {
  WordList<N> list{};
  std::size_t length = 0;  // where it stands
  for (std::size_t at = 0; at + 1 < N; ++at) {
    if (words[at] == ' ') {
      length = at;
    } else {
      list.octets[at] = words[at];
      ++list.octets[length];
    }
  }
  return list;
}

/// The index of `word` in a WordList, in any case; -1: it is not there.
int find_word(const char* list, const Text& word);

/// The word of this index; empty: there are not so many.
Text word_at(const char* list, unsigned index);

}  // namespace mailmote

#endif
