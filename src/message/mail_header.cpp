#include "mailmote/mail_header.hpp"

#include "message/field_names.hpp"
#include "message/header_text.hpp"
#include "message/header_writer.hpp"
#include "wire/address.hpp"
#include "mailmote/sink.hpp"

namespace mailmote {
namespace {

constexpr unsigned kAutoSubmitted = 1;  // its place among those that may stand once

constexpr std::size_t kSlice = 64;  // octets, or recipients, that are looked through at a time

// Bounds a read of the header: what pieces cost, about 25 instructions a unit.
constexpr std::ptrdiff_t kWork = 80;
constexpr std::ptrdiff_t kPieceWork = 6;
constexpr std::ptrdiff_t kSkipWork = 20;
constexpr std::ptrdiff_t kCheckWork = 50;

// A sink that skips this counts only, and loses nothing.
constexpr std::size_t kCounted = static_cast<std::size_t>(-1);

bool is_sound(const Text& address) { return is_mailbox(address) && is_list_address(address); }

}  // namespace

void MailHeader::begin_check(const Offer& offer) {
  begin_header();
  seen_ = 0;
  if (date == 0 && offer.clock.read != nullptr) date = offer.clock.read(offer.clock.context);
}

Status MailHeader::check_header(const Recipients& to, ContentPlan& plan, std::ptrdiff_t& work) {
  Status status = Status::ok;
  if (place_.cursor.at == 0 && !place_.looked) {
    status = check_value(to, plan);
    work -= kCheckWork;
  }
  if (status != Status::ok) return status;
  Sink sink(nullptr, 0, kCounted);
  work -= put_piece(to, sink);
  plan.length += static_cast<std::uint32_t>(sink.total());
  return place_.cursor.ill_formed ? Status::invalid_header : Status::ok;
}

// What is about to be composed for the first time, but for texts: those are looked through.
Status MailHeader::check_value(const Recipients& to, ContentPlan& plan) {
  Value value;
  if (!find(to, value) || is_other(to)) return Status::ok;
  if (place_.field == Field::message_id) return is_message_id(message_id) ? Status::ok : Status::invalid_header;
  if (place_.field == Field::further) return check_name(headers[place_.index].name);
  if (place_.field > Field::cc || is_group()) return Status::ok;
  if (has_eight_bit(*value.address)) plan.smtputf8 = true;
  return is_sound(*value.address) ? Status::ok : Status::invalid_header;
}

Status MailHeader::check_name(const Text& name) {
  if (!is_field_name(name)) return Status::invalid_header;
  const int index = find_field(name);
  if (index < 0) return Status::ok;
  const unsigned single = index < kSingleFields ? 0 : 1U << static_cast<unsigned>(index - kSingleFields);
  if (single == 0 || (seen_ & single) != 0) return Status::duplicate_header;
  seen_ = static_cast<std::uint8_t>(seen_ | single);
  return Status::ok;
}

// Piece after piece is composed, each as often as it takes windows; a bounded number of them.
std::size_t MailHeader::read_header(const Recipients& to, const MutableBytes& into) {
  std::size_t n = 0;
  for (std::ptrdiff_t work = kWork; work > 0 && !header_done() && n != into.size;) {
    Sink sink(into.data + n, into.size - n, skip_);
    work -= put_piece(to, sink);
    n += sink.written();
    skip_ += sink.written();
    if (!sink.complete()) break;
    skip_ = 0;
  }
  return n;
}

// False: nothing stands at this place, or nothing more.
bool MailHeader::find(const Recipients& to, Value& value) const {
  const Mailbox* mailbox = nullptr;
  bool given = true;
  switch (place_.field) {
    case Field::from: mailbox = &from; break;
    case Field::sender: mailbox = &from_sender; break;
    case Field::reply_to: mailbox = &reply_to; break;
    case Field::to:
    case Field::cc:
    case Field::further: return find_in_list(to, value);
    case Field::subject: value.words = &subject; break;
    case Field::date: given = date != 0; break;
    case Field::message_id:
      value.words = &message_id;
      given = !message_id.empty();
      break;
    case Field::mime: break;
    case Field::end: return false;
  }
  if (mailbox != nullptr) {
    value = {&mailbox->address, &mailbox->display_name};
    given = mailbox == &from || !mailbox->address.empty();
  }
  return given && place_.index == 0;
}

bool MailHeader::find_in_list(const Recipients& to, Value& value) const {
  if (place_.field == Field::further) {
    if (place_.index >= header_count) return false;
    value.words = &headers[place_.index].value;
    return true;
  }
  if (is_group()) {
    value.words = &to_group;
    return true;
  }
  const std::size_t at = recipient_at();
  if (at >= to.count) return false;
  value = {&to.data[at].address, &to.data[at].display_name};
  return true;
}

// Whether that is a recipient who is not named in this field.
bool MailHeader::is_other(const Recipients& to) const {
  if ((place_.field != Field::to && place_.field != Field::cc) || is_group()) return false;
  return to.data[recipient_at()].kind != (place_.field == Field::to ? RecipientKind::to : RecipientKind::cc);
}

std::ptrdiff_t MailHeader::skip_others(const Recipients& to) {
  std::size_t at = recipient_at();
  const RecipientKind kind = to.data[at].kind;
  std::size_t left = to.count - at;
  if (left > kSlice) left = kSlice;
  for (; left != 0 && to.data[at].kind == kind; --left, ++at) ++place_.index;
  return kPieceWork + kSkipWork;
}

// Puts what stands at the place, or a piece of it, and moves the place behind it unless octets of that were lost.
std::ptrdiff_t MailHeader::put_piece(const Recipients& to, Sink& sink) {
  HeaderWriter header(sink, place_.column);
  std::size_t at = 0;
  Value value;
  const bool found = find(to, value);
  if (!found) {
    put_end(header);
  } else if (place_.field == Field::date || place_.field == Field::message_id || place_.field == Field::mime) {
    put_line(header);
  } else if (is_other(to)) {
    return skip_others(to);
  } else if (!place_.looked) {
    return look_at(value);
  } else {
    at = put_value(header, value);
  }
  if (!header.is_cut()) {
    place_.column = static_cast<std::uint16_t>(header.column());
    if (!found) next_field();
    else if (place_.looked && at != value.words->size()) place_.cursor.at = at;
    else next_value(value);
  }
  return kPieceWork + static_cast<std::ptrdiff_t>(sink.total());
}

void MailHeader::next_field() {
  const auto next = static_cast<std::uint8_t>(place_.field) + 1;
  place_ = Place{};
  place_.field = static_cast<Field>(next);
}

void MailHeader::next_value(const Value& value) {
  place_.comma = value.address != nullptr;
  ++place_.index;
  place_.looked = false;
  place_.cursor = {};
}

std::ptrdiff_t MailHeader::look_at(const Value& value) {
  const std::size_t from_here = place_.cursor.at;
  const bool sound = look_through(*value.words, place_.cursor, kSlice);
  const auto work = kPieceWork + static_cast<std::ptrdiff_t>(place_.cursor.at - from_here);
  if (!sound || place_.cursor.at != value.words->size()) return work;
  const bool phrase = value.address != nullptr || is_group();
  if (phrase && HeaderWriter::is_long(*value.words)) place_.cursor.encode = true;
  const bool structured = place_.field == Field::further && headers[place_.index].structured;
  if (structured && place_.cursor.encode) place_.cursor.ill_formed = true;
  place_.cursor.at = 0;
  place_.looked = true;
  return work;
}

void MailHeader::put_end(HeaderWriter& header) const {
  if (header.column() == 0) return;
  if (place_.field == Field::to && !to_group.empty()) header.put(";");
  header.end();
}

// A mailbox, the name of a group, or a text; or a piece of that. Returns where the next one begins.
std::size_t MailHeader::put_value(HeaderWriter& header, const Value& value) const {
  if (header.column() == 0) {
    if (place_.field == Field::further) header.begin(headers[place_.index].name);
    else header.begin(static_cast<FieldName>(place_.field));
  } else if (place_.cursor.at == 0) {
    header.separate(*value.words, *value.address, place_.comma);
  }
  const std::size_t at = put_words(header, value);
  if (at != value.words->size()) return at;
  if (value.address != nullptr) header.put_address(*value.address, !value.words->empty());
  else if (is_group()) header.put(":");
  else header.end();
  return at;
}

std::size_t MailHeader::put_words(HeaderWriter& header, const Value& value) const {
  const detail::TextCursor& cursor = place_.cursor;
  if (cursor.encode) return header.put_encoded(*value.words, cursor.at, is_shorter_in_base64(*value.words, cursor));
  if (value.address != nullptr || is_group()) return header.put_name(*value.words);
  return header.put_text(*value.words, cursor.at);
}

void MailHeader::put_line(HeaderWriter& header) const {
  if (place_.field == Field::date) put_date(header);
  else if (place_.field == Field::message_id) header.put_line(FieldName::message_id, message_id);
  else put_mime(header);
}

void MailHeader::put_date(HeaderWriter& header) const {
  char written[kDateSize];
  header.put_line(FieldName::date, format_date(date, written));
}

void MailHeader::put_mime(HeaderWriter& header) const {
  if (auto_submitted && (seen_ & kAutoSubmitted) == 0) header.put_line(FieldName::auto_submitted, "auto-generated");
  header.put_line(FieldName::mime_version, "1.0");
}

}  // namespace mailmote
