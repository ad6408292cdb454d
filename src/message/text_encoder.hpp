// The text of a mail in its transfer encodings (RFC 2045 section 6), a window at a time.
#ifndef MAILMOTE_MESSAGE_TEXT_ENCODER_HPP
#define MAILMOTE_MESSAGE_TEXT_ENCODER_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/text_message.hpp"

namespace mailmote {

/// The text as it is, with CRLF as its line ends. Each of these fills `room` (at least 16) as far as whole units fit
/// and returns how many octets it wrote; at least one while the text is not at its end.
std::size_t copy_text(detail::TextCursor& cursor, std::uint8_t* out, std::size_t room);

/// Quoted-printable: lines of at most 76, line ends of the text as CRLF.
std::size_t encode_quoted_printable(detail::TextCursor& cursor, std::uint8_t* out, std::size_t room);

/// Base64: lines of 76, the text's line ends made CRLF before (RFC 2046 section 4.1.1).
std::size_t encode_base64(detail::TextCursor& cursor, std::uint8_t* out, std::size_t room);

inline bool at_end(const detail::TextCursor& cursor) {
  return cursor.at == cursor.text.size() && !cursor.line_feed_due;
}

}  // namespace mailmote

#endif
