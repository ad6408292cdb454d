#include "mailmote/posix/tcp_stream.hpp"

#include "socket_address.hpp"
#include "sockets.hpp"

namespace mailmote::posix {
namespace {

// What goes out as one segment on all but the narrowest paths, so that Nagle's algorithm has nothing to hold back.
constexpr std::size_t kOneSegment = 1200;

bool is_blocked(int error) {
  if (error == EAGAIN || error == EINPROGRESS) return true;  // the latter while Fast Open connects
  return error == EWOULDBLOCK;
}

ssize_t receive(int fd, void* into, std::size_t size) {
  ssize_t n;
  do n = recv(fd, into, size, 0);
  while (n < 0 && errno == EINTR);
  return n;
}

}  // namespace

Status status_of_errno(int error, bool opening) {
  switch (error) {
    case ECONNREFUSED: return Status::connection_refused;
    case EADDRNOTAVAIL:  // what Linux says for an IPv6 address where IPv6 is turned off
    case EAFNOSUPPORT:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENETDOWN:
    case ENETUNREACH: return Status::unreachable;
    case ECONNABORTED:  // lwIP, when nobody answers
    case ETIMEDOUT: return opening ? Status::unreachable : Status::connection_reset;
    case ECONNRESET:
    case ENETRESET:
    case ENOTCONN:
    case EPIPE: return Status::connection_reset;
    default: return Status::transport_error;
  }
}

// Opening.

IoStatus TcpStream::do_open(const Endpoint& endpoint) {
  do_abort();
  return opened(connector_.open(endpoint));
}

IoStatus TcpStream::do_progress(Millis now) {
  if (state_ == State::open) return IoStatus::ok;
  return state_ == State::connecting ? opened(connector_.progress(now)) : IoStatus::error;
}

IoStatus TcpStream::opened(IoStatus status) {
  state_ = status == IoStatus::would_block ? State::connecting : State::closed;
  const bool failed = status == IoStatus::error;
  status_ = failed ? connector_.status() : Status::ok;
  native_ = failed ? connector_.native() : 0;
  if (status == IoStatus::ok) come_up();
  return status;
}

void TcpStream::come_up() {
  const detail::Connector::Taken taken = connector_.take();
  fd_ = taken.fd;
  broken_ = taken.broken;
  deferred_ = taken.deferred;
  write_blocked_ = no_delay_ = ended_ = false;
  quiet_ = true;
  state_ = State::open;
}

// Moving octets.

IoStatus TcpStream::fail(int error) {
  status_ = status_of_errno(error, false);
  native_ = error;
  return IoStatus::error;
}

IoResult TcpStream::do_read(MutableBytes into) {
  if (state_ != State::open) return fail(EBADF);
  if (ended_) return IoStatus::closed;
  if (deferred_) send_syn();
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
  deferred_ = false;
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

// With Fast Open the SYN waits for the first octets; where the peer speaks first it must go without.
void TcpStream::send_syn() {
  deferred_ = false;
  static_cast<void>(send(fd_, nullptr, 0, MSG_NOSIGNAL));
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
  const bool answered = ended_ || !kHalfCloses || (quiet_ && all_acknowledged(fd_));
  const bool may_go = state_ == State::open ? answered : state_ != State::closing;
  if (may_go) {
    do_abort();
    return IoStatus::ok;
  }
  if (state_ == State::open) {
    if (shutdown(fd_, SHUT_WR) != 0) return give_up(errno);
    state_ = State::closing;
    discarded_ = 0;
  }
  return discard_input();
}

IoStatus TcpStream::give_up(int error) {
  do_abort();
  return fail(error);
}

// Who goes on talking for so long has not listened.
IoStatus TcpStream::discard_input() {
  std::uint8_t waste[512];
  const ssize_t n = receive(fd_, waste, sizeof waste);
  if (n > 0) discarded_ += static_cast<std::uint32_t>(n);
  if (discarded_ <= kMostDiscarded && (n > 0 || (n < 0 && is_blocked(errno)))) return IoStatus::would_block;
  if (n < 0) return give_up(errno);
  do_abort();
  return IoStatus::ok;
}

void TcpStream::do_abort() {
  connector_.abort();
  if (fd_ >= 0) close_socket(fd_);
  fd_ = -1;
  state_ = State::closed;
}

// Looking.

Interest TcpStream::do_wait() const {
  if (state_ == State::connecting) return connector_.wait();
  return {state_ == State::closing || (state_ == State::open && !ended_), state_ == State::open && write_blocked_};
}

unsigned TcpStream::descriptors(const Wait& wait, pollfd* into) const {
  if (!wait.want_read && !wait.want_write) return 0;
  if (state_ == State::connecting) return connector_.descriptors(into);
  if (fd_ < 0) return 0;
  into[0] = {fd_, static_cast<short>((wait.want_read ? POLLIN : 0) | (wait.want_write ? POLLOUT : 0)), 0};
  return 1;
}

void TcpStream::ready(const pollfd* list, unsigned count) {
  if (state_ != State::connecting) return;
  for (unsigned i = 0; i < count; ++i) connector_.ready(list[i]);
}

IpEndpoint TcpStream::do_local() const {
  SocketAddress address;
  socklen_t size = sizeof address;
  if (state_ != State::open || getsockname(fd_, &address.any, &size) != 0) return {};
  return address.endpoint();
}

IpEndpoint TcpStream::do_remote() const { return state_ == State::open ? connector_.remote() : IpEndpoint{}; }

}  // namespace mailmote::posix
