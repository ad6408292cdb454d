#include "mailmote/mime.hpp"
#include "message/field_names.hpp"
#include "message/mime_names.hpp"
#include "message/parameter.hpp"
#include "mailmote/sink.hpp"
#include "wire/words.hpp"

namespace mailmote {

namespace {

bool begins_with(const Text& text, const Text& start) {
  return text.size() >= start.size() && equal_words(std::string_view(text.data(), start.size()), start);
}

}  // namespace

std::size_t MimeMessage::part_count() const { return text_count() + inlines.count + attachments.count; }

Part* MimeMessage::part_at(std::size_t number) const {
  if (number == 0 && text != nullptr) return text;
  if (number < text_count()) return html;
  number -= text_count();
  if (number < inlines.count) return inlines.data + number;
  number -= inlines.count;
  return number < attachments.count ? attachments.data + number : nullptr;
}

// A level is there when it has two parts to hold, and then holds these.
MimeMessage::Range MimeMessage::range(Level level) const {
  const std::size_t words = text_count();
  const std::size_t shown = html != nullptr ? inlines.count : 0;
  Range range;
  switch (level) {
    case Level::mixed:
      if (part_count() - shown - (words == 2 ? 1U : 0U) > 1) range.end = part_count();
      break;
    case Level::alternative:
      if (words == 2) range.end = words + shown;
      break;
    case Level::related:
      if (shown != 0) range = {words - 1, words + shown};
      break;
  }
  return range;
}

bool MimeMessage::is_message(const Part& part) { return begins_with(part.type, "message/"); }

// RFC 2045 section 6.4: what holds a binary part is binary.
bool MimeMessage::is_binary(const Range& parts) const {
  for (std::size_t i = parts.begin; binary_offered_ && i < parts.end; ++i) {
    const Part& part = *part_at(i);
    if (part.encoding == TransferEncoding::binary) return true;
    if (part.encoding == TransferEncoding::binary_if_offered && !is_message(part)) return true;
  }
  return false;
}

// Puts a piece of the message and moves the place behind it. Bodies are no pieces.
std::ptrdiff_t MimeMessage::put_piece(Sink& sink, Place& place) const {
  constexpr std::ptrdiff_t kPieceWork = 16;
  auto next = static_cast<Step>(static_cast<std::uint8_t>(place.step) + 1);
  const Part* const part = part_at(place.part);
  if (part == nullptr) {
    sink.put("\r\n");  // a header and nothing else
    place.step = Step::end;
    return kPieceWork;
  }
  switch (place.step) {
    case Step::open: open_levels(sink, place.part); break;
    case Step::type: put_type(sink, place); break;
    case Step::transfer: put_transfer(sink, *part); break;
    case Step::disposition:
      put_disposition(sink, place);
      if (part->name.empty() || is_text(place.part)) next = Step::body;
      break;
    case Step::name:
      put_name(sink, place);
      if (place.at != part->name.size()) next = Step::name;
      break;
    case Step::close:
      close_levels(sink, place.part);
      if (++place.part != part_count()) next = Step::open;
      place.at = place.segment = 0;
      break;
    case Step::check:
    case Step::begin:
    case Step::look:
    case Step::body:
    case Step::end: return kPieceWork;
  }
  place.step = next;
  return kPieceWork + static_cast<std::ptrdiff_t>(sink.total());
}

// From the outer to the inner level that holds the part: its header where it begins here, and a delimiter where that, or
// something that it holds, does.
void MimeMessage::open_levels(Sink& sink, std::size_t part) const {
  for (std::size_t level = 0; level < kLevels; ++level) {
    const Range held = range(static_cast<Level>(level));
    if (held.holds(part) && begins_within(level, part)) open_level(sink, static_cast<Level>(level), part == held.begin);
  }
}

// Whether the part is the first one of what the level holds, a level or the part itself.
bool MimeMessage::begins_within(std::size_t level, std::size_t part) const {
  while (++level < kLevels) {
    const Range held = range(static_cast<Level>(level));
    if (held.holds(part)) return part == held.begin;
  }
  return true;
}

void MimeMessage::open_level(Sink& sink, Level level, bool first) const {
  if (first) {
    begin_field(sink, FieldName::content_type);
    sink.put("multipart/");
    switch (level) {
      case Level::mixed: sink.put("mixed"); break;
      case Level::alternative: sink.put("alternative"); break;
      case Level::related: sink.put("related; type=\"text/html\""); break;
    }
    sink.put(";\r\n boundary=\"");
    put_boundary(sink, level);
    sink.put("\"\r\n");
    if (is_binary(range(level))) put_encoding(sink, TransferEncoding::binary);
  }
  sink.put("\r\n--");
  put_boundary(sink, level);
  sink.put("\r\n");
}

// From the inner to the outer. The last line of a message is ended; octets in quoted-printable do not get a line end by it.
void MimeMessage::close_levels(Sink& sink, std::size_t part) const {
  for (std::size_t level = kLevels; level-- != 0;) {
    if (part + 1 != range(static_cast<Level>(level)).end) continue;
    sink.put("\r\n--");
    put_boundary(sink, static_cast<Level>(level));
    sink.put("--");
  }
  if (part + 1 != part_count()) return;
  const detail::PartPlan& plan = part_at(part)->plan_;
  const bool alone = part == 0;
  if (alone && (plan.line_ended || plan.encoding == TransferEncoding::binary)) return;
  if (alone && plan.encoding == TransferEncoding::quoted_printable && !is_text(part)) sink.put("=");
  sink.put("\r\n");
}

void MimeMessage::put_boundary(Sink& sink, Level level) const {
  sink.put(delimiter_.text + 2, sizeof delimiter_.text - 2);
  sink.put("mar"[static_cast<std::size_t>(level)]);
}

// With the file name once more for readers that know it from there only.
void MimeMessage::put_type(Sink& sink, const Place& place) const {
  const Part& part = *part_at(place.part);
  begin_field(sink, FieldName::content_type);
  sink.put(part.type);
  if (is_text(place.part)) {
    sink.put("; charset=");
    sink.put(charset_name(part.plan_.utf8));
    if (&part == text && text->flowed) sink.put("; format=flowed");
  } else if (!part.name.empty()) {
    put_plain_name(sink, part.name);
  }
  sink.put("\r\n");
}

void MimeMessage::put_transfer(Sink& sink, const Part& part) const {
  put_encoding(sink, part.plan_.encoding);
  if (part.id.empty()) return;
  begin_field(sink, FieldName::content_id);
  sink.put('<');
  sink.put(part.id);
  sink.put(">\r\n");
}

// And, without a file name, the end of the header.
void MimeMessage::put_disposition(Sink& sink, const Place& place) const {
  if (!is_text(place.part)) {
    begin_field(sink, FieldName::content_disposition);
    if (place.part < text_count() + inlines.count) sink.put("inline");
    else sink.put("attachment");
    if (!part_at(place.part)->name.empty()) return;
    sink.put("\r\n");
  }
  sink.put("\r\n");
}

// A segment of it, and behind the last one the end of the header.
void MimeMessage::put_name(Sink& sink, Place& place) const {
  const Text& name = part_at(place.part)->name;
  place.at = static_cast<std::uint8_t>(put_file_name(sink, name, place.at, place.segment++));
  if (place.at == name.size()) sink.put("\r\n\r\n");
}

}  // namespace mailmote
