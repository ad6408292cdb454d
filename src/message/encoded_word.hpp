// Encoded words: UTF-8 text in a header (RFC 2047).
#ifndef MAILMOTE_MESSAGE_ENCODED_WORD_HPP
#define MAILMOTE_MESSAGE_ENCODED_WORD_HPP

#include <cstddef>

#include "mailmote/bytes.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {

/// Columns of a line that holds an encoded word.
constexpr std::size_t kEncodedLine = 76;

/// Columns that hold a word with at least one character.
constexpr std::size_t kSmallestWord = 28;

/// Whether the Q encoding leaves `c` as it is: what may stand in phrases too (RFC 2047 section 5 rule 3). A blank is
/// not escaped either: it becomes "_".
bool stands_for_itself(char c);

/// Puts the characters of well-formed UTF-8 `text` from `at` on, as many as fit, as one word in base64 (B) or Q, of at
/// most `room` (kSmallestWord or more) columns and never more than 75. Returns where the next word begins.
std::size_t put_encoded_word(Sink& sink, const Text& text, std::size_t at, bool base64, std::size_t room);

}  // namespace mailmote

#endif
