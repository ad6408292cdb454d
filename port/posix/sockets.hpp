// The socket calls under the names of POSIX, wherever they come from: the system itself (ESP-IDF too), lwIP's sockets
// (MAILMOTE_LWIP_SOCKETS) or Zephyr's. Only these files know the difference.
#ifndef MAILMOTE_POSIX_SOCKETS_HPP
#define MAILMOTE_POSIX_SOCKETS_HPP

#if defined(MAILMOTE_LWIP_SOCKETS)
#include <lwip/errno.h>
#include <lwip/netdb.h>
#include <lwip/sockets.h>
#define MAILMOTE_SOCKETS(name) lwip_##name
#elif defined(__ZEPHYR__)
#include <errno.h>
#include <fcntl.h>
#include <zephyr/net/socket.h>
#define MAILMOTE_SOCKETS(name) zsock_##name
#else
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#if defined(ESP_PLATFORM)
#include <sys/poll.h>
#else
#include <poll.h>
#endif
#endif

#include "mailmote/posix/detail/pollfd.hpp"

#if defined(__ZEPHYR__)
#ifndef POLLIN
#define POLLIN ZSOCK_POLLIN
#define POLLOUT ZSOCK_POLLOUT
#define POLLERR ZSOCK_POLLERR
#define POLLHUP ZSOCK_POLLHUP
#define POLLNVAL ZSOCK_POLLNVAL
#endif
#ifndef SHUT_WR
#define SHUT_WR ZSOCK_SHUT_WR
#endif
#endif
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0  // there are no signals
#endif

namespace mailmote::posix {

#if defined(MAILMOTE_SOCKETS)
inline constexpr auto& bind = MAILMOTE_SOCKETS(bind);
inline constexpr auto& close_socket = MAILMOTE_SOCKETS(close);
inline constexpr auto& connect = MAILMOTE_SOCKETS(connect);
inline constexpr auto& fcntl = MAILMOTE_SOCKETS(fcntl);
inline constexpr auto& freeaddrinfo = MAILMOTE_SOCKETS(freeaddrinfo);
inline constexpr auto& getaddrinfo = MAILMOTE_SOCKETS(getaddrinfo);
inline constexpr auto& getsockname = MAILMOTE_SOCKETS(getsockname);
inline constexpr auto& getsockopt = MAILMOTE_SOCKETS(getsockopt);
inline constexpr auto& inet_pton = MAILMOTE_SOCKETS(inet_pton);
inline constexpr auto& recv = MAILMOTE_SOCKETS(recv);
inline constexpr auto& send = MAILMOTE_SOCKETS(send);
inline constexpr auto& setsockopt = MAILMOTE_SOCKETS(setsockopt);
inline constexpr auto& shutdown = MAILMOTE_SOCKETS(shutdown);
inline constexpr auto& socket = MAILMOTE_SOCKETS(socket);
#else
inline constexpr auto& close_socket = ::close;
#endif

#if defined(__ZEPHYR__)
using addrinfo = ::zsock_addrinfo;
inline int poll(pollfd* list, unsigned count, int timeout) { return zsock_poll(list, static_cast<int>(count), timeout); }
#elif defined(MAILMOTE_SOCKETS)
inline constexpr auto& poll = MAILMOTE_SOCKETS(poll);
#endif

/// Zephyr ends a connection in one direction only together with the other one; what was written still goes out.
#if defined(__ZEPHYR__)
constexpr bool kHalfCloses = false;
#else
constexpr bool kHalfCloses = true;
#endif

/// lwIP says ECONNRESET of a server that refused.
#if defined(MAILMOTE_LWIP_SOCKETS) || defined(ESP_PLATFORM)
constexpr bool kRefusalIsReset = true;
#else
constexpr bool kRefusalIsReset = false;
#endif

/// A TCP socket that never blocks; -1: see errno.
inline int open_socket(int family) {
#if defined(SOCK_NONBLOCK) && defined(SOCK_CLOEXEC) && !defined(MAILMOTE_SOCKETS)
  return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
#else
  const int fd = socket(family, SOCK_STREAM, IPPROTO_TCP);
  if (fd < 0 || fcntl(fd, F_SETFL, O_NONBLOCK) == 0) return fd;
  const int error = errno;
  close_socket(fd);
  errno = error;
  return -1;
#endif
}

/// Whether the peer has acknowledged all that was written; false where the system does not tell.
inline bool all_acknowledged([[maybe_unused]] int fd) {
#if defined(TIOCOUTQ) && !defined(MAILMOTE_SOCKETS)
  int left = 0;
  return ioctl(fd, TIOCOUTQ, &left) == 0 && left == 0;
#else
  return false;
#endif
}

}  // namespace mailmote::posix

#endif
