#include "mailmote/text_message.hpp"

#include "message/field_names.hpp"
#include "message/mime_names.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kSlice = 48;    // octets that are looked through at a time
constexpr std::ptrdiff_t kWork = 96;  // bounds a step, in octets
constexpr std::size_t kEnd = 10;      // room for the end of the text

constexpr std::size_t kLongestCounted = std::size_t{1} << 30U;  // in every encoding below 4 GiB

const std::uint8_t* octets_of(Text text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }

}  // namespace

Status TextMessage::do_start(const Offer& offer, ContentPlan& plan) {
  if (!plan.unfinished) {
    begin_check(offer);
    step_ = Step::look;
    at_ = 0;
    scan_ = detail::TextScanner();
  }
  Status status = Status::ok;
  for (std::ptrdiff_t work = kWork; work > 0 && status == Status::ok && step_ != Step::header;) {
    status = prepare(offer, plan, work);
  }
  plan.unfinished = status == Status::ok && step_ != Step::header;
  return status;
}

Status TextMessage::prepare(const Offer& offer, ContentPlan& plan, std::ptrdiff_t& work) {
  if (step_ == Step::check) {
    const Status status = check_header(recipients, plan, work);
    if (header_done()) finish(plan);
    return status;
  }
  if (step_ == Step::look) look(offer, plan);
  else count_text(plan);
  work -= static_cast<std::ptrdiff_t>(kSlice);
  return Status::ok;
}

void TextMessage::look(const Offer& offer, ContentPlan& plan) {
  std::size_t n = text.size() - at_;
  if (n > kSlice) n = kSlice;
  scan_.scan(octets_of(text) + at_, n);
  at_ += n;
  if (at_ != text.size()) return;
  choose_encoding(offer, plan);
  encoder_.begin(encoding_, true);
  step_ = encoding_ == TransferEncoding::quoted_printable ? Step::count : Step::check;
  at_ = 0;
  ended_ = false;
}

// As it is where that is allowed, else the shorter one of the two encodings.
void TextMessage::choose_encoding(const Offer& offer, ContentPlan& plan) {
  const bool eight_bit = scan_.eight_bit() != 0;
  plan.form = ContentForm::safe;
  if (!scan_.unfit() && (!eight_bit || offer.eight_bit)) {
    encoding_ = eight_bit ? TransferEncoding::eight_bit : TransferEncoding::seven_bit;
    plan.eight_bit = eight_bit;
    plan.form = ContentForm::canonical;
    plan.length = scan_.length() + (scan_.line_ended() ? 0 : 2);
  } else if (std::size_t{scan_.eight_bit()} * 6 < text.size()) {
    encoding_ = TransferEncoding::quoted_printable;
  } else {
    encoding_ = TransferEncoding::base64;
    plan.length = detail::TransferEncoder::base64_size(scan_.length()) + 2;
  }
}

void TextMessage::count_text(ContentPlan& plan) {
  std::uint8_t window[kSlice];
  plan.length += static_cast<std::uint32_t>(read_text({window, sizeof window}));
  if (at_end()) step_ = Step::check;
}

void TextMessage::finish(ContentPlan& plan) {
  Sink sink(nullptr, 0, 0);
  put_mime(sink);
  plan.length += static_cast<std::uint32_t>(sink.total());
  plan.rewindable = true;
  if (plan.smtputf8) plan.eight_bit = true;
  plan.length_known = text.size() <= kLongestCounted;
  if (!plan.length_known) plan.length = 0;
  encoder_.begin(encoding_, true);
  begin_header();
  step_ = Step::header;
  at_ = 0;
  skip_ = 0;
  ended_ = false;
}

ReadResult TextMessage::do_read(MutableBytes into) {
  std::size_t n = 0;
  if (step_ == Step::header) {
    n = read_header(recipients, into);
    if (header_done()) step_ = Step::mime;
  }
  if (step_ == Step::mime) n += read_mime({into.data + n, into.size - n});
  if (step_ == Step::body) {
    n += read_text({into.data + n, into.size - n});
    if (at_end()) return {ReadStatus::end, n};
  }
  return {n != 0 ? ReadStatus::ok : ReadStatus::would_block, n};
}

std::size_t TextMessage::read_mime(const MutableBytes& into) {
  Sink sink(into.data, into.size, skip_);
  put_mime(sink);
  skip_ += sink.written();
  if (sink.complete()) step_ = Step::body;
  return sink.written();
}

// The last line is ended, whether or not it is in the text.
std::size_t TextMessage::read_text(const MutableBytes& into) {
  const std::uint8_t* in = octets_of(text) + at_;
  std::size_t n = encoder_.encode(in, octets_of(text) + text.size(), into.data, into.size);
  at_ = static_cast<std::size_t>(in - octets_of(text));
  if (at_ != text.size() || into.size - n < kEnd) return n;
  n += encoder_.finish(into.data + n);
  if (!encoder_.at_line_start()) {
    into.data[n++] = '\r';
    into.data[n++] = '\n';
  }
  ended_ = true;
  return n;
}

// The end of this is the empty line.
void TextMessage::put_mime(Sink& sink) const {
  begin_field(sink, FieldName::content_type);
  sink.put("text/plain; charset=");
  sink.put(charset_name(scan_.is_utf8()));
  sink.put("\r\n");
  put_encoding(sink, encoding_);
  sink.put("\r\n");
}

}  // namespace mailmote
