// The text of a mail: what it holds, and its transfer encodings (RFC 2045 section 6), piece by piece.
#ifndef MAILMOTE_MESSAGE_TEXT_ENCODER_HPP
#define MAILMOTE_MESSAGE_TEXT_ENCODER_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/text_message.hpp"

namespace mailmote {

/// Looks through at most `most` octets more, and one; done when the cursor is at the end of the text. `cursor.encode`:
/// holds NUL or a line of more than 998 octets; `cursor.run` is 0 when its last line is ended. Returns how many octets
/// those are with CRLF as their line ends.
std::size_t measure_text(Text text, detail::TextCursor& cursor, std::size_t most);

/// The text as it is, with CRLF as its line ends. Each of these fills `room` (at least 16) as far as whole units fit
/// and returns how many octets it wrote; at least one while the text is not at its end.
std::size_t copy_text(Text text, detail::TextCursor& cursor, std::uint8_t* out, std::size_t room);

/// Quoted-printable: lines of at most 76, line ends of the text as CRLF.
std::size_t encode_quoted_printable(Text text, detail::TextCursor& cursor, std::uint8_t* out, std::size_t room);

/// Base64: lines of 76, the text's line ends made CRLF before (RFC 2046 section 4.1.1).
std::size_t encode_base64(Text text, detail::TextCursor& cursor, std::uint8_t* out, std::size_t room);

/// What encode_base64() writes in all for so many octets of text with CRLF as its line ends.
constexpr std::size_t base64_text_length(std::size_t size) {
  return (size + 2) / 3 * 4 + (size + 56) / 57 * 2;
}

inline bool at_end(Text text, const detail::TextCursor& cursor) {
  return cursor.at == text.size() && !cursor.line_feed_due;
}

}  // namespace mailmote

#endif
