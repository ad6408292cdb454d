#include <cstring>

#include "mailmote/sources.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kColumns = 72;
constexpr int kReads = 8;  // of words that bring no octet out, such as blanks

void put_blanks(Sink& sink, std::size_t count) {
  const std::size_t gone = sink.ahead() < count ? sink.ahead() : count;
  sink.pass(gone);
  for (count -= gone; count != 0 && !sink.full(); --count) sink.put(' ');
  sink.pass(count);
}

// What readers take for a quotation, and mailbox files for the start of a mail (RFC 3676 section 4.4).
bool needs_stuffing(const char* word, std::size_t size) {
  return word[0] == '>' || (size >= 4 && std::memcmp(word, "From", 4) == 0);
}

}  // namespace

Status FlowedSource::do_start(const Offer& offer, ContentPlan& plan) {
  const Status status = words_.start_step(offer, plan);
  plan.length = 0;
  plan.length_known = false;
  plan.form = ContentForm::any;
  skip_ = blanks_ = column_ = 0;
  in_at_ = in_size_ = word_size_ = 0;
  due_ = Due::nothing;
  after_cr_ = dashes_ = wrapped_ = ended_ = false;
  return status;
}

ReadResult FlowedSource::do_read(MutableBytes into) {
  std::size_t n = 0;
  for (int reads = 0; reads < kReads; ++reads) {
    n += write({into.data + n, into.size - n});
    if (due_ != Due::nothing) return {ReadStatus::ok, n};
    if (ended_) return {ReadStatus::end, n};
    const ReadStatus status = refill();
    if (status == ReadStatus::error) return status;
    if (status == ReadStatus::would_block) break;
  }
  return {n != 0 ? ReadStatus::ok : ReadStatus::would_block, n};
}

ReadStatus FlowedSource::refill() {
  const ReadResult read = words_.read({in_, sizeof in_});
  ended_ = read.status == ReadStatus::end;
  in_at_ = 0;
  in_size_ = static_cast<std::uint8_t>(read.n);
  return read.status;
}

// All that is there, as far as there is room for it.
std::size_t FlowedSource::write(const MutableBytes& into) {
  std::size_t n = 0;
  for (;;) {
    if (due_ != Due::nothing) {
      Sink sink(into.data + n, into.size - n, skip_);
      compose(sink);
      n += sink.written();
      skip_ += sink.written();
      if (!sink.complete()) return n;
      settle();
    } else if (in_at_ != in_size_) {
      take(static_cast<char>(in_[in_at_]));
    } else if (ended_ && word_size_ != 0) {
      due_ = Due::word;
    } else if (ended_ && at_signature()) {
      due_ = Due::line_end;  // without it the blank would go
    } else {
      return n;
    }
  }
}

// An octet stays where it is while a word has to go out before it.
void FlowedSource::take(char octet) {
  const bool ends_line = octet == '\r' || octet == '\n';
  const bool second = after_cr_ && octet == '\n';
  const bool plain = !ends_line && octet != ' ';
  if (!second && word_size_ != 0 && (!plain || word_size_ == kLongestWord)) {
    due_ = Due::word;
    return;
  }
  ++in_at_;
  after_cr_ = octet == '\r';
  if (second) return;
  if (ends_line) {
    due_ = Due::line_end;
  } else if (plain) {
    word_[word_size_++] = octet;
  } else {
    ++blanks_;
  }
}

// Characters, of which only the first octet counts.
std::size_t FlowedSource::width() const {
  std::size_t width = 0;
  for (std::size_t i = 0; i < word_size_; ++i) width += (static_cast<unsigned char>(word_[i]) & 0xc0U) != 0x80 ? 1 : 0;
  return width;
}

// A line must not become the signature's by a break.
bool FlowedSource::breaks() const {
  const bool signature = dashes_ && blanks_ == 1;
  const bool too_long = column_ + blanks_ + width() > kColumns - 1 || word_size_ == kLongestWord;
  return column_ != 0 && blanks_ != 0 && too_long && !signature;
}

void FlowedSource::compose(Sink& sink) const {
  if (due_ == Due::line_end) {
    if (at_signature()) sink.put(' ');
    return sink.put("\r\n");
  }
  const bool begins = column_ == 0 || breaks();
  if (column_ == 0 && blanks_ != 0) sink.put(' ');
  put_blanks(sink, blanks_);
  if (breaks()) sink.put("\r\n");
  if (begins && (column_ != 0 || blanks_ == 0) && needs_stuffing(word_, word_size_)) sink.put(' ');
  sink.put(word_, word_size_);
}

void FlowedSource::settle() {
  skip_ = 0;
  if (due_ == Due::line_end) {
    column_ = 0;
    dashes_ = wrapped_ = false;
  } else {
    const bool broken = breaks();
    const bool begins = (column_ == 0 && blanks_ == 0) || broken;
    dashes_ = begins && word_size_ == 2 && word_[0] == '-' && word_[1] == '-';
    wrapped_ = wrapped_ || broken;
    column_ = (broken ? 0 : column_ + blanks_) + width();
    word_size_ = 0;
  }
  blanks_ = 0;
  due_ = Due::nothing;
}

}  // namespace mailmote
