#include "mailmote/session.hpp"

#include <cstring>

#include "mailmote/observer.hpp"
#include "session/transitions.hpp"
#include "wire/ehlo_parser.hpp"

namespace mailmote {

void Session::connected(const IpAddress& local, Millis now) {
  local_ = local;
  now_ = now;
  heard_ = now;
  rx_.reset();
  reply_.reset();
  capabilities_ = Capabilities{};
  tx_begin_ = tx_end_ = skip_ = 0;
  mark_ = kNoMark;
  mails_ = round_trips_ = 0;
  out_ = Phase::idle;
  part_ = Part::command;
  ready_ = closing_ = quit_sent_ = sent_ = false;
  mail_open_ = bdat_failed_ = reconnect_ = in_doubt_ = end_taken_ = end_unconfirmed_ = source_blocked_ = false;
  write_deadline_.clear();
  settle_open(Progress::untried);
  if (group(error_.status) == StatusGroup::transport || error_.status == Status::service_closing) error_ = Error{};
  pending_ = 1;
  await(Phase::greeting);
}

void Session::resume(Millis now) {
  now_ = now;
  begin_operation();
}

MutableBytes Session::rx_space() { return has_line() ? MutableBytes{} : rx_.space(); }

void Session::rx_commit(std::size_t n) {
  if (sent_ && pending_ != 0 && !has_output() && !could_produce()) {
    ++round_trips_;
    sent_ = false;
  }
  rx_.commit(n);
}

void Session::step(Millis now) {
  now_ = now;
  for (int lines = 0; lines < kLinesPerPoll && rx_.has_line() && !closing_; ++lines) handle_line();
  if (!closing_) produce();
  if (!closing_) check_deadlines();
}

void Session::handle_line() {
  const Line line = rx_.next();
  heard_ = now_;
  if (options_->observer != nullptr) options_->observer->on_line(phase(), line.octets, line.cut);
  ReplyLine part;
  const Status status = reply_.add(line.octets, part);
  if (status != Status::ok) return fail(status);
  keep_text(part);
  if (reply_.first()) {
    enhanced_ = capabilities_.has(Extension::enhanced_status_codes) ? parse_enhanced(part.text, part.code) : EnhancedCode{};
  } else if (in_ == Phase::ehlo && pending_ != 0 && part.code == 250) {
    parse_ehlo_line(part.text, capabilities_);
  }
  if (reply_.complete()) on_reply({part.code, enhanced_, part.text});
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
  in_ = phase;
  arm_reply();
}

void Session::arm_reply() {
  reply_deadline_.clear();
  if (pending_ == 0 || out_ == in_) return;  // out_ == in_: its content is still being written
  Millis timeout = options_->timeouts->*row(in_).timeout;
  if (in_ == Phase::greeting && options_->greeting_timeout != kForever) timeout = options_->greeting_timeout;
  if (in_ == Phase::quit) timeout = kQuitWait;
  reply_deadline_.set(now_, timeout);
}

void Session::check_deadlines() {
  if (has_output() && !write_deadline_.armed()) write_deadline_.set(now_, options_->timeouts->data_block);
  if (write_deadline_.expired(now_)) return fail(Status::write_timeout);
  if (!reply_deadline_.expired(now_)) return;
  if (pending_ != 0 && in_ == Phase::quit) return on_quit();
  if (source_blocked_) return fail(Status::source_timeout);
  fail(in_ == Phase::greeting ? Status::greeting_timeout : Status::reply_timeout);
}

Millis Session::time_left(Millis now) const {
  const Millis reply = reply_deadline_.left(now);
  const Millis write = write_deadline_.left(now);
  const Millis first = reply < write ? reply : write;
  return source_blocked_ && first > kSourcePoll ? kSourcePoll : first;
}

ByteView Session::tx_pending() {
  const std::size_t end = tx_end_ - (end_unconfirmed_ ? 1U : 0U);
  if (mark_ <= end) in_doubt_ = true;
  return {tx_.data + tx_begin_, end - tx_begin_};
}

void Session::tx_consume(std::size_t n, Millis now) {
  tx_begin_ += n;
  sent_ = true;
  if (mark_ <= tx_begin_) {
    end_taken_ = true;
    mark_ = kNoMark;
  }
  if (tx_begin_ == tx_end_) tx_begin_ = tx_end_ = 0;
  write_deadline_.clear();
  if (has_output()) write_deadline_.set(now, options_->timeouts->data_block);
}

void Session::set_error(Status status, Phase phase, const Reply& reply) {
  if (error_.status != Status::ok || finished()) return;
  error_.status = status;
  error_.phase = phase;
  error_.smtp_code = reply.code;
  error_.enhanced = reply.enhanced;
}

void Session::fail(Status status) {
  set_error(status, phase(), {});
  closing_ = true;
  give_up();
}

void Session::give_up() {
  settle_open(in_doubt_ ? Progress::unknown : Progress::untried);
  operation_ = Operation::none;
}

// Recipients without a final word: with BDAT in the group the content may have been accepted before RCPT's reply was seen.
void Session::settle_open(Progress progress) {
  if (message_ == nullptr || operation_ != Operation::send) return;
  for (std::size_t i = first_; i < recipient_out_ && i < message_->recipients.count; ++i) {
    RecipientResult& result = message_->recipients.data[i].result;
    if (result.progress == Progress::asked || result.progress == Progress::taken) result.progress = progress;
  }
}

void Session::break_off(Status status, std::int32_t native, Phase phase) {
  set_error(status, phase, {});
  if (error_.native == 0) error_.native = native;
  closing_ = true;
}

void Session::lost(Status status, std::int32_t native, Phase phase) {
  if (closing_) return;
  if (quit_sent_ && pending_ <= 1) return on_quit();  // the reply to QUIT decides nothing
  break_off(status, native, phase);
}

}  // namespace mailmote
