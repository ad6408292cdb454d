// What is found out before anything of a message goes out.
#include "mailmote/mime.hpp"
#include "message/header_text.hpp"
#include "mailmote/sink.hpp"
#include "wire/words.hpp"

namespace mailmote {
namespace {

constexpr std::ptrdiff_t kWork = 96;  // bounds a step, about 25 instructions a unit
constexpr std::ptrdiff_t kLookWork = 80;
constexpr std::size_t kLongestType = 120, kLongestName = 255, kLongestId = 200;
constexpr std::uint32_t kLongestCounted = 1U << 30U;              // in every encoding below 4 GiB
constexpr std::uint32_t kLongestKnown = 0xffffffffU / 78 * 57;  // in base64, its line ends counted

bool is_type(const Text& type) {
  const std::size_t slash = type.find('/');
  if (type.size() > kLongestType || slash == Text::npos || slash == 0 || slash + 1 == type.size()) return false;
  for (const char c : type) {
    if (c < ' ' || c >= 0x7f) return false;
  }
  return !equal_words(std::string_view(type.data(), slash), "multipart");
}

bool is_file_name(const Text& name) {
  detail::TextCursor cursor;
  return name.size() <= kLongestName && look_through(name, cursor, kLongestName);
}

bool is_content_id(const Text& id) { return id.empty() || (id.size() <= kLongestId && is_visible_ascii(id, "<>")); }

// FNV-1a.
std::uint32_t add_to_hash(std::uint32_t hash, const Text& text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

}  // namespace

Status MimeMessage::do_start(const Offer& offer, ContentPlan& plan) {
  if (!plan.unfinished) restart(offer, plan);
  Status status = Status::ok;
  for (std::ptrdiff_t work = kWork; work > 0 && status == Status::ok && !sending_;) {
    status = header_done() ? prepare(offer, plan, work) : prepare_header(plan, work);
  }
  plan.unfinished = status == Status::ok && !sending_;
  return status;
}

void MimeMessage::restart(const Offer& offer, ContentPlan& plan) {
  begin_check(offer);
  eight_bit_offered_ = offer.eight_bit;
  smtputf8_offered_ = offer.smtputf8;
  binary_offered_ = offer.binary_mime;
  sending_ = false;
  place_ = Place{};
  if (part_count() == 0) place_.step = Step::open;
  source_ = ContentPlan{};
  plan.rewindable = plan.length_known = true;
  plan.form = ContentForm::safe;
}

// Two numbers from what makes a message one of its own.
void MimeMessage::make_delimiter() {
  Sink sink(reinterpret_cast<std::uint8_t*>(delimiter_.text), sizeof delimiter_.text, 0);
  sink.put("--=_");
  std::uint32_t hash = 2166136261U ^ date;
  for (int number = 0; number < 2; ++number) {
    hash = add_to_hash(hash, message_id.empty() ? from.address : message_id);
    for (unsigned shift = 32; shift != 0; shift -= 4) sink.put_number(hash >> (shift - 4U) & 15U, 16);
  }
}

Status MimeMessage::prepare_header(ContentPlan& plan, std::ptrdiff_t& work) {
  const Status status = check_header(recipients, plan, work);
  if (!header_done()) return status;
  make_delimiter();
  work = 0;
  return status;
}

Status MimeMessage::prepare(const Offer& offer, ContentPlan& plan, std::ptrdiff_t& work) {
  switch (place_.step) {
    case Step::check: return check_part(work);
    case Step::begin: work = 0; return begin_part(offer.clock, plan);
    case Step::look: work -= kLookWork; return look(offer.eight_bit);
    case Step::body: count_body(plan); break;
    case Step::end: return finish_start(plan);
    case Step::open:
    case Step::type:
    case Step::transfer:
    case Step::disposition:
    case Step::name:
    case Step::close: count_piece(plan, work); break;
  }
  return Status::ok;
}

Status MimeMessage::check_part(std::ptrdiff_t& work) {
  const Part& it = part();
  work = 0;
  place_.step = Step::begin;
  return is_type(it.type) && is_file_name(it.name) && is_content_id(it.id) ? Status::ok : Status::invalid_header;
}

Status MimeMessage::begin_part(const WallClock& clock, ContentPlan& plan) {
  if (!source_.unfinished) source_ = ContentPlan{};
  const Status status = part().content.start_step(offer_to_part(clock), source_);
  if (status != Status::ok || source_.unfinished) return status;
  if (source_.smtputf8) plan.smtputf8 = true;
  if (!source_.rewindable) plan.rewindable = false;
  return plan_part();
}

Offer MimeMessage::offer_to_part(const WallClock& clock) const {
  return {eight_bit_offered_, smtputf8_offered_, false, clock, !is_message()};
}

void MimeMessage::begin_pass(TransferEncoding encoding) {
  scan_ = detail::TextScanner();
  encoder_.begin(encoding, is_text(place_.part));
}

// What goes octet by octet, or as base64 of that, has a length that follows from the source's; so has a message that is in
// order.
Status MimeMessage::plan_part() {
  detail::PartPlan& plan = part().plan_;
  plan.length = 0;
  plan.source_length = source_.length;
  plan.encoding = wanted();
  plan.known = false;
  plan.bounded = source_.length_known;
  plan.rewindable = source_.rewindable;
  plan.utf8 = plan.line_ended = true;
  if (plan.encoding == TransferEncoding::binary && !binary_offered_) return Status::binary_mime_not_offered;
  const bool data = !is_text(place_.part);
  const bool binary = plan.encoding == TransferEncoding::binary;
  place_.step = Step::open;
  if (data && (binary ? source_.length_known : plan.encoding == TransferEncoding::base64)) {
    plan.known = source_.length_known && source_.length <= kLongestKnown;
    plan.length = binary ? source_.length : detail::TransferEncoder::base64_size(source_.length);
    plan.line_ended = source_.length == 0;
  } else if (is_message() && source_.length_known && source_.form != ContentForm::any) {
    plan.known = true;
    plan.length = source_.length;
    plan.encoding = source_.eight_bit ? TransferEncoding::eight_bit : TransferEncoding::seven_bit;
  } else if (source_.rewindable) {
    begin_pass(binary ? plan.encoding : TransferEncoding::quoted_printable);
    count_ = 0;
    place_.step = Step::look;
  } else {
    leave_unseen();
  }
  return Status::ok;
}

// What is asked for, by what the part is and what the server offers.
TransferEncoding MimeMessage::wanted() const {
  TransferEncoding encoding = part().encoding;
  if (encoding == TransferEncoding::binary_if_offered) {
    encoding = binary_offered_ && !is_message() ? TransferEncoding::binary : TransferEncoding::automatic;
  }
  const bool data = !is_text(place_.part) && !is_message();
  return encoding == TransferEncoding::automatic && data ? TransferEncoding::base64 : encoding;
}

// Text then goes in the one encoding that suits every text.
void MimeMessage::leave_unseen() {
  detail::PartPlan& plan = part().plan_;
  if (plan.encoding == TransferEncoding::automatic && is_message()) {
    plan.encoding = source_.eight_bit ? TransferEncoding::eight_bit : TransferEncoding::seven_bit;
  } else if (plan.encoding == TransferEncoding::automatic) {
    plan.encoding = TransferEncoding::quoted_printable;
  }
  place_.step = Step::open;
}

Status MimeMessage::look(bool eight_bit_offered) {
  const ReadResult read = part().content.read({held_, kHeld});
  if (read.status == ReadStatus::error) return Status::source_failed;
  if (read.status == ReadStatus::would_block || scan_.length() > kLongestCounted) {
    leave_unseen();
    return Status::ok;
  }
  look_at(read.n, read.status == ReadStatus::end);
  return read.status == ReadStatus::end ? judge(eight_bit_offered) : Status::ok;
}

void MimeMessage::look_at(std::size_t size, bool end) {
  scan_.scan(held_, size, &delimiter_);
  const TransferEncoding wanted = part().plan_.encoding;
  if (wanted != TransferEncoding::automatic && wanted != TransferEncoding::quoted_printable &&
      wanted != TransferEncoding::binary) {
    return;
  }
  std::uint8_t scratch[kHeld];
  for (const std::uint8_t* in = held_; in != held_ + size;) {
    count_ += static_cast<std::uint32_t>(encoder_.encode(in, held_ + size, scratch, sizeof scratch));
  }
  if (end) count_ += static_cast<std::uint32_t>(encoder_.finish(scratch));
}

// As it is where that is allowed, else the shorter one of the two encodings; what was asked for is checked.
Status MimeMessage::judge(bool eight_bit_offered) {
  TransferEncoding& encoding = part().plan_.encoding;
  const bool eight_bit = scan_.eight_bit() != 0;
  const TransferEncoding as_it_is = eight_bit ? TransferEncoding::eight_bit : TransferEncoding::seven_bit;
  if (encoding == TransferEncoding::automatic && is_message()) {
    encoding = as_it_is;
  } else if (encoding == TransferEncoding::automatic) {
    const bool fits = !scan_.unfit() && (!eight_bit || eight_bit_offered);
    const bool ascii = scan_.eight_bit() < scan_.length() / 6 + 1;
    encoding = fits ? as_it_is : ascii ? TransferEncoding::quoted_printable : TransferEncoding::base64;
  }
  settle(eight_bit);
  place_.step = Step::open;
  if (encoding == TransferEncoding::binary) return scan_.holds_delimiter() ? Status::source_failed : Status::ok;
  if (encoding > TransferEncoding::eight_bit) return Status::ok;
  return scan_.unfit() || (eight_bit && encoding == TransferEncoding::seven_bit) ? Status::source_failed : Status::ok;
}

void MimeMessage::settle(bool eight_bit) {
  detail::PartPlan& plan = part().plan_;
  plan.known = true;
  plan.utf8 = scan_.is_utf8();
  if (plan.encoding == TransferEncoding::quoted_printable || plan.encoding == TransferEncoding::binary) {
    plan.length = count_;
    plan.line_ended = encoder_.at_line_start();
  } else if (plan.encoding == TransferEncoding::base64) {
    plan.length = detail::TransferEncoder::base64_size(scan_.length());
    plan.line_ended = plan.length == 0;
  } else {
    if (!eight_bit) plan.encoding = TransferEncoding::seven_bit;
    plan.length = scan_.length();
    plan.line_ended = scan_.line_ended();
  }
}

void MimeMessage::count_piece(ContentPlan& plan, std::ptrdiff_t& work) {
  Sink sink(nullptr, 0, 0);
  const std::size_t before = place_.part;
  work -= put_piece(sink, place_);
  plan.length += static_cast<std::uint32_t>(sink.total());
  if (place_.part != before && place_.step == Step::open) place_.step = Step::check;
}

void MimeMessage::count_body(ContentPlan& plan) {
  const detail::PartPlan& it = part().plan_;
  if (it.encoding == TransferEncoding::eight_bit) plan.eight_bit = true;
  if (it.encoding == TransferEncoding::binary) plan.binary = true;
  if (it.encoding <= TransferEncoding::eight_bit) plan.form = ContentForm::canonical;
  const std::uint32_t sum = plan.length + it.length;
  if (!it.known || sum < it.length) plan.length_known = false;
  plan.length = sum;
  place_.step = Step::close;
}

// A chunk says its length before it begins. Where that cannot be found out, parts that need not be binary are not.
Status MimeMessage::forgo_binary() {
  binary_offered_ = false;
  for (std::size_t i = 0; i < part_count(); ++i) {
    Part& part = *part_at(i);
    if (part.encoding == TransferEncoding::binary) return Status::binary_mime_not_offered;
    if (part.plan_.encoding != TransferEncoding::binary) continue;
    part.plan_.encoding = is_text(i) ? TransferEncoding::quoted_printable : TransferEncoding::base64;
  }
  return Status::ok;
}

Status MimeMessage::finish_start(ContentPlan& plan) {
  if (plan.binary && !plan.length_known && !plan.rewindable) {
    plan.binary = false;
    const Status status = forgo_binary();
    if (status != Status::ok) return status;
  }
  if (plan.binary) plan.form = ContentForm::safe;
  if (plan.smtputf8) plan.eight_bit = true;
  if (!plan.length_known) plan.length = 0;
  begin_header();
  place_ = Place{};
  place_.step = Step::open;
  skip_ = 0;
  started_ = false;
  sending_ = true;
  return Status::ok;
}

}  // namespace mailmote
