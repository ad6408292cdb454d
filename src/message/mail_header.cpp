#include "mailmote/mail_header.hpp"

#include "message/header_text.hpp"
#include "message/header_writer.hpp"
#include "wire/address.hpp"
#include "mailmote/sink.hpp"
#include "wire/words.hpp"

namespace mailmote {
namespace {

// The names of the fields in their order, then what else is written by a message itself, then others that may stand
// once: RFC 5322 section 3.6, RFC 3834, RFC 2369, RFC 8098.
constexpr char kFields[] =
    "From Sender Reply-To To Cc Subject Date Message-ID MIME-Version Content-Type Content-Transfer-Encoding Bcc "
    "Content-Disposition Content-ID "
    "In-Reply-To References Auto-Submitted List-Unsubscribe X-Priority Importance Disposition-Notification-To";
constexpr int kOwnFields = 14;
constexpr unsigned kAutoSubmitted = 1U << 2U;  // its place among those that may stand once

constexpr std::size_t kSlice = 64;  // octets, or recipients, that are looked through at a time

// Bounds a read of the header: what pieces cost, about 25 instructions a unit.
constexpr std::ptrdiff_t kWork = 80;
constexpr std::ptrdiff_t kPieceWork = 6;
constexpr std::ptrdiff_t kSkipWork = 20;
constexpr std::ptrdiff_t kCheckWork = 50;

// Where the names begin that may be asked for.
constexpr std::size_t kNames = 8;
struct Starts {
  std::uint8_t at[kNames + 1] = {};
};

constexpr Starts find_starts() {
  Starts starts;
  for (std::size_t name = 1, at = 0; name <= kNames; ++at) {
    if (kFields[at] == ' ') starts.at[name++] = static_cast<std::uint8_t>(at + 1);
  }
  return starts;
}

constexpr Starts kStarts = find_starts();

int index_of(Text list, const Text& word) {
  for (int index = 0; !list.empty(); ++index) {
    if (equal_words(take_word(list), word)) return index;
  }
  return -1;
}

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
  Sink sink(nullptr, 0, 0);
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
  const int index = index_of(kFields, name);
  if (index < 0) return Status::ok;
  const unsigned single = index < kOwnFields ? 0 : 1U << static_cast<unsigned>(index - kOwnFields);
  if (single == 0 || (seen_ & single) != 0) return Status::duplicate_header;
  seen_ = static_cast<std::uint8_t>(seen_ | single);
  return Status::ok;
}

// Piece after piece is composed, each as often as it takes windows; a bounded number of them.
std::size_t MailHeader::read_header(const Recipients& to, MutableBytes into) {
  std::size_t n = 0;
  for (std::ptrdiff_t work = kWork; work > 0 && !header_done() && n != into.size;) {
    Sink sink(into.data + n, into.size - n, skip_);
    const Place before = place_;
    work -= put_piece(to, sink);
    n += sink.written();
    skip_ += sink.written();
    if (!sink.complete()) {
      place_ = before;
      break;
    }
    skip_ = 0;
  }
  return n;
}

Text MailHeader::name_of(Field field) {
  const std::uint8_t* const start = kStarts.at + static_cast<std::size_t>(field);
  return std::string_view(kFields + start[0], start[1] - start[0] - 1U);
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
    value.structured = headers[place_.index].structured;
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

void MailHeader::skip_others(const Recipients& to) {
  std::size_t at = recipient_at();
  const RecipientKind kind = to.data[at].kind;
  std::size_t left = to.count - at;
  if (left > kSlice) left = kSlice;
  for (; left != 0 && to.data[at].kind == kind; --left, ++at) ++place_.index;
}

// Puts what stands at the place, or a piece of it, and moves the place behind it.
std::ptrdiff_t MailHeader::put_piece(const Recipients& to, Sink& sink) {
  HeaderWriter header(sink, place_.column);
  std::ptrdiff_t work = kPieceWork;
  Value value;
  if (!find(to, value)) {
    end_field(header);
  } else if (place_.field == Field::date) {
    put_date(header);
  } else if (place_.field == Field::message_id) {
    put_line(header, *value.words);
  } else if (place_.field == Field::mime) {
    put_mime(header);
  } else if (is_other(to)) {
    skip_others(to);
    work += kSkipWork;
  } else if (!place_.looked) {
    work += look_at(value);
  } else {
    put_value(header, value);
  }
  place_.column = static_cast<std::uint16_t>(header.column());
  return work + static_cast<std::ptrdiff_t>(sink.total());
}

void MailHeader::end_field(HeaderWriter& header) {
  if (header.column() != 0) {
    if (place_.field == Field::to && !to_group.empty()) header.put(";");
    header.end();
  }
  const auto next = static_cast<std::uint8_t>(place_.field) + 1;
  place_ = Place{};
  place_.field = static_cast<Field>(next);
}

std::ptrdiff_t MailHeader::look_at(const Value& value) {
  const std::size_t from_here = place_.cursor.at;
  const bool sound = look_through(*value.words, place_.cursor, kSlice);
  const auto looked = static_cast<std::ptrdiff_t>(place_.cursor.at - from_here);
  if (!sound || place_.cursor.at != value.words->size()) return looked;
  const bool phrase = value.address != nullptr || is_group();
  if (phrase && HeaderWriter::is_long(*value.words)) place_.cursor.encode = true;
  if (value.structured && place_.cursor.encode) place_.cursor.ill_formed = true;
  place_.cursor.at = 0;
  place_.looked = true;
  return looked;
}

// A mailbox, the name of a group, or a text.
void MailHeader::put_value(HeaderWriter& header, const Value& value) {
  detail::TextCursor& cursor = place_.cursor;
  if (header.column() == 0) {
    header.begin(place_.field == Field::further ? headers[place_.index].name : name_of(place_.field));
  } else if (cursor.at == 0) {
    header.separate(*value.words, *value.address, place_.comma);
  }
  cursor.at = put_words(header, value);
  if (cursor.at != value.words->size()) return;
  place_.comma = value.address != nullptr;
  if (place_.comma) header.put_address(*value.address, !value.words->empty());
  else if (is_group()) header.put(":");
  else header.end();
  ++place_.index;
  place_.looked = false;
  cursor = {};
}

std::size_t MailHeader::put_words(HeaderWriter& header, const Value& value) const {
  const detail::TextCursor& cursor = place_.cursor;
  if (cursor.encode) return header.put_encoded(*value.words, cursor.at, is_shorter_in_base64(*value.words, cursor));
  if (value.address != nullptr || is_group()) return header.put_name(*value.words);
  return header.put_text(*value.words, cursor.at);
}

void MailHeader::put_line(HeaderWriter& header, const Text& value) {
  header.begin(name_of(place_.field));
  header.put(value);
  header.end();
  ++place_.index;
}

void MailHeader::put_date(HeaderWriter& header) {
  char written[kDateSize];
  put_line(header, format_date(date, written));
}

void MailHeader::put_mime(HeaderWriter& header) {
  if (auto_submitted && (seen_ & kAutoSubmitted) == 0) header.put("Auto-Submitted: auto-generated\r\n");
  header.put("MIME-Version: 1.0");
  header.end();
  ++place_.index;
}

}  // namespace mailmote
