#include "interface.hpp"

#include <cstdlib>

#include "sockets.hpp"

namespace mailmote::posix {

std::uint32_t interface_number(const char* name) {
  return static_cast<std::uint32_t>(std::strtoul(name, nullptr, 10));
}

int address_of(const char*, const IpAddress&, IpAddress&) { return ENODEV; }

}  // namespace mailmote::posix
