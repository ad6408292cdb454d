#include "interface.hpp"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>

#include <cstdlib>
#include <cstring>

#include "socket_address.hpp"

namespace mailmote::posix {

std::uint32_t interface_number(const char* name) {
  const unsigned number = if_nametoindex(name);
  return number != 0 ? number : static_cast<std::uint32_t>(std::strtoul(name, nullptr, 10));
}

int address_of(const char* interface, const IpAddress& remote, IpAddress& out) {
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return errno;
  int error = ENODEV;
  for (const ifaddrs* one = list; one != nullptr && error != 0; one = one->ifa_next) {
    if (std::strcmp(one->ifa_name, interface) != 0) continue;
    error = EADDRNOTAVAIL;
    IpAddress found;
    if (one->ifa_addr == nullptr || !to_address(*one->ifa_addr, found) || found.family != remote.family) continue;
    if (is_link_local(found) != is_link_local(remote)) continue;
    out = found;
    error = 0;
  }
  freeifaddrs(list);
  return error;
}

}  // namespace mailmote::posix
