#include "mailmote/posix/detail/connector.hpp"

#include <cstring>

#include "local_end.hpp"
#include "lookup.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "socket_address.hpp"
#include "sockets.hpp"

namespace mailmote::posix::detail {
namespace {

constexpr std::size_t kMaxHost = 253;

// RFC 8305 section 8.
constexpr Millis kResolutionDelay = 50;
constexpr Millis kAttemptDelay = 250;
constexpr Millis kMaxAttemptDelay = 2000;

// Neither connected nor failed yet.
bool is_under_way(int fd) {
  pollfd one = {fd, POLLOUT, 0};
  return poll(&one, 1, 0) < 1;
}

int pending_error(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

// What an error tells about the server: that it refused says most, that an address is of a family which was not asked for
// says nothing.
int weight(Status status, int native) {
  if (status == Status::connection_refused) return 2;
  return status == Status::bind_failed && native == EAFNOSUPPORT ? 0 : 1;
}

}  // namespace

// A numeric address is tried at once and without a time; for a name all begins with the first progress().
IoStatus Connector::open(const Endpoint& endpoint) {
  abort();
  status_ = Status::ok;
  native_ = 0;
  port_ = endpoint.port;
  delay_ = kAttemptDelay;
  addresses_.clear();
  pause_.clear();
  fresh_ = true;
  char host[kMaxHost + 1];
  if (endpoint.host.empty() || endpoint.host.size() > kMaxHost) {
    status_ = Status::name_not_found;
    return IoStatus::error;
  }
  std::memcpy(host, endpoint.host.data(), endpoint.host.size());
  host[endpoint.host.size()] = '\0';
  IpAddress address;
  if (!parse_address(host, address, scope_)) return look_up(host);
  addresses_.add(address);
  return start_next(0);
}

IoStatus Connector::look_up(const char* host) {
  scope_ = 0;
  lookup_ = posix::detail::look_up(host, options_ != nullptr ? options_->name_servers : nullptr, addresses_);
  if (lookup_ != nullptr) return IoStatus::would_block;
  status_ = Status::name_lookup_failed;
  return IoStatus::error;
}

// Callers that ask right after open() would always hear "not yet": for a numeric address that answer needs no system call.
IoStatus Connector::progress(Millis now) {
  const bool at_once = fresh_ && lookup_ == nullptr;
  fresh_ = false;
  now_ = now;
  if (at_once) return IoStatus::would_block;
  if (lookup_ != nullptr) hear_names(now);
  for (unsigned number = 0; number < 2; ++number) {
    if (attempts_[number].fd >= 0 && is_up(attempts_[number])) return win(number);
  }
  while (next_is_due(now) && may_go_on()) {
    if (start_next(now) == IoStatus::ok) return IoStatus::ok;
  }
  return racing() || lookup_ != nullptr ? IoStatus::would_block : IoStatus::error;
}

// IPv6 is given a little time to be heard of when IPv4 is known first.
void Connector::hear_names(Millis now) {
  const bool was_empty = addresses_.empty();
  lookup_->step();
  const bool hold_back = !addresses_.has(IpFamily::v6) && lookup_->awaits(IpFamily::v6);
  if (!addresses_.empty() && !racing() && was_empty && hold_back) pause_.set(now, kResolutionDelay);
  if (!racing() && !hold_back) pause_.clear();
  if (!lookup_->done()) return;
  if (addresses_.empty()) {
    status_ = lookup_->status();
    native_ = lookup_->native();
  }
  forget_lookup();
}

bool Connector::next_is_due(Millis now) const { return !pause_.armed() || pause_.expired(now); }

bool Connector::may_go_on() const {
  if (addresses_.untried()) return true;
  return lookup_ == nullptr && delay_ < kMaxAttemptDelay && addresses_.alive() > count_attempts();
}

void Connector::begin_round() {
  delay_ *= 2;
  addresses_.begin_round();
  for (const Attempt& attempt : attempts_) {
    if (attempt.fd >= 0) addresses_.skip(attempt.place);
  }
}

IoStatus Connector::start_next(Millis now) {
  if (!addresses_.untried()) begin_round();
  const unsigned place = addresses_.next();
  const bool lone = lookup_ == nullptr && addresses_.alive() == 1;
  const Dialled dialled = dial({addresses_[place], port_}, scope_, options_, lone);
  if (dialled.fd < 0) {
    note(dialled.error, dialled.local);
    addresses_.give_up(place);
    return IoStatus::error;
  }
  if (attempts_[newest_].fd >= 0) newest_ = static_cast<std::uint8_t>(1 - newest_);
  Attempt& attempt = attempts_[newest_];
  drop(attempt);
  ++generation_;
  attempt.fd = dialled.fd;
  attempt.place = static_cast<std::uint8_t>(place);
  attempt.deferred = dialled.connected;
  pause_.set(now, delay_);
  return dialled.connected ? win(newest_) : IoStatus::would_block;
}

bool Connector::is_up(Attempt& attempt) {
  if (attempt.writable) return true;
  if (is_under_way(attempt.fd)) return false;
  int error = pending_error(attempt.fd);
  if (error == 0) return true;
  if (kRefusalIsReset && error == ECONNRESET) error = ECONNREFUSED;
  if (error == ECONNRESET || error == EPIPE) {  // it was up, and what the peer said before it broke is still to be read
    attempt.broken = error;
    return true;
  }
  note(error, false);
  addresses_.give_up(attempt.place);
  drop(attempt);
  pause_.clear();
  return false;
}

IoStatus Connector::win(unsigned number) {
  newest_ = static_cast<std::uint8_t>(number);
  drop(attempts_[1 - number]);
  forget_lookup();
  status_ = Status::ok;
  native_ = 0;
  return IoStatus::ok;
}

Connector::Taken Connector::take() {
  Attempt& winner = attempts_[newest_];
  const Taken taken{winner.fd, winner.broken, winner.deferred};
  winner.fd = -1;
  return taken;
}

void Connector::note(int error, bool local) {
  const Status status = local ? Status::bind_failed : status_of_errno(error, true);
  if (status_ != Status::ok && weight(status, error) < weight(status_, native_)) return;
  status_ = status;
  native_ = error;
}

void Connector::drop(Attempt& attempt) {
  if (attempt.fd < 0) return;
  close_socket(attempt.fd);
  attempt = Attempt{};
  ++generation_;
}

unsigned Connector::count_attempts() const {
  return (attempts_[0].fd >= 0 ? 1U : 0U) + (attempts_[1].fd >= 0 ? 1U : 0U);
}

void Connector::forget_lookup() {
  if (lookup_ == nullptr) return;
  generation_ += lookup_->generation() + 1;
  lookup_.reset();
}

void Connector::abort() {
  forget_lookup();
  for (Attempt& attempt : attempts_) drop(attempt);
}

// Looking.

unsigned Connector::generation() const { return generation_ + (lookup_ != nullptr ? lookup_->generation() : 0); }

Interest Connector::wait() const {
  Interest interest(lookup_ != nullptr, racing(), lookup_ != nullptr && fresh_);
  Millis timeout = lookup_ != nullptr ? lookup_->timeout() : kForever;
  if (may_go_on() && pause_.left(now_) < timeout) timeout = pause_.left(now_);
  if (timeout < Interest::kNoLimit) interest.timeout = timeout & Interest::kNoLimit;
  return interest;
}

unsigned Connector::descriptors(pollfd* into) const {
  unsigned count = lookup_ != nullptr ? lookup_->descriptors(into) : 0;
  for (const Attempt& attempt : attempts_) {
    if (attempt.fd >= 0) into[count++] = {attempt.fd, POLLOUT, 0};
  }
  return count;
}

void Connector::ready(const pollfd& one) {
  for (Attempt& attempt : attempts_) {
    if (attempt.fd != one.fd) continue;
    attempt.writable = (one.revents & (POLLOUT | POLLERR | POLLHUP | POLLNVAL)) == POLLOUT;
    fresh_ = false;
  }
}

}  // namespace mailmote::posix::detail
