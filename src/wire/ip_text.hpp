// Internet addresses as text.
#ifndef MAILMOTE_WIRE_IP_TEXT_HPP
#define MAILMOTE_WIRE_IP_TEXT_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"

namespace mailmote {

/// Writes the octets of the address that `text` is, as "192.0.2.1" or "2001:db8::1" (RFC 4291 section 2.2), in network
/// order. Returns how many: 4 or 16; 0: it is none.
std::size_t parse_ip(Text text, std::uint8_t (&out)[16]);

}  // namespace mailmote

#endif
