#include "mailmote/yours/tcp_stream.hpp"

#include "mailmote/yours/net.h"

namespace mailmote::yours {
namespace {

Status status_of(int error) {
  switch (error) {
    case NET_NO_NAME: return Status::name_not_found;
    case NET_NO_ANSWER: return Status::name_lookup_failed;
    case NET_REFUSED: return Status::connection_refused;
    case NET_NO_ROUTE: return Status::unreachable;
    case NET_RESET: return Status::connection_reset;
    default: return Status::transport_error;
  }
}

IpEndpoint endpoint(const net_end& end) {
  return {{IpFamily::v4, {end.octets[0], end.octets[1], end.octets[2], end.octets[3]}}, end.port};
}

}  // namespace

IoStatus TcpStream::fail(int error) {
  status_ = status_of(error);
  native_ = error;
  return IoStatus::error;
}

// Starts from nothing, whatever was before, and does not wait. If your system can only look up names by a call that
// blocks, make it here and say so in the header.
IoStatus TcpStream::do_open(const Endpoint& endpoint) {
  do_abort();
  status_ = Status::ok;
  native_ = 0;
  write_blocked_ = ended_ = false;
  handle_ = net_connect(endpoint.host.data(), endpoint.host.size(), endpoint.port);
  if (handle_ < 0) return fail(handle_);
  state_ = State::connecting;
  return do_progress(0);
}

IoStatus TcpStream::do_progress(Millis) {
  if (state_ == State::open) return IoStatus::ok;
  if (state_ != State::connecting) return IoStatus::error;
  const int state = net_state(handle_);
  if (state == NET_UNDER_WAY) return IoStatus::would_block;
  if (state == NET_OK) {
    state_ = State::open;
    return IoStatus::ok;
  }
  do_abort();
  return fail(state);
}

// Octets that arrived before the end or an error come first: if your system throws them away at an error, keep them.
IoResult TcpStream::do_read(MutableBytes into) {
  if (state_ != State::open) return fail(NET_RESET);
  const int n = net_receive(handle_, into.data, into.size);
  if (n > 0) return {IoStatus::ok, static_cast<std::size_t>(n)};
  if (n == NET_UNDER_WAY) return IoStatus::would_block;
  if (n != NET_END) return fail(n);
  ended_ = true;
  return IoStatus::closed;
}

// What your system takes is gone: copy it if the system does not. "No memory" is would_block, not an error.
IoResult TcpStream::do_write(ByteView from) {
  if (state_ != State::open) return fail(NET_RESET);
  const int n = net_send(handle_, from.data, from.size);
  write_blocked_ = n == NET_UNDER_WAY;
  if (n > 0) return {IoStatus::ok, static_cast<std::size_t>(n)};
  return write_blocked_ ? IoStatus::would_block : fail(n);
}

// What was written must arrive, so the connection is dropped only when the peer has it all. Input is thrown away
// meanwhile: a peer that cannot send may not read either.
IoStatus TcpStream::do_close() {
  if (state_ == State::open) net_finish(handle_);
  if (state_ == State::open) state_ = State::closing;
  if (state_ == State::closing && !ended_) {
    std::uint8_t waste[64];
    const int n = net_receive(handle_, waste, sizeof waste);
    if (n > 0) return IoStatus::would_block;
    ended_ = n == NET_END;
    if (!ended_ && n != NET_UNDER_WAY) {
      do_abort();
      return fail(n);
    }
  }
  if (state_ == State::closing && net_in_flight(handle_) != 0) return IoStatus::would_block;
  do_abort();
  return IoStatus::ok;
}

void TcpStream::do_abort() {
  if (handle_ >= 0) net_drop(handle_);
  handle_ = -1;
  state_ = State::closed;
}

// A caller sleeps until one of these may succeed: one that is missing is a stall, one too many a busy loop.
Interest TcpStream::do_wait() const {
  const bool up = state_ == State::open || state_ == State::closing;
  Interest interest;
  interest.read = up && !ended_;
  interest.write = state_ == State::open ? write_blocked_ : state_ != State::closed;
  return interest;
}

IpEndpoint TcpStream::do_local() const {
  return state_ == State::open ? endpoint(net_local(handle_)) : IpEndpoint{};
}

IpEndpoint TcpStream::do_remote() const {
  return state_ == State::open ? endpoint(net_remote(handle_)) : IpEndpoint{};
}

}  // namespace mailmote::yours
