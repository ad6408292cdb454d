#include "mailmote/posix/tcp_stream.hpp"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

namespace mailmote::posix {
namespace {

constexpr std::size_t kMaxHost = 253;

// What goes out as one segment on all but the narrowest paths, so that Nagle's algorithm has nothing to hold back.
constexpr std::size_t kOneSegment = 1200;

bool is_blocked(int error) {
  if (error == EAGAIN) return true;
  return error == EWOULDBLOCK;
}

ssize_t receive(int fd, void* into, std::size_t size) {
  ssize_t n;
  do n = recv(fd, into, size, 0);
  while (n < 0 && errno == EINTR);
  return n;
}

int pending_error(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

}  // namespace

union TcpStream::Address {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;

  socklen_t size() const { return static_cast<socklen_t>(any.sa_family == AF_INET ? sizeof v4 : sizeof v6); }

  bool parse(const char* host) {
    std::memset(this, 0, sizeof *this);
    any.sa_family = AF_INET;
    if (inet_pton(AF_INET, host, &v4.sin_addr) == 1) return true;
    any.sa_family = AF_INET6;
    return inet_pton(AF_INET6, host, &v6.sin6_addr) == 1;
  }

  // sin_port and sin6_port lie at the same place, but only by custom.
  void set_port(std::uint16_t port) { (any.sa_family == AF_INET ? v4.sin_port : v6.sin6_port) = htons(port); }

