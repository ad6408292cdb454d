// What is written, and when.
#include <cstring>

#include "mailmote/observer.hpp"
#include "mailmote/session.hpp"
#include "session/chunking_feature.hpp"
#include "session/transitions.hpp"
#include "wire/command_writer.hpp"
#include "wire/sink.hpp"

namespace mailmote {
namespace {

// Less free window than this is not worth a read from a source.
constexpr std::size_t kBodyRoom = 34;

}  // namespace

// A command that was begun is finished. With nothing due everything may go; else only what RFC 2920 lets follow.
bool Session::may_send() const {
  if (out_ == Phase::idle) return false;
  if (skip_ != 0 || part_ != Part::command) return true;
  if (pending_ == 0) return out_ != Phase::content;  // content waits for DATA's 354
  if (!pipelined() || !row(out_).may_follow) return false;
  if (out_ == Phase::mail) return in_ == Phase::rset;
  if (out_ == Phase::rcpt) return !failed_;
  if (out_ == Phase::data) return !failed_ && !abort_on_refusal();
  return out_ == Phase::quit || (grouped_ && !failed_);
}

bool Session::could_produce() const {
  if (closing_ || source_blocked_ || !may_send()) return false;
  return room() >= (part_ == Part::body || out_ == Phase::measure ? kBodyRoom : 1);
}

void Session::produce() {
  compact();
  source_blocked_ = false;
  int reads = kReadsPerPoll;
  while (could_produce()) {
    if (out_ != Phase::measure && part_ != Part::body) {
      compose();
      continue;
    }
    if (reads-- == 0) return;
    if (out_ == Phase::measure) options_->chunking->measure(*this);
    else fill_body();
  }
}

void Session::compact() {
  if (tx_begin_ == 0) return;
  std::memmove(tx_.data, tx_.data + tx_begin_, tx_end_ - tx_begin_);
  tx_end_ -= tx_begin_;
  if (mark_ != kNoMark) mark_ -= tx_begin_;
  tx_begin_ = 0;
}

void Session::commit_tx(std::size_t n, Sent kind) {
  if (options_->observer != nullptr) options_->observer->on_sent(out_, {tx_.data + tx_end_, n}, kind);
  tx_end_ += n;
}

void Session::compose() {
  Sink sink(tx_.data + tx_end_, room(), skip_);
  write_part(sink);
  skip_ += sink.written();
  commit_tx(sink.written(), part_ == Part::end ? Sent::content : Sent::command);
  if (!sink.complete()) return;
  skip_ = 0;
  if (part_ == Part::end) return composed_content();
  composed();
}

void Session::write_part(Sink& sink) const {
  if (part_ == Part::end) {
    stuffer_.finish(sink);
    if (!bdat_) sink.put(".\r\n");
    return;
  }
  switch (out_) {
    case Phase::ehlo: return write_hello(sink, "EHLO ", options_->helo, local_);
    case Phase::helo: return write_hello(sink, "HELO ", options_->helo, local_);
    case Phase::mail: return write_mail(sink, {message_->sender, size_to_announce(), eight_bit_, smtputf8_});
    case Phase::rcpt: return write_rcpt(sink, message_->recipients.data[recipient_out_].address);
    case Phase::data: return sink.put("DATA\r\n");
    case Phase::bdat: return options_->chunking->write(sink, left_);
    case Phase::rset: return sink.put("RSET\r\n");
    case Phase::noop: return sink.put("NOOP\r\n");
    case Phase::quit: return sink.put("QUIT\r\n");
    case Phase::idle:
    case Phase::connect:
    case Phase::greeting:
    case Phase::measure:
    case Phase::content: break;
  }
}

std::uint32_t Session::size_to_announce() const {
  return length_known_ && capabilities_.has(Extension::size) ? left_ : 0;
}

// A command is in the window: its reply is due, and the next one's turn comes.
void Session::composed() {
  const Phase phase = out_;
  if (phase == Phase::rcpt) recipient_in_ = pending_ == 0 ? recipient_out_ : recipient_in_;
  out_ = next_command();
  if (pending_++ == 0) await(phase);
  if (phase != Phase::bdat) return;
  out_ = phase;
  part_ = Part::body;
  stuffer_ = DotStuffer(false);
  end_unconfirmed_ = left_ == 0;
}

Phase Session::next_command() {
  switch (out_) {
    case Phase::rset: return Phase::mail;
    case Phase::mail: recipient_out_ = next_in_transaction(first_); return Phase::rcpt;
    case Phase::rcpt:
      ++asked_;
      message_->recipients.data[recipient_out_].result.progress = Progress::asked;
      recipient_out_ = next_in_transaction(recipient_out_ + 1U);
      if (recipient_out_ != message_->recipients.count) return Phase::rcpt;
      return bdat_ ? Phase::bdat : Phase::data;
    case Phase::data: return Phase::content;
    case Phase::quit: quit_sent_ = true; break;
    case Phase::idle:
    case Phase::connect:
    case Phase::greeting:
    case Phase::ehlo:
    case Phase::helo:
    case Phase::measure:
    case Phase::content:
    case Phase::bdat:
    case Phase::noop: break;
  }
  return Phase::idle;
}

// The content's last octet is in the window.
void Session::composed_content() {
  mark_ = tx_end_;
  end_unconfirmed_ = false;
  part_ = Part::command;
  const bool last = after_ == After::quit && pipelined() && !more_to_ask();
  out_ = last ? Phase::quit : Phase::idle;
  if (in_ == Phase::content || in_ == Phase::bdat) arm_reply();
}

// The source reads into the far part of the free window and the stuffer moves it forward: at most two octets come out
// for one, and two more.
void Session::fill_body() {
  const std::size_t free = room();
  std::uint8_t* const to = tx_.data + tx_end_;
  const bool safe = form_ == ContentForm::safe;
  const std::size_t limit = safe ? free : (free - 2) / 2;
  std::uint8_t* const from = to + (free - limit);
  const ReadResult read = message_->content.read({from, limit});
  if (read.status == ReadStatus::error) return fail(Status::source_failed);
  if (read.status == ReadStatus::would_block) return block_on_source();
  const std::size_t n = safe ? read.n : stuffer_.filter(to, from, read.n);
  const bool end = read.status == ReadStatus::end;
  if (options_->line_ends == LineEnds::refuse && (end ? stuffer_.repaired_at_end() : stuffer_.repaired())) {
    return fail(Status::bare_line_end);
  }
  if (in_ == Phase::content || in_ == Phase::bdat) reply_deadline_.clear();
  count_body(bdat_ ? n : read.n, end);
  if (closing_) return;
  commit_tx(n, Sent::content);
  if (end) part_ = Part::end;
}

// Octets that were announced: the last one waits in the window until the source has said that it was the last.
void Session::count_body(std::size_t n, bool end) {
  if (!length_known_) return;
  Sink tail(nullptr, 0, 0);
  if (end && bdat_) stuffer_.finish(tail);
  if (n > left_ || (end && n + tail.total() != left_)) return fail(Status::source_length);
  left_ -= static_cast<std::uint32_t>(n);
  end_unconfirmed_ = bdat_ && left_ == 0 && !end;
}

void Session::block_on_source() {
  source_blocked_ = true;
  const bool armed = reply_deadline_.armed();
  if (!armed) reply_deadline_.set(now_, options_->timeouts->source);
}

}  // namespace mailmote
