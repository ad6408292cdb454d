// What is written, and when.
#include <cstring>

#include "mailmote/auth.hpp"
#include "mailmote/observer.hpp"
#include "mailmote/session.hpp"
#include "session/chunking_feature.hpp"
#include "session/transitions.hpp"
#include "wire/command_writer.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {
namespace {

// Less free window than this is not worth a read from a source.
constexpr std::size_t kBodyRoom = 40;

}  // namespace

// A command that was begun is finished. With nothing due everything may go; else only what RFC 2920 lets follow.
bool Session::may_send() const {
  if (link_.out == Phase::idle || link_.out == Phase::tls) return false;
  if (output_.skip != 0 || link_.part != Part::command) return true;
  if (link_.pending == 0) return link_.out != Phase::content;  // content waits for DATA's 354
  if (!pipelined() || !row(link_.out).may_follow) return false;
  if (link_.out == Phase::mail) return link_.in == Phase::rset;
  if (link_.out == Phase::rcpt) return !mail_.failed;
  if (link_.out == Phase::data) return !mail_.failed && !abort_on_refusal();
  return link_.out == Phase::quit || (mail_.grouped && !mail_.failed);
}

bool Session::could_produce() const {
  if (link_.closing || link_.source_blocked || !may_send()) return false;
  return room() >= (link_.part == Part::body || link_.out == Phase::measure ? kBodyRoom : 1);
}

// False: nothing more can be written now. True: there is more content to read, and this poll has done enough.
bool Session::produce(bool content) {
  compact();
  link_.source_blocked = false;
  const std::size_t begin = output_.end;
  for (int reads = 0; could_produce();) {
    const bool measuring = link_.out == Phase::measure;
    if (measuring && !mail_.begun) {
      begin_content();
      continue;
    }
    if (!measuring && link_.part != Part::body) {
      compose();
      continue;
    }
    if (!content || output_.end - begin >= kOctetsPerPoll) return true;
    if (measuring) {
      look_through();
      return false;
    }
    if (link_.out == Phase::auth) {
      if (!options_->auth->work(*this)) return false;
    } else {
      fill_body();
      if (++reads == kReadsPerPoll) return false;
    }
  }
  return false;
}

// The source goes on starting, or its content is counted.
void Session::look_through() {
  if (plan_.unfinished) return begin_content();
  options_->chunking->measure(*this);
}

void Session::compact() {
  if (output_.begin == 0) return;
  std::memmove(tx_.data, tx_.data + output_.begin, output_.end - output_.begin);
  output_.end -= output_.begin;
  if (output_.mark != kNoMark) output_.mark -= output_.begin;
  output_.begin = 0;
}

void Session::commit_tx(std::size_t n, Sent kind) {
  if (options_->observer != nullptr) options_->observer->on_sent(link_.out, {tx_.data + output_.end, n}, kind);
  output_.end += n;
}

void Session::compose() {
  Sink sink(tx_.data + output_.end, room(), output_.skip);
  write_part(sink);
  output_.skip += sink.written();
  commit_tx(sink.written(), kind_of_part());
  if (!sink.complete()) return;
  output_.skip = 0;
  if (link_.out == Phase::auth) return options_->auth->composed(*this);
  if (link_.part == Part::end) return composed_content();
  composed();
}

Sent Session::kind_of_part() const {
  if (link_.out == Phase::auth) return options_->auth->kind();
  return link_.part == Part::end ? Sent::content : Sent::command;
}

void Session::write_part(Sink& sink) const {
  if (link_.part == Part::end) {
    stuffer_.finish(sink);
    if (!mail_.bdat) sink.put(".\r\n");
    return;
  }
  switch (link_.out) {
    case Phase::ehlo: write_hello(sink, "EHLO ", options_->helo, local_); break;
    case Phase::helo: write_hello(sink, "HELO ", options_->helo, local_); break;
    case Phase::mail:
      write_mail(sink, message_->sender, size_to_announce(), plan_);
      if (plan_.binary) options_->chunking->write_body(sink);
      put_parameters(sink, DsnRequest::kForMail);
      break;
    case Phase::rcpt:
      write_rcpt(sink, message_->recipients.data[recipient_out_].address);
      put_parameters(sink, recipient_out_);
      break;
    case Phase::data: sink.put("DATA"); break;
    case Phase::bdat: options_->chunking->write(sink, plan_.length); break;
    case Phase::starttls: sink.put("STARTTLS"); break;
    case Phase::auth: return options_->auth->write(sink);
    case Phase::rset: sink.put("RSET"); break;
    case Phase::noop: sink.put("NOOP"); break;
    case Phase::quit: sink.put("QUIT"); break;
    case Phase::idle:
    case Phase::connect:
    case Phase::proxy:
    case Phase::tls:
    case Phase::greeting:
    case Phase::measure:
    case Phase::content: break;
  }
  sink.put("\r\n");
}

