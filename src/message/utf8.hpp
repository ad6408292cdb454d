// Well-formed UTF-8 (RFC 3629).
#ifndef MAILMOTE_MESSAGE_UTF8_HPP
#define MAILMOTE_MESSAGE_UTF8_HPP

#include <cstddef>

#include "mailmote/bytes.hpp"

namespace mailmote {

/// Octets of the character at `at`: 1 to 4; 0 when there is none that is well formed.
std::size_t utf8_length(const Text& text, std::size_t at);

/// C0 controls and DEL.
constexpr bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20) || c == 0x7f; }

}  // namespace mailmote

#endif
