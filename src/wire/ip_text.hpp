// Internet addresses as text, where IPv4 alone will do: see parse_ip() for both.
#ifndef MAILMOTE_WIRE_IP_TEXT_HPP
#define MAILMOTE_WIRE_IP_TEXT_HPP

#include <cstdint>

#include "mailmote/bytes.hpp"

namespace mailmote {

/// Writes the four octets that `text` is, as "192.0.2.1". False: it is no IPv4 address.
bool parse_ipv4(Text text, std::uint8_t* out);

}  // namespace mailmote

#endif