  IpEndpoint endpoint() const {
    IpEndpoint end;
    const bool is_v4 = any.sa_family == AF_INET;
    end.address.family = is_v4 ? IpFamily::v4 : IpFamily::v6;
    end.port = ntohs(is_v4 ? v4.sin_port : v6.sin6_port);
    if (is_v4) std::memcpy(end.address.octets, &v4.sin_addr, sizeof v4.sin_addr);
    if (!is_v4) std::memcpy(end.address.octets, &v6.sin6_addr, sizeof v6.sin6_addr);
    return end;
  }
};

Status status_of_errno(int error, bool opening) {
  switch (error) {
    case ECONNREFUSED: return Status::connection_refused;
    case EADDRNOTAVAIL:  // what Linux says for an IPv6 address where IPv6 is turned off
    case EAFNOSUPPORT:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENETDOWN:
    case ENETUNREACH: return Status::unreachable;
    case ETIMEDOUT: return opening ? Status::unreachable : Status::connection_reset;
    case ECONNABORTED:
    case ECONNRESET:
    case ENETRESET:
    case ENOTCONN:
    case EPIPE: return Status::connection_reset;
    default: return Status::transport_error;
  }
}

Status status_of_lookup(int result) {
#ifdef EAI_NODATA
  if (result == EAI_NODATA) return Status::name_not_found;
#endif
  return result == EAI_NONAME ? Status::name_not_found : Status::name_lookup_failed;
}

// Opening.

IoStatus TcpStream::do_open(const Endpoint& endpoint) {
  do_abort();
  status_ = Status::ok;
  native_ = 0;
  port_ = endpoint.port;
  char host[kMaxHost + 1];
  if (endpoint.host.empty() || endpoint.host.size() > kMaxHost) {
    status_ = Status::name_not_found;
    return IoStatus::error;
  }
  std::memcpy(host, endpoint.host.data(), endpoint.host.size());
  host[endpoint.host.size()] = '\0';
  Address address;
  const IoStatus status = address.parse(host) ? connect_to(address) : look_up(host);
  fresh_ = status == IoStatus::would_block;
  return status;
}

IoStatus TcpStream::look_up(const char* host) {
  addrinfo hints;
  std::memset(&hints, 0, sizeof hints);
  hints.ai_socktype = SOCK_STREAM;
  const int result = getaddrinfo(host, nullptr, &hints, &addresses_);
  if (result == 0) {
    next_ = addresses_;
    return connect_next();
  }
  addresses_ = nullptr;
  native_ = result == EAI_SYSTEM ? errno : result;
  status_ = status_of_lookup(result);
  return IoStatus::error;
}

IoStatus TcpStream::connect_next() {
  while (next_ != nullptr) {
    const addrinfo& found = *next_;
    next_ = found.ai_next;
    Address address;
    if (found.ai_addrlen > sizeof address) continue;
    std::memcpy(&address, found.ai_addr, found.ai_addrlen);
    const IoStatus status = connect_to(address);
    if (status != IoStatus::error) return status;
  }
  release_addresses();
  return IoStatus::error;
}

IoStatus TcpStream::connect_to(const Address& address) {
  Address peer = address;
  peer.set_port(port_);
  fd_ = socket(peer.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd_ < 0) return refused(errno);
  ++generation_;
  writable_ = false;
  remote_ = peer.endpoint();
  if (connect(fd_, &peer.any, peer.size()) == 0) return came_up();
  if (errno != EINPROGRESS && errno != EINTR) return refused(errno);
  state_ = State::connecting;
  return IoStatus::would_block;
}

// Where one address refused, that tells more than that another one (often IPv6) had no route.
IoStatus TcpStream::refused(int error) {
  if (status_ != Status::connection_refused) {
    status_ = status_of_errno(error, true);
    native_ = error;
  }
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
  state_ = State::closed;
  return IoStatus::error;
}

IoStatus TcpStream::came_up() {
  release_addresses();
  status_ = Status::ok;
  native_ = 0;
  broken_ = 0;
  write_blocked_ = no_delay_ = ended_ = false;
  quiet_ = true;
  state_ = State::open;
  return IoStatus::ok;
}

void TcpStream::ready(short revents) {
  writable_ = (revents & (POLLOUT | POLLERR | POLLHUP | POLLNVAL)) == POLLOUT;
  fresh_ = false;
}

// getpeername() tells "connected" from "not yet" and "failed"; SO_ERROR is 0 for the first two. Callers that ask right
// after open() would always hear "not yet": that answer needs no system call.
IoStatus TcpStream::do_progress(Millis) {
  if (state_ == State::open) return IoStatus::ok;
  if (state_ != State::connecting) return IoStatus::error;
  const bool fresh = fresh_;
  fresh_ = false;
  if (fresh) return IoStatus::would_block;
  Address peer;
  socklen_t size = sizeof peer;
  if (writable_ || getpeername(fd_, &peer.any, &size) == 0) return came_up();
  const int error = pending_error(fd_);
  if (error == 0) return IoStatus::would_block;
  if (error == ECONNRESET || error == EPIPE) {  // it was up, and what the peer said before it broke is still to be read
    const IoStatus status = came_up();
    broken_ = error;
    return status;
  }
  static_cast<void>(refused(error));
  return connect_next();
}

void TcpStream::release_addresses() {
  if (addresses_ != nullptr) freeaddrinfo(addresses_);
  addresses_ = next_ = nullptr;
}

// Moving octets.

IoStatus TcpStream::fail(int error) {
  status_ = status_of_errno(error, false);
  native_ = error;
  return IoStatus::error;
}

IoResult TcpStream::do_read(MutableBytes into) {
  if (state_ != State::open) return fail(EBADF);
  const ssize_t n = receive(fd_, into.data, into.size);
  if (n > 0) {
    quiet_ = static_cast<std::size_t>(n) < into.size;
    return {IoStatus::ok, static_cast<std::size_t>(n)};
  }
  if (n < 0 && is_blocked(errno)) return IoStatus::would_block;
  if (broken_ == 0 && n < 0) broken_ = errno;
  if (broken_ != 0) return fail(broken_);
  ended_ = true;
  return IoStatus::closed;
}

IoResult TcpStream::do_write(ByteView from) {
  if (state_ != State::open) return fail(EBADF);
  if (!no_delay_ && (!quiet_ || from.size > kOneSegment)) disable_delay();
  ssize_t n;
  do n = send(fd_, from.data, from.size, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);
  write_blocked_ = n < 0 && is_blocked(errno);
  if (write_blocked_) return IoStatus::would_block;
  quiet_ = false;
  if (n >= 0) return {IoStatus::ok, static_cast<std::size_t>(n)};
  if (errno == EPIPE && broken_ == 0) return IoStatus::closed;
  if (broken_ == 0) broken_ = errno;
  return fail(broken_);
}

// Only a second small segment behind an unanswered one is ever delayed, so that a short dialogue needs no such call.
void TcpStream::disable_delay() {
  const int on = 1;
  static_cast<void>(setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
  no_delay_ = true;
}

// Closing.

// A plain close(2) is right when the peer can say no more, or has everything: otherwise octets that arrive at a closed
// socket make the kernel send a reset, and with it what was still to be delivered is lost.
IoStatus TcpStream::do_close() {
  if (state_ == State::open && broken_ != 0) return give_up(broken_);
  const bool may_go = state_ == State::open ? ended_ || (quiet_ && all_delivered()) : state_ != State::closing;
  if (may_go) {
    do_abort();
    return IoStatus::ok;
  }
  if (state_ == State::open && shutdown(fd_, SHUT_WR) != 0) return give_up(errno);
  state_ = State::closing;
  return discard_input();
}

IoStatus TcpStream::give_up(int error) {
  do_abort();
  return fail(error);
}

bool TcpStream::all_delivered() const {
  int left = 0;
  return ioctl(fd_, TIOCOUTQ, &left) == 0 && left == 0;
}

IoStatus TcpStream::discard_input() {
  std::uint8_t waste[512];
  const ssize_t n = receive(fd_, waste, sizeof waste);
  if (n > 0 || (n < 0 && is_blocked(errno))) return IoStatus::would_block;
  if (n < 0) return give_up(errno);
  do_abort();
  return IoStatus::ok;
}

void TcpStream::do_abort() {
  release_addresses();
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
  state_ = State::closed;
}

// Looking.

Interest TcpStream::do_wait() const {
  Interest interest;
  interest.read = state_ == State::closing || (state_ == State::open && !ended_);
  interest.write = state_ == State::open ? write_blocked_ : state_ == State::connecting;
  return interest;
}

IpEndpoint TcpStream::do_local() const {
  Address address;
  socklen_t size = sizeof address;
  if (state_ != State::open || getsockname(fd_, &address.any, &size) != 0) return {};
  return address.endpoint();
}

IpEndpoint TcpStream::do_remote() const { return state_ == State::open ? remote_ : IpEndpoint{}; }

}  // namespace mailmote::posix
