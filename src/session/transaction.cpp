// Operations and transactions: what begins when, and what comes after.
#include "mailmote/session.hpp"
#include "session/chunking_feature.hpp"
#include "session/progress.hpp"
#include "wire/address.hpp"
#include "wire/words.hpp"

namespace mailmote {

void Session::begin_operation() {
  link_.ready = true;
  link_.part = Part::command;
  switch (operation_) {
    case Operation::send: return begin_transaction();
    case Operation::noop: link_.out = Phase::noop; return;
    case Operation::quit: link_.out = Phase::quit; return;
    case Operation::connect: return end_operation();
    case Operation::none: break;
  }
  link_.out = Phase::idle;
}

void Session::begin_transaction() {
  mail_ = Transaction{};
  link_.end_taken = false;
  first_ = next_to_ask(first_);
  recipient_out_ = first_;
  if (link_.capabilities.mail_max != 0 && link_.mails >= link_.capabilities.mail_max) {
    link_.reconnect = true;
    link_.out = Phase::quit;
    return;
  }
  ++link_.mails;
  if (plan_.rewindable || plan_.unfinished) source_fresh_ = false;
  if (!source_fresh_) plan_ = ContentPlan{};
  link_.out = Phase::measure;
}

// The source starts, in as many steps as it takes; then its content is counted where BDAT needs that.
void Session::begin_content() {
  mail_.begun = true;
  const Status status = start_source();
  if (status != Status::ok) return refuse_message(status);
  if (plan_.unfinished) return;
  if (options_->chunking == nullptr || !options_->chunking->plan(*this)) begin_mail();
}

void Session::begin_mail() {
  const std::uint32_t most = link_.capabilities.size_max;
  if (most != 0 && plan_.length > most) return refuse_message(Status::message_too_big);
  link_.out = link_.mail_open ? Phase::rset : Phase::mail;
}

Status Session::start_source() {
  const bool binary_mime = options_->chunking != nullptr && options_->chunking->takes_binary(*this);
  const Offer offer = {link_.capabilities.has(Extension::eight_bit_mime), link_.capabilities.has(Extension::smtputf8),
                       binary_mime, options_->clock};
  stuffer_ = DotStuffer(true);
  if (!source_fresh_ || plan_.unfinished) {
    const Status status = message_->content.start_step(offer, plan_);
    source_fresh_ = status == Status::ok;
    if (!source_fresh_ || plan_.unfinished) return status;
  }
  if (utf8_envelope_) plan_.smtputf8 = true;
  if (plan_.binary && !offer.binary_mime) return Status::binary_mime_not_offered;
  if (plan_.eight_bit && !plan_.binary && !offer.eight_bit) return Status::eight_bit_not_offered;
  if (plan_.smtputf8 && !offer.smtputf8) return Status::smtputf8_not_offered;
  return message_->dsn != nullptr ? message_->dsn->begin(link_.capabilities) : Status::ok;
}

// The message cannot go to this server, and nothing of it was sent.
void Session::refuse_message(Status status) {
  set_error(status, Phase::mail, kNoReply);
  end_operation();
}

// The first recipient behind `from` that is in one of these states; the number of recipients when none is.
std::uint16_t Session::next_with(unsigned progress, std::size_t from) const {
  const Recipients& all = message_->recipients;
  while (from < all.count && (progress & bit(all.data[from].result.progress)) == 0) ++from;
  return static_cast<std::uint16_t>(from);
}

// Recipients that wait for a transaction: not tried yet, or put off by the server.
std::uint16_t Session::next_to_ask(std::size_t from) const {
  return next_with(bit(Progress::untried) | bit(Progress::later), from);
}

// The recipient to name next in this transaction; the number of recipients when it is full (RFC 9422, RFC 5321
// section 4.5.3.1.8). With a limit of domains, each transaction has one.
std::uint16_t Session::next_in_transaction(std::size_t from) const {
  const Recipients& all = message_->recipients;
  const auto none = static_cast<std::uint16_t>(all.count);
  const bool tight = link_.capabilities.rcpt_max != 0 && link_.capabilities.rcpt_max < kRecipientsPerTransaction;
  if (mail_.asked >= (tight ? link_.capabilities.rcpt_max : kRecipientsPerTransaction)) return none;
  std::uint16_t next = next_to_ask(from);
  if (link_.capabilities.rcpt_domain_max == 0) return next;
  const Text domain = domain_of(all.data[first_].address);
  while (next != none && !equal_words(domain_of(all.data[next].address), domain)) next = next_to_ask(next + 1U);
  return next;
}

// With nothing on its way any more, a transaction that cannot come to content ends here.
void Session::settle_group() {
  if (link_.pending != 0 || output_.skip != 0) return;
  const bool all_asked = link_.out == Phase::data || link_.out == Phase::bdat;
  const bool unwanted = mail_.failed || (mail_.refused && abort_on_refusal());
  if (mail_.failed || (all_asked && (mail_.taken == 0 || unwanted))) conclude(!unwanted);
}

// `proceed`: further transactions make sense, for recipients that had no turn yet.
void Session::conclude(bool proceed) {
  if (!proceed || !more_to_ask()) return end_operation();
  if (link_.quit_sent) {
    link_.reconnect = true;
    return;
  }
  if (plan_.rewindable || source_fresh_) return begin_operation();
  refuse_message(Status::source_not_rewindable);
}

void Session::end_operation() {
  operation_ = Operation::none;
  link_.part = Part::command;
  link_.out = after_ == After::quit && !link_.quit_sent ? Phase::quit : Phase::idle;
}

}  // namespace mailmote
