#include "support/virtual_stream.hpp"

#include <algorithm>
#include <cstring>

namespace mailmote::test {
namespace {

constexpr std::int32_t kResetNumber = 104;    // the number that native() gives for a reset,
constexpr std::int32_t kRefusedNumber = 111;  // and for a refused connection

std::string_view text(ByteView octets) { return {reinterpret_cast<const char*>(octets.data), octets.size}; }

}  // namespace

void VirtualStream::complain(const char* what) {
  if (complaint_.empty()) complaint_ = what;
}

bool VirtualStream::by_chance(unsigned one_in) { return network.random != nullptr && (*network.random)() % one_in == 0; }

Fault VirtualStream::next_fault() { return calls_++ == network.fault_call ? network.fault : Fault::none; }

void VirtualStream::go_mute(Fault fault) {
  if (fault != Fault::silence && fault != Fault::stuck && fault != Fault::deaf) return;
  mute_ = true;
  stuck_ = fault != Fault::silence;
  deaf_ = fault == Fault::deaf;
}

// Opening and closing.

IoStatus VirtualStream::do_open(const Endpoint& endpoint) {
  if (state_ != State::closed) complain("open() of a stream that is open");
  if (endpoint.host.empty() || endpoint.port == 0) complain("open() without host or port");
  leave();
  ++opens_;
  port_ = endpoint.port;
  report_ = TlsReport{};
  state_ = State::opening;
  up_at_ = clock_.now + network.connect_delay;
  return do_progress(clock_.now);
}

IoStatus VirtualStream::do_progress(Millis now) {
  if (state_ != State::opening && !handshaking_) complain("progress() of a stream that is not opening");
  if (now != clock_.now) complain("progress() with another time than now");
  switch (next_fault()) {
    case Fault::would_block: return IoStatus::would_block;
    case Fault::close:
    case Fault::reset:
    case Fault::taken_reset: return handshaking_ ? fail_handshake(Status::connection_reset) : refuse();
    case Fault::silence:
    case Fault::stuck:
    case Fault::deaf: go_mute(Fault::stuck); break;
    case Fault::none:
    case Fault::one_octet: break;
  }
  if (mute_) return IoStatus::would_block;
  if (handshaking_) return shake_hands();
  return due(up_at_) ? came_up() : IoStatus::would_block;
}

IoStatus VirtualStream::do_start_tls() {
  if (state_ != State::open) complain("start_tls() of a stream that is not open");
  if (handshaking_ || report_.established) complain("start_tls() for the second time");
  handshaking_ = true;
  return do_progress(clock_.now);
}

// There are no records: the peer says how the handshake ends, and whatever it says before is in clear.
IoStatus VirtualStream::shake_hands() {
  exchange();
  if (cut_due()) cut(network.cut);
  if (!inbox_.empty()) return fail_handshake(Status::tls_plain_text);
  if (ended_ == Ending::reset) return fail_handshake(Status::connection_reset);
  if (ended_ == Ending::close) return fail_handshake(Status::connection_closed);
  const std::optional<Handshake> answer = underway_.empty() ? peer_->handshake() : std::nullopt;
  if (!answer) return IoStatus::would_block;
  report_.answered = answer->answered;
  if (answer->status != Status::ok) return fail_handshake(answer->status);
  handshaking_ = false;
  report_.established = true;
  exchange();
  return IoStatus::ok;
}

IoStatus VirtualStream::fail_handshake(Status status) {
  leave();
  status_ = status;
  return IoStatus::error;
}

IoStatus VirtualStream::came_up() {
  if (!peer_->connect()) return refuse();
  state_ = State::open;
  watch_.connected();
  exchange();
  return IoStatus::ok;
}

IoStatus VirtualStream::refuse() {
  leave();
  status_ = Status::connection_refused;
  native_ = kRefusedNumber;
  return IoStatus::error;
}

IoStatus VirtualStream::do_close() {
  if (state_ == State::closed) complain("close() of a stream that is not open");
  const Fault fault = next_fault();
  close_again_ = fault == Fault::would_block;
  write_blocked_ = false;  // what it waits for now is the peer
  if (close_again_) return IoStatus::would_block;
  go_mute(fault);
  if (mute_) return IoStatus::would_block;
  exchange();
  leave();
  return fault == Fault::none || fault == Fault::one_octet ? IoStatus::ok : IoStatus::error;
}

void VirtualStream::do_abort() { leave(); }

void VirtualStream::leave() {
  if (state_ == State::open) peer_->disconnect();
  watch_.disconnected();
  state_ = State::closed;
  ended_ = Ending::none;
  underway_.clear();
  inbox_.clear();
  outbox_.clear();
  offered_.clear();
  status_ = Status::ok;
  native_ = 0;
  mute_ = stuck_ = deaf_ = write_blocked_ = close_again_ = handshaking_ = false;
}

void VirtualStream::cut(Ending ending) {
  peer_->disconnect();
  underway_.clear();
  inbox_.clear();
  outbox_.clear();
  ended_ = ending;
  network.cut_after = kNoLimit;
}

bool VirtualStream::cut_due() const {
  if (received_ != network.cut_after || ended_ != Ending::none) return false;
  return network.cut_at_once || !inbox_.empty() || !underway_.empty();
}

// Moving octets.

void VirtualStream::exchange() {
  if (state_ != State::open || mute_ || ended_ != Ending::none) return;
  for (bool moved = true; moved;) {
    hear_peer();
    moved = flush_peer();
    if (underway_.empty() || network.from_peer == kNoLimit) moved = feed_peer() || moved;
  }
}

void VirtualStream::hear_peer() {
  while (underway_.empty() || network.from_peer == kNoLimit) {
    const std::optional<Speech> speech = peer_->speak();
    if (!speech) return;
    Millis cause = clock_.now + network.latency;
    if (!underway_.empty() && static_cast<std::int32_t>(cause - underway_.back().at) < 0) cause = underway_.back().at;
    underway_.push_back({*speech, cause + speech->delay});
  }
}

bool VirtualStream::flush_peer() {
  bool moved = false;
  while (!underway_.empty() && due(underway_.front().at)) {
    Speech& speech = underway_.front().speech;
    const std::size_t room = network.from_peer - std::min(network.from_peer, inbox_.size());
    const std::size_t n = std::min(room, speech.octets.size());
    inbox_.append(speech.octets, 0, n);
    speech.octets.erase(0, n);
    moved = moved || n != 0;
    if (!speech.octets.empty()) break;
    ended_ = speech.ending;
    underway_.pop_front();
    moved = true;
    if (ended_ != Ending::none) underway_.clear();
  }
  return moved;
}

bool VirtualStream::feed_peer() {
  if (outbox_.empty()) return false;
  const std::string octets = outbox_.substr(0, network.from_peer == kNoLimit ? outbox_.size() : 1);
  outbox_.erase(0, octets.size());
  peer_->receive(octets, !inbox_.empty() || !underway_.empty());
  return true;
}

bool VirtualStream::readable() const {
  if (state_ != State::open || mute_) return false;
  return !inbox_.empty() || ended_ != Ending::none || cut_due();
}

bool VirtualStream::writable() const {
  if (mute_) return state_ == State::open && !stuck_;
  if (state_ == State::opening) return due(up_at_);
  return state_ == State::open && (ended_ != Ending::none || outbox_.size() < network.to_peer);
}

Millis VirtualStream::next_event() const {
  if (mute_) return kForever;
  if (state_ == State::opening) return due(up_at_) ? 0 : up_at_ - clock_.now;
  if (state_ != State::open || underway_.empty() || due(underway_.front().at)) return kForever;
  return underway_.front().at - clock_.now;
}

// Reading and writing.

IoResult VirtualStream::broken() {
  status_ = Status::connection_reset;
  native_ = kResetNumber;
  return {IoStatus::error, 0};
}

std::size_t VirtualStream::read_room(std::size_t wanted) {
  std::size_t n = std::min({wanted, network.read_limit, inbox_.size()});
  if (network.split_at > received_) n = std::min(n, network.split_at - received_);
  if (network.cut_after > received_) n = std::min(n, network.cut_after - received_);
  if (network.random != nullptr && n > 1) n = 1 + (*network.random)() % n;
  return n;
}

IoResult VirtualStream::do_read(MutableBytes into) {
  ++reads_;
  if (state_ != State::open || handshaking_) complain("read() of a stream that is not open");
  if (into.size == 0) complain("read() of no octets");
  if (state_ != State::open || into.size == 0) return {IoStatus::error, 0};
  const Fault fault = next_fault();
  go_mute(fault);
  exchange();
  if (fault == Fault::close) cut(Ending::close);
  if (fault == Fault::reset || fault == Fault::taken_reset) cut(Ending::reset);
  if (cut_due()) cut(network.cut);
  if (mute_ || fault == Fault::would_block || by_chance(6)) return {IoStatus::would_block, 0};
  if (received_ == network.split_at && !split_done_) {
    split_done_ = true;
    return {IoStatus::would_block, 0};
  }
  const std::size_t n = read_room(fault == Fault::one_octet ? 1 : into.size);
  if (n == 0 && ended_ == Ending::reset) return broken();
  if (n == 0) return {ended_ == Ending::close ? IoStatus::closed : IoStatus::would_block, 0};
  std::memcpy(into.data, inbox_.data(), n);
  watch_.server(inbox_.substr(0, n));
  inbox_.erase(0, n);
  received_ += n;
  return {IoStatus::ok, n};
}

std::size_t VirtualStream::write_room(std::size_t wanted) {
  std::size_t n = std::min(wanted, network.write_limit);
  if (!mute_ && ended_ == Ending::none) n = std::min(n, network.to_peer - std::min(network.to_peer, outbox_.size()));
  if (network.random != nullptr && n > 1) n = 1 + (*network.random)() % n;
  return n;
}

/// `n` of `octets` go out. What was offered before must be the beginning of `octets`, or the other way round.
IoResult VirtualStream::take(std::string_view octets, std::size_t n) {
  const std::size_t both = std::min(offered_.size(), octets.size());
  if (offered_.compare(0, both, octets.substr(0, both)) != 0) complain("octets that were offered are now others");
  if (octets.size() > offered_.size()) {
    watch_.client(octets.substr(offered_.size()));
    offered_ = octets;
  }
  offered_.erase(0, n);
  sent_ += n;
  if (!mute_ && ended_ == Ending::none) outbox_ += octets.substr(0, n);
  return {IoStatus::ok, n};
}

IoResult VirtualStream::do_write(ByteView from) {
  ++writes_;
  if (state_ != State::open || handshaking_) complain("write() to a stream that is not open");
  if (from.size == 0) complain("write() of no octets");
  if (state_ != State::open || from.size == 0) return {IoStatus::error, 0};
  const Fault fault = next_fault();
  go_mute(fault);
  exchange();
  if (fault == Fault::close) cut(Ending::close);
  if (fault == Fault::reset) cut(Ending::reset);
  const bool refused = stuck_ || ended_ == Ending::reset || fault == Fault::close || fault == Fault::would_block;
  const bool chance = !refused && by_chance(6);
  const std::size_t n = refused || chance ? 0 : write_room(fault == Fault::one_octet ? 1 : from.size);
  static_cast<void>(take(text(from), n));
  if (ended_ == Ending::reset) return broken();
  if (deaf_ || fault == Fault::close) return {IoStatus::closed, 0};
  exchange();
  if (fault == Fault::taken_reset) {
    cut(Ending::reset);
    return broken();
  }
  write_blocked_ = n == 0;
  return {n == 0 ? IoStatus::would_block : IoStatus::ok, n};
}

Interest VirtualStream::do_wait() const {
  if (state_ == State::opening) return {false, true, false};
  if (handshaking_) return {true, false, false};
  return {true, write_blocked_, close_again_};
}

IpEndpoint VirtualStream::do_local() const {
  if (state_ != State::open) return {};
  return {local_address, 40000};
}

}  // namespace mailmote::test
