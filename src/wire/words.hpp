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

/// The index of `word` in `list`, upper-case words with one blank between them and a NUL at the end; -1 when it is not
/// there.
int find_word(const char* list, const Text& word);

}  // namespace mailmote

#endif
