#ifdef MAILMOTE_HAS_POSIX

#include "contract/socket_peer.hpp"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mailmote::contract {

int bind_to_loopback(int family, std::uint16_t& port) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_addr = in6addr_loopback;
  const bool is_v4 = family == AF_INET;
  sockaddr* address = is_v4 ? reinterpret_cast<sockaddr*>(&v4) : reinterpret_cast<sockaddr*>(&v6);
  socklen_t size = is_v4 ? sizeof v4 : sizeof v6;
  const int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  if (bind(fd, address, size) != 0 || getsockname(fd, address, &size) != 0) {
    close(fd);
    return -1;
  }
  port = ntohs(is_v4 ? v4.sin_port : v6.sin6_port);
  return fd;
}

SocketPeer::SocketPeer(int family) {
  listener_ = bind_to_loopback(family, port_);
  refusing_ = bind_to_loopback(family, refusing_port_);  // bound but not listening: the port stays ours
  const int small = 4096;
  setsockopt(listener_, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  if (exists()) listen(listener_, 8);
}

SocketPeer::~SocketPeer() {
  for (const int fd : {listener_, refusing_, peer_}) {
    if (fd >= 0) close(fd);
  }
}

void SocketPeer::play() {
  if (!far.connected) take_connection();
  if (peer_ < 0) return;
  if (far.reads && !far.saw_end && !far.saw_reset) hear();
  while (!far.ended && !far.to_send.empty()) {
    const ssize_t n = send(peer_, far.to_send.data(), far.to_send.size(), MSG_NOSIGNAL);
    if (n <= 0) break;
    far.to_send.erase(0, static_cast<std::size_t>(n));
  }
  if (far.ended || !far.to_send.empty()) return;
  if (far.ending == Ending::reset) reset();
  if (far.ending == Ending::finish || far.saw_end) far.ended = shutdown(peer_, SHUT_WR) == 0;
}

void SocketPeer::take_connection() {
  const int fd = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) return;
  if (peer_ >= 0) close(peer_);
  peer_ = fd;
  far.connected = true;
}

void SocketPeer::hear() {
  char piece[65536];
  ssize_t n = 0;
  while ((n = recv(peer_, piece, sizeof piece, 0)) > 0) far.received.append(piece, static_cast<std::size_t>(n));
  far.saw_end = n == 0;
  far.saw_reset = n < 0 && errno != EAGAIN;
}

// Not before all that was said has arrived.
void SocketPeer::reset() {
  int left = 0;
  if (ioctl(peer_, TIOCOUTQ, &left) != 0 || left != 0) return;
  const linger at_once = {1, 0};
  setsockopt(peer_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close(peer_);
  peer_ = -1;
  far.ended = true;
}

}  // namespace mailmote::contract

#endif
