// Addresses as the system has them.
#ifndef MAILMOTE_POSIX_SOCKET_ADDRESS_HPP
#define MAILMOTE_POSIX_SOCKET_ADDRESS_HPP

#include "mailmote/ip.hpp"
#include "sockets.hpp"

namespace mailmote::posix {

union SocketAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;

  SocketAddress();
  SocketAddress(const IpEndpoint& end, std::uint32_t scope);

  socklen_t size() const { return static_cast<socklen_t>(any.sa_family == AF_INET ? sizeof v4 : sizeof v6); }
  IpEndpoint endpoint() const;
};

IpAddress to_address(const in_addr& from);
IpAddress to_address(const in6_addr& from);

/// Of an address from the system; false for any but an IPv4 or IPv6 one.
bool to_address(const sockaddr& from, IpAddress& out);

/// Of an IPv6 address: whether it is one of the link alone.
bool is_link_local(const IpAddress& address);

/// A numeric address; IPv6 may end in "%eth0" or "%2", which becomes `scope`. False: it is none.
bool parse_address(const char* text, IpAddress& address, std::uint32_t& scope);

}  // namespace mailmote::posix

#endif
