// Everything that the user gives is checked before anything of it goes out.
#include "mailmote/session.hpp"
#include "session/transitions.hpp"
#include "wire/address.hpp"

namespace mailmote {
namespace {

bool is_timeout(Millis timeout) { return timeout == kForever || (timeout != 0 && timeout <= kMaxTimeout); }

bool are_timeouts(const Timeouts& timeouts) {
  for (std::size_t at = 0; at < sizeof timeouts; at += sizeof(Millis)) {
    if (!is_timeout(timeout_at(timeouts, at))) return false;
  }
  return true;
}

Status check_message(const Message& message) {
  const Recipients& to = message.recipients;
  if (to.count == 0) return Status::no_recipients;
  if (to.count > 0xffff) return Status::too_many_recipients;
  if (!message.sender.empty() && !is_mailbox(message.sender)) return Status::invalid_sender;
  for (std::size_t i = 0; i < to.count; ++i) {
    if (!is_mailbox(to.data[i].address)) return Status::invalid_recipient;
  }
  return message.dsn != nullptr ? message.dsn->check(to.count) : Status::ok;
}

}  // namespace

Status check(const Options& options) {
  if (options.host.empty()) return Status::no_host;
  if (!is_name(options.host, 253)) return Status::invalid_host;
  if (!options.helo.empty() && (!is_name(options.helo, 255) || has_eight_bit(options.helo))) return Status::invalid_helo;
  const bool timely = are_timeouts(*options.timeouts) && is_timeout(options.greeting_timeout) && is_timeout(options.timeout);
  return timely ? Status::ok : Status::timeout_out_of_range;
}

Status Session::prepare(Operation operation, Message* message, After after, Layout) {
  if (rx_.capacity() < kMinRx || tx_.size < kMinTx) return Status::window_too_small;
  Status status = check(*options_);
  if (status == Status::ok && message != nullptr) status = check_message(*message);
  if (status != Status::ok) return status;
  operation_ = operation;
  message_ = message;
  after_ = after;
  error_ = Error{};
  text_size_ = 0;
  first_ = recipient_out_ = 0;
  source_fresh_ = false;
  if (message == nullptr) return Status::ok;
  utf8_envelope_ = has_eight_bit(message->sender);
  for (std::size_t i = 0; i < message->recipients.count; ++i) {
    Recipient& recipient = message->recipients.data[i];
    recipient.result = RecipientResult{};
    if (has_eight_bit(recipient.address)) utf8_envelope_ = true;
  }
  return Status::ok;
}

}  // namespace mailmote
