#include "local_end.hpp"

#include <cstring>

#include "interface.hpp"
#include "socket_address.hpp"
#include "sockets.hpp"

namespace mailmote::posix {
namespace {

struct From {
  IpEndpoint end;
  std::uint16_t last_port = 0;
};

From choose(const TcpOptions& options, const IpEndpoint& remote) {
  From from;
  if (options.local_end.pick != nullptr) from.end = options.local_end.pick(options.local_end.context, remote);
  if (from.end.address.family == IpFamily::none) from.end.address = options.local_address;
  if (from.end.port != 0) return from;
  from.end.port = options.local_port;
  from.last_port = options.last_local_port;
  return from;
}

// By the interface itself where that is allowed, else by its address.
int choose_interface(int fd, const char* interface, const IpAddress& remote, IpAddress& local) {
#ifdef SO_BINDTODEVICE
  const auto size = static_cast<socklen_t>(std::strlen(interface) + 1);
  if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, interface, size) == 0) return 0;
  if (errno != EPERM && errno != ENOPROTOOPT) return errno;
#endif
  return local.family == IpFamily::none ? address_of(interface, remote, local) : 0;
}

void set(int fd, int level, int option, int value) {
  static_cast<void>(setsockopt(fd, level, option, &value, sizeof value));  // what a system lacks, it lacks
}

int bind_to(int fd, const TcpOptions& options, IpEndpoint local, const IpEndpoint& remote) {
  if (options.interface != nullptr) {
    const int error = choose_interface(fd, options.interface, remote.address, local.address);
    if (error != 0) return error;
  }
  if (local.address.family == IpFamily::none) {
    if (local.port == 0) return 0;
    local.address.family = remote.address.family;
  }
  if (local.address.family != remote.address.family) return EAFNOSUPPORT;
  if (local.port != 0) set(fd, SOL_SOCKET, SO_REUSEADDR, 1);  // the port of an earlier connection rests for a minute
#ifdef IP_BIND_ADDRESS_NO_PORT
  if (local.port == 0) set(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
#endif
  const bool scoped = options.interface != nullptr && is_link_local(local.address);
  const SocketAddress address(local, scoped ? interface_number(options.interface) : 0);
  return bind(fd, &address.any, address.size()) == 0 ? 0 : errno;
}

void keep_alive(int fd, const TcpOptions& options) {
  if (options.keep_alive != 0) {
    set(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
#ifdef TCP_KEEPIDLE
    set(fd, IPPROTO_TCP, TCP_KEEPIDLE, static_cast<int>((options.keep_alive + 999) / 1000));
#endif
  }
#ifdef TCP_USER_TIMEOUT
  if (options.user_timeout != 0) set(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, static_cast<int>(options.user_timeout));
#endif
}

Dialled failed(int fd, int error, bool local) {
  if (fd >= 0) close_socket(fd);
  return {-1, error, local, false};
}

Dialled dial_from(const TcpOptions* options, const IpEndpoint& local, const SocketAddress& peer, [[maybe_unused]] bool lone) {
  const int fd = open_socket(peer.any.sa_family);
  if (fd < 0) return failed(fd, errno, false);
  if (options != nullptr) {
    const int error = bind_to(fd, *options, local, peer.endpoint());
    if (error != 0) return failed(fd, error, true);
    keep_alive(fd, *options);
#ifdef TCP_FASTOPEN_CONNECT
    if (options->fast_open && lone) set(fd, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1);
#endif
  }
  if (connect(fd, &peer.any, peer.size()) == 0) return {fd, 0, false, true};
  if (errno == EINPROGRESS || errno == EINTR) return {fd, 0, false, false};
  const bool port_is_taken = local.port != 0 && (errno == EADDRNOTAVAIL || errno == EADDRINUSE);
  return failed(fd, port_is_taken ? EADDRINUSE : errno, port_is_taken);
}

}  // namespace

// Each port with a socket of its own: a bound one cannot take another.
Dialled dial(const IpEndpoint& remote, std::uint32_t scope, const TcpOptions* options, bool lone) {
  const SocketAddress peer(remote, scope);
  From from;
  if (options != nullptr) from = choose(*options, remote);
  for (;;) {
    const Dialled dialled = dial_from(options, from.end, peer, lone);
    if (!dialled.local || dialled.error != EADDRINUSE || from.end.port >= from.last_port) return dialled;
    ++from.end.port;
  }
}

}  // namespace mailmote::posix
