// Internet addresses.
#ifndef MAILMOTE_IP_HPP
#define MAILMOTE_IP_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"

namespace mailmote {

enum class IpFamily : std::uint8_t { none = 0, v4 = 4, v6 = 6 };

/// An address in network order: 4 octets (v4) or 16 (v6) of `octets`.
struct IpAddress {
  IpFamily family = IpFamily::none;
  std::uint8_t octets[16] = {};

  /// 127.0.0.0/8 or ::1.
  constexpr bool is_loopback() const {
    if (family == IpFamily::v4) return octets[0] == 127;
    for (int i = 0; i < 15; ++i) {
      if (octets[i] != 0) return false;
    }
    return octets[15] == 1;
  }
};

struct IpEndpoint {
  IpAddress address;
  std::uint16_t port = 0;
};

/// Writes the octets of the address that `text` is, as "192.0.2.1" or "2001:db8::1" (RFC 4291 section 2.2), in network
/// order. Returns how many: 4 or 16; 0: it is none. Linked when named.
std::size_t parse_ip(Text text, std::uint8_t (&out)[16]);

}  // namespace mailmote

#endif