void Session::put_parameters(Sink& sink, std::size_t whose) const {
  if (message_->dsn != nullptr) message_->dsn->put(sink, whose);
}

std::uint32_t Session::size_to_announce() const {
  return link_.capabilities.has(Extension::size) ? plan_.length : 0;
}

// A command is in the window: its reply is due, and the next one's turn comes.
void Session::composed() {
  const Phase phase = link_.out;
  if (phase == Phase::rcpt) recipient_in_ = link_.pending == 0 ? recipient_out_ : recipient_in_;
  link_.out = next_command();
  if (phase == Phase::bdat) {
    link_.out = phase;
    link_.part = Part::body;
    stuffer_ = DotStuffer(false);
    link_.end_unconfirmed = plan_.length == 0;
  }
  if (link_.pending++ == 0) await(phase);
}

Phase Session::next_command() {
  switch (link_.out) {
    case Phase::rset: return Phase::mail;
    case Phase::mail: recipient_out_ = next_in_transaction(first_); return Phase::rcpt;
    case Phase::rcpt:
      ++mail_.asked;
      if (!mail_.failed) message_->recipients.data[recipient_out_].result.progress = Progress::asked;
      recipient_out_ = next_in_transaction(recipient_out_ + 1U);
      if (recipient_out_ != message_->recipients.count) return Phase::rcpt;
      return mail_.bdat ? Phase::bdat : Phase::data;
    case Phase::data: return Phase::content;
    case Phase::quit: link_.quit_sent = true; break;
    case Phase::idle:
    case Phase::connect:
    case Phase::proxy:
    case Phase::tls:
    case Phase::greeting:
    case Phase::ehlo:
    case Phase::helo:
    case Phase::starttls:
    case Phase::auth:
    case Phase::measure:
    case Phase::content:
    case Phase::bdat:
    case Phase::noop: break;
  }
  return Phase::idle;
}

// The content's last octet is in the window.
void Session::composed_content() {
  output_.mark = output_.end;
  link_.end_unconfirmed = false;
  link_.part = Part::command;
  const bool last = after_ == After::quit && !more_to_ask();
  link_.out = last ? Phase::quit : Phase::idle;
  if (link_.in == Phase::content || link_.in == Phase::bdat) arm_reply();
}

// The source reads into the far part of the free window and the stuffer moves it forward: at most two octets come out
// for one, and two more.
void Session::fill_body() {
  const std::size_t free = room();
  std::uint8_t* const to = tx_.data + output_.end;
  const bool safe = plan_.form == ContentForm::safe;
  const std::size_t limit = safe ? free : (free - 2) / 2;
  std::uint8_t* const from = to + (free - limit);
  source_fresh_ = false;
  const ReadResult read = message_->content.read({from, limit});
  if (read.status == ReadStatus::error) return fail(Status::source_failed);
  if (read.status == ReadStatus::would_block) return block_on_source();
  const std::size_t n = safe ? read.n : stuffer_.filter(to, from, read.n);
  const bool end = read.status == ReadStatus::end;
  if (options_->line_ends == LineEnds::refuse && (end ? stuffer_.repaired_at_end() : stuffer_.repaired())) {
    return fail(Status::bare_line_end);
  }
  if (link_.in == Phase::content || link_.in == Phase::bdat) reply_deadline_.clear();
  count_body(mail_.bdat ? n : read.n, end);
  if (link_.closing) return;
  commit_tx(n, Sent::content);
  if (end) link_.part = Part::end;
}

// Octets that were announced: the last one waits in the window until the source has said that it was the last.
void Session::count_body(std::size_t n, bool end) {
  if (!plan_.length_known) return;
  if (n > plan_.length) return fail(Status::source_length);
  plan_.length -= static_cast<std::uint32_t>(n);
  if (end && plan_.length != (mail_.bdat ? stuffer_.missing() : 0)) return fail(Status::source_length);
  link_.end_unconfirmed = mail_.bdat && plan_.length == 0;
}

void Session::block_on_source() {
  link_.source_blocked = true;
  const bool armed = reply_deadline_.armed();
  if (!armed) reply_deadline_.set(now_, options_->timeouts->source);
}

}  // namespace mailmote
