#include "mailmote/proxy_stream.hpp"

#include "wire/wipe.hpp"

namespace mailmote {
namespace {

constexpr int kCallsPerPoll = 16;
constexpr std::size_t kWritten = 128;
constexpr std::size_t kRead = 32;

}  // namespace

// Opening.

IoStatus ProxyStream::do_open(const Endpoint& endpoint) {
  status_ = Status::ok;
  deadline_.clear();
  const ProxyOptions& options = proxy_.options();
  const Status status = proxy_.begin(endpoint.host, endpoint.port);
  if (status != Status::ok) return fail(status);
  if (options.tls && inner_.tls() == nullptr) return fail(Status::no_tls_layer);
  state_ = State::reaching;
  left_ = 0;  // the first progress() tells the time
  return advance(inner_.open({options.host, options.port}));
}

IoStatus ProxyStream::do_progress(Millis now) {
  if (state_ == State::open) return IoStatus::ok;
  if (state_ == State::closed) return IoStatus::error;
  if (!deadline_.armed()) deadline_.set(now, proxy_.options().timeout);
  left_ = deadline_.left(now);
  IoStatus status = state_ == State::talking ? IoStatus::would_block : advance(inner_.progress(now));
  if (state_ == State::talking) status = talk();
  if (status != IoStatus::would_block || left_ != 0) return status;
  return fail(state_ == State::talking ? Status::proxy_timeout : Status::proxy_unreachable);
}

IoStatus ProxyStream::advance(IoStatus reached) {
  if (reached == IoStatus::ok && state_ == State::reaching && proxy_.options().tls) {
    state_ = State::securing;
    reached = inner_.start_tls();
  }
  if (reached == IoStatus::would_block) return reached;
  if (reached != IoStatus::ok) return lost(reached);
  state_ = State::talking;
  sent_ = 0;
  again_ = true;
  return IoStatus::would_block;
}

IoStatus ProxyStream::talk() {
  again_ = false;
  for (int calls = 0;; ++calls) {
    const ProxyStep step = proxy_.step();
    if (step == ProxyStep::failed) return fail(proxy_.status(), proxy_.native());
    if (step == ProxyStep::open) {
      state_ = State::open;
      left_ = kForever;
      return IoStatus::ok;
    }
    if (calls == kCallsPerPoll) break;
    const IoStatus status = step == ProxyStep::write ? say() : hear();
    if (status == IoStatus::would_block) return status;
    if (status != IoStatus::ok) return lost(status);
  }
  again_ = true;
  return IoStatus::would_block;
}

IoStatus ProxyStream::say() {
  std::uint8_t octets[kWritten];
  Sink message(octets, sizeof octets, sent_);
  proxy_.write(message);
  const IoResult result = inner_.write({octets, message.written()});
  wipe(octets, sizeof octets);
  sent_ += result.n;
  if (sent_ == message.total()) {
    sent_ = 0;
    proxy_.written();
  }
  return result.status;
}

IoStatus ProxyStream::hear() {
  std::uint8_t octets[kRead];
  const std::size_t wanted = proxy_.wanted();
  const IoResult result = inner_.read({octets, wanted < sizeof octets ? wanted : sizeof octets});
  proxy_.take({octets, result.n});
  return result.status;
}

// Closing.

IoStatus ProxyStream::do_close() {
  left_ = kForever;
  const IoStatus status = inner_.close();
  if (status != IoStatus::would_block) state_ = State::closed;
  return status;
}

void ProxyStream::do_abort() {
  inner_.abort();
  state_ = State::closed;
  left_ = kForever;
  again_ = false;
}

// Looking.

Interest ProxyStream::do_wait() const {
  Interest interest = inner_.wait();
  if (again_) interest.again = true;
  if (left_ < interest.timeout) interest.timeout = left_ & Interest::kNoLimit;
  return interest;
}

// Failing.

// What the proxy's end of the connection did; a stream may notice only then that it never came up.
IoStatus ProxyStream::lost(IoStatus how) {
  const Status status = inner_.status();
  const std::int32_t native = inner_.native();
  if (how == IoStatus::closed || status == Status::connection_closed || status == Status::connection_reset) {
    return fail(Status::proxy_closed, native);
  }
  return fail(group(status) == StatusGroup::tls ? status : Status::proxy_unreachable, native);
}

IoStatus ProxyStream::fail(Status status, std::int32_t native) {
  do_abort();
  status_ = status;
  native_ = native;
  return IoStatus::error;
}

}  // namespace mailmote
