#include "socket_address.hpp"

#include <cstring>

#include "interface.hpp"

namespace mailmote::posix {

SocketAddress::SocketAddress() : v6() {}

SocketAddress::SocketAddress(const IpEndpoint& end, std::uint32_t scope) : SocketAddress() {
  if (end.address.family == IpFamily::v4) {
    any.sa_family = AF_INET;
    v4.sin_port = htons(end.port);
    std::memcpy(&v4.sin_addr, end.address.octets, sizeof v4.sin_addr);
  } else {
    any.sa_family = AF_INET6;
    v6.sin6_port = htons(end.port);
    v6.sin6_scope_id = static_cast<decltype(v6.sin6_scope_id)>(scope);
    std::memcpy(&v6.sin6_addr, end.address.octets, sizeof v6.sin6_addr);
  }
}

IpEndpoint SocketAddress::endpoint() const {
  const bool is_v4 = any.sa_family == AF_INET;
  return {is_v4 ? to_address(v4.sin_addr) : to_address(v6.sin6_addr), ntohs(is_v4 ? v4.sin_port : v6.sin6_port)};
}

IpAddress to_address(const in_addr& from) {
  IpAddress address;
  address.family = IpFamily::v4;
  std::memcpy(address.octets, &from, sizeof from);
  return address;
}

IpAddress to_address(const in6_addr& from) {
  IpAddress address;
  address.family = IpFamily::v6;
  std::memcpy(address.octets, &from, sizeof from);
  return address;
}

bool to_address(const sockaddr& from, IpAddress& out) {
  if (from.sa_family == AF_INET) out = to_address(reinterpret_cast<const sockaddr_in&>(from).sin_addr);
  if (from.sa_family == AF_INET6) out = to_address(reinterpret_cast<const sockaddr_in6&>(from).sin6_addr);
  return from.sa_family == AF_INET || from.sa_family == AF_INET6;
}

bool is_link_local(const IpAddress& address) {
  return address.family == IpFamily::v6 && address.octets[0] == 0xfe && (address.octets[1] & 0xc0) == 0x80;
}

bool parse_address(const char* text, IpAddress& address, std::uint32_t& scope) {
  in_addr v4;
  in6_addr v6;
  scope = 0;
  if (inet_pton(AF_INET, text, &v4) == 1) {
    address = to_address(v4);
    return true;
  }
  char number[INET6_ADDRSTRLEN];
  const char* const mark = std::strchr(text, '%');
  const std::size_t size = mark != nullptr ? static_cast<std::size_t>(mark - text) : std::strlen(text);
  if (size >= sizeof number) return false;
  std::memcpy(number, text, size);
  number[size] = '\0';
  if (inet_pton(AF_INET6, number, &v6) != 1) return false;
  address = to_address(v6);
  if (mark == nullptr) return true;
  scope = interface_number(mark + 1);
  return scope != 0;
}

}  // namespace mailmote::posix
