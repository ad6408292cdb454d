#include "mailmote/session.hpp"

#include <cstring>

#include "mailmote/auth.hpp"
#include "mailmote/observer.hpp"
#include "session/progress.hpp"
#include "session/transitions.hpp"
#include "wire/ehlo_parser.hpp"

namespace mailmote {
namespace {

// The first octet of a TLS alert or handshake record (RFC 8446 section 5.1).
bool is_tls(ByteView octets) { return octets.size != 0 && (octets.data[0] == 0x15 || octets.data[0] == 0x16); }

}  // namespace

void Session::restart() {
  settle_open(Progress::untried);
  // Only what the server said about the mail outlives a connection that is made anew.
  const bool lasting = group(error_.status) == StatusGroup::rejected && error_.status != Status::service_closing;
  if (!lasting || link_.trial) error_ = Error{};
  link_ = Connection{};
  output_ = Output{};
  link_.out = Phase::connect;
  if (options_->auth != nullptr) options_->auth->forget();
  rx_.reset();
  reply_.reset();
}

void Session::connected(const IpAddress& local, const Route& route, Millis now) {
  local_ = local;
  link_.security = route.security;
  link_.trial = route.trial;
  link_.secure = route.security == Security::implicit;
  now_ = now;
  heard_ = now;
  link_.out = Phase::idle;
  link_.pending = 1;
  link_.in = Phase::greeting;
  reply_deadline_.set(now, route.greeting);
}

void Session::securing() {
  link_.out = Phase::tls;
  if (rx_.rest().size != 0) fail(Status::starttls_injection);
}

// RFC 3207 section 4.2: nothing that was said in clear counts.
void Session::secured(Millis now) {
  const std::uint16_t round_trips = link_.round_trips;
  link_.trial = false;
  restart();
  link_.round_trips = round_trips;
  link_.secure = true;
  link_.out = Phase::ehlo;
  now_ = now;
  heard_ = now;
}

void Session::resume(Millis now) {
  now_ = now;
  begin_operation();
}

MutableBytes Session::rx_space() { return has_line() ? MutableBytes{} : rx_.space(); }

void Session::rx_commit(std::size_t n) {
  if (link_.sent && link_.pending != 0 && !has_output() && !could_produce()) {
    ++link_.round_trips;
    link_.sent = false;
  }
  rx_.commit(n);
}

bool Session::step(Millis now) {
  now_ = now;
  if (link_.in == Phase::greeting && is_tls(rx_.rest())) fail(Status::tls_before_greeting);
  int lines = 0;
  for (; lines < kLinesPerPoll && rx_.has_line() && !link_.closing && !wants_tls(); ++lines) handle_line();
  const bool more = !link_.closing && produce(lines == 0);
  if (!link_.closing) check_deadlines();
  return more;
}

void Session::handle_line() {
  const Line line = rx_.next();
  heard_ = now_;
  if (options_->observer != nullptr) options_->observer->on_line(phase(), line.octets, line.dropped != 0);
  ReplyLine part;
  const Status status = reply_.add(line, part);
  if (status != Status::ok) return fail(status);
  keep_text(part);
  const bool capability = link_.in == Phase::ehlo && link_.pending != 0 && part.code == 250 && !reply_.first();
  if (capability) parse_ehlo_line(part.text, link_.capabilities);
  if (capability && options_->auth != nullptr) options_->auth->on_ehlo_line(part.text);
  if (!reply_.complete()) return;
  const bool enhanced = link_.capabilities.has(Extension::enhanced_status_codes);
  const Reply reply{part.code, enhanced ? parse_enhanced(part.text, part.code) : EnhancedCode{}, part.text};
  on_reply(reply, line.dropped != 0);
}

// The text that belongs to the first error stays.
void Session::keep_text(const ReplyLine& line) {
  if (error_.status != Status::ok) return;
  if (reply_.first()) text_size_ = 0;
  if (!reply_.first() && text_size_ < kReplyTextSize) text_[text_size_++] = ' ';
  std::size_t n = line.text.size();
  if (n > kReplyTextSize - text_size_) n = kReplyTextSize - text_size_;
  std::memcpy(text_ + text_size_, line.text.data(), n);
  text_size_ = static_cast<std::uint16_t>(text_size_ + n);
}

void Session::await(Phase phase) {
  link_.in = phase;
  arm_reply();
}

void Session::arm_reply() {
  reply_deadline_.clear();
  const bool writing_content = link_.part != Part::command && link_.out == link_.in;
  if (writing_content) return;
  Millis timeout = timeout_of(link_.in, *options_->timeouts);
  if (link_.in == Phase::quit) timeout = kQuitWait;
  reply_deadline_.set(now_, timeout);
}

void Session::arm_write() {
  if (!has_output() || output_.deadline.armed()) return;
  output_.deadline.set(now_, finished() ? kQuitWait : options_->timeouts->data_block);
}

void Session::check_deadlines() {
  arm_write();
  if (output_.deadline.expired(now_)) return fail(Status::write_timeout);
  if (!reply_deadline_.expired(now_)) return;
  if (link_.pending != 0 && link_.in == Phase::quit) return on_quit();
  if (link_.source_blocked) return fail(link_.out == Phase::auth ? Status::token_timeout : Status::source_timeout);
  fail(link_.in == Phase::greeting ? Status::greeting_timeout : Status::reply_timeout);
}

Millis Session::time_left(Millis now) const {
  const Millis reply = reply_deadline_.left(now);
  const Millis write = output_.deadline.left(now);
  const Millis first = reply < write ? reply : write;
  return link_.source_blocked && first > kSourcePoll ? kSourcePoll : first;
}

ByteView Session::tx_pending() {
  const std::size_t end = output_.end - (link_.end_unconfirmed ? 1U : 0U);
  if (output_.mark <= end) link_.in_doubt = true;
  return {tx_.data + output_.begin, end - output_.begin};
}

void Session::tx_consume(std::size_t n, Millis now) {
  output_.begin += n;
  link_.sent = true;
  if (output_.mark <= output_.begin) {
    link_.end_taken = true;
    output_.mark = kNoMark;
  }
  if (output_.begin == output_.end) output_.begin = output_.end = 0;
  now_ = now;
  output_.deadline.clear();
  arm_write();
}

void Session::set_error(Status status, Phase phase, const Reply& reply) {
  if (error_.status != Status::ok || finished()) return;
  error_.status = status;
  error_.phase = phase;
  error_.smtp_code = reply.code;
  error_.enhanced = reply.enhanced;
}

void Session::note_native(std::int32_t native) {
  if (error_.status != Status::ok && error_.native == 0) error_.native = native;
}

void Session::fail(Status status) { abandon(status, phase(), kNoReply); }

void Session::give_up() {
  settle_open(link_.in_doubt ? Progress::unknown : Progress::untried);
  operation_ = Operation::none;
}

void Session::give_up(const Error& reason) {
  error_ = reason;
  give_up();
}

bool Session::may_restart() const {
  if (link_.in_doubt || operation_ == Operation::quit) return false;
  if (operation_ != Operation::send) return true;
  return next_with(kNotSent, first_) < message_->recipients.count;
}

// Ends the connection.
void Session::close(Status status, Phase phase, const Reply& reply) {
  set_error(status, phase, reply);
  link_.closing = true;
  forget_secrets();
}

// Ends the operation with it, because nothing more can be believed on it.
void Session::abandon(Status status, Phase phase, const Reply& reply) {
  close(status, phase, reply);
  if (!link_.trial) give_up();
}

void Session::forget_secrets() {
  if (options_->auth != nullptr) options_->auth->wipe(tx_);
}

// Recipients without a final word: with BDAT in the group the content may have been accepted before RCPT's reply was seen.
void Session::settle_open(Progress progress) {
  if (message_ == nullptr || operation_ != Operation::send) return;
  const Recipients& all = message_->recipients;
  for (std::size_t i = first_; (i = next_with(kOpen, i)) < all.count; ++i) all.data[i].result.progress = progress;
}

void Session::lost(Status status, std::int32_t native) {
  if (link_.closing) return;
  if (link_.quit_sent && link_.pending <= 1) return on_quit();  // the reply to QUIT decides nothing
  const bool in_proxys_tls = group(status) == StatusGroup::tls && phase() == Phase::connect;
  const bool is_proxys = group(status) == StatusGroup::proxy || status == Status::proxy_timeout || in_proxys_tls;
  close(status, is_proxys ? Phase::proxy : phase(), kNoReply);
  note_native(native);
}

}  // namespace mailmote
