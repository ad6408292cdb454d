// Internet addresses as text.
#ifndef MAILMOTE_MBEDTLS_ADDRESS_TEXT_HPP
#define MAILMOTE_MBEDTLS_ADDRESS_TEXT_HPP

#include "mailmote/bytes.hpp"
#include "mailmote/ip.hpp"

namespace mailmote::mbedtls {

/// The address that `text` is, as in "192.0.2.1" or "2001:db8::1" (RFC 4291 section 2.2; a zone behind "%" is left
/// out); family none when it is none.
IpAddress parse_address(Text text);

constexpr std::size_t kAddressText = 40;

/// Writes an address of 4 or 16 octets to `out`; IPv6 without "::".
Text format_address(ByteView address, char (&out)[kAddressText]);

}  // namespace mailmote::mbedtls

#endif
