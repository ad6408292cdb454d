// Internet addresses.
#ifndef MAILMOTE_IP_HPP
#define MAILMOTE_IP_HPP

#include <cstdint>

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

}  // namespace mailmote

#endif
