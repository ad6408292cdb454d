// Operations and transactions: what begins when, and what comes after.
#include "mailmote/session.hpp"
#include "session/chunking_feature.hpp"
#include "wire/address.hpp"
#include "wire/words.hpp"

namespace mailmote {

void Session::begin_operation() {
  ready_ = true;
  part_ = Part::command;
  switch (operation_) {
    case Operation::send: return begin_transaction();
    case Operation::noop: out_ = Phase::noop; return;
    case Operation::quit: out_ = Phase::quit; return;
    case Operation::connect: return end_operation();
    case Operation::none: break;
  }
  out_ = Phase::idle;
}

void Session::begin_transaction() {
  asked_ = answered_ = taken_ = 0;
  failed_ = refused_ = bdat_ = grouped_ = end_taken_ = false;
  first_ = next_to_ask(first_);
  recipient_out_ = first_;
  if (capabilities_.mail_max != 0 && mails_ >= capabilities_.mail_max) {
    reconnect_ = true;
    out_ = Phase::quit;
    return;
  }
  ++mails_;
  if (!start_source()) return;
  if (options_->chunking != nullptr && capabilities_.has(Extension::chunking) && !bdat_failed_ &&
      options_->chunking->plan(*this)) {
    out_ = Phase::measure;
    return;
  }
  begin_mail();
}

void Session::begin_mail() {
  if (length_known_ && capabilities_.size_max != 0 && left_ > capabilities_.size_max) {
    return refuse_message(Status::message_too_big);
  }
  out_ = mail_open_ ? Phase::rset : Phase::mail;
}

bool Session::start_source() {
  Offer offer;
  offer.eight_bit = capabilities_.has(Extension::eight_bit_mime);
  offer.smtputf8 = capabilities_.has(Extension::smtputf8);
  offer.clock = options_->clock;
  ContentPlan plan;
  Status status = message_->content.start(offer, plan);
  length_known_ = plan.length_known;
  left_ = plan.length;
  form_ = plan.form;
  rewindable_ = plan.rewindable;
  eight_bit_ = plan.eight_bit;
  smtputf8_ = plan.smtputf8 || utf8_envelope_;
  stuffer_ = DotStuffer(true);
  if (status == Status::ok && eight_bit_ && !offer.eight_bit) status = Status::eight_bit_not_offered;
  if (status == Status::ok && smtputf8_ && !offer.smtputf8) status = Status::smtputf8_not_offered;
  if (status != Status::ok) refuse_message(status);
  return status == Status::ok;
}

// The message cannot go to this server, and nothing of it was sent.
void Session::refuse_message(Status status) {
  set_error(status, Phase::mail, {});
  end_operation();
}

// Recipients that wait for a transaction: not tried yet, or put off by the server.
std::uint16_t Session::next_to_ask(std::size_t from) const {
  const Recipients& all = message_->recipients;
  while (from < all.count && all.data[from].result.progress != Progress::untried &&
         all.data[from].result.progress != Progress::later) {
    ++from;
  }
  return static_cast<std::uint16_t>(from);
}

// The recipient to name next in this transaction; the number of recipients when it is full (RFC 9422, RFC 5321
// section 4.5.3.1.8). With a limit of domains, each transaction has one.
std::uint16_t Session::next_in_transaction(std::size_t from) const {
  const Recipients& all = message_->recipients;
  const auto none = static_cast<std::uint16_t>(all.count);
  const bool tight = capabilities_.rcpt_max != 0 && capabilities_.rcpt_max < kRecipientsPerTransaction;
  if (asked_ >= (tight ? capabilities_.rcpt_max : kRecipientsPerTransaction)) return none;
  std::uint16_t next = next_to_ask(from);
  if (capabilities_.rcpt_domain_max == 0) return next;
  const Text domain = domain_of(all.data[first_].address);
  while (next != none && !equal_words(domain_of(all.data[next].address), domain)) next = next_to_ask(next + 1U);
  return next;
}

std::uint16_t Session::next_asked(std::size_t from) const {
  const Recipients& all = message_->recipients;
  while (from < all.count && all.data[from].result.progress != Progress::asked) ++from;
  return static_cast<std::uint16_t>(from);
}

// With nothing on its way any more, a transaction that cannot come to content ends here.
void Session::settle_group() {
  if (pending_ != 0) return;
  const bool all_asked = out_ == Phase::data || out_ == Phase::bdat;
  const bool refused_all = taken_ == 0 || (refused_ && abort_on_refusal());
  if (failed_ || (all_asked && refused_all)) conclude(!failed_ && taken_ == 0);
}

// `proceed`: further transactions make sense, for recipients that had no turn yet.
void Session::conclude(bool proceed) {
  if (!proceed || !more_to_ask()) return end_operation();
  if (quit_sent_) {
    reconnect_ = true;
    return;
  }
  if (rewindable_) return begin_operation();
  refuse_message(Status::source_not_rewindable);
}

void Session::end_operation() {
  operation_ = Operation::none;
  part_ = Part::command;
  out_ = after_ == After::quit && !quit_sent_ ? Phase::quit : Phase::idle;
}

}  // namespace mailmote
