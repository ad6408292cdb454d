#include "mailmote/text_message.hpp"

#include <cstddef>

#include "message/header_text.hpp"
#include "message/header_writer.hpp"
#include "message/text_encoder.hpp"
#include "wire/address.hpp"
#include "wire/sink.hpp"
#include "wire/words.hpp"

namespace mailmote {
namespace {

// The names of the fields in the order of their parts, then what else is written here, then the others of RFC 5322
// section 3.6 that may stand once.
constexpr char kFields[] =
    "From Sender Reply-To To Cc Subject Date Message-ID MIME-Version Content-Type Content-Transfer-Encoding Bcc "
    "In-Reply-To References";
constexpr int kOwnFields = 12;

// In the order of Encoding, and the character sets behind them.
constexpr Text kKinds = "7bit 8bit quoted-printable base64 utf-8 unknown-8bit";
constexpr int kUtf8 = 4;
constexpr int kUnknown8Bit = 5;

constexpr std::size_t kSlice = 64;  // octets, or recipients, that are looked through at a time

// Bounds a read of the header: what pieces cost, about 25 instructions a unit.
constexpr std::ptrdiff_t kWork = 96;
constexpr std::ptrdiff_t kPieceWork = 6;
constexpr std::ptrdiff_t kSkipWork = 20;
constexpr std::ptrdiff_t kCheckWork = 30;

constexpr std::size_t kLongestCounted = std::size_t{1} << 30U;  // in every encoding below 4 GiB

Text word_of(Text list, int index) {
  while (index-- != 0) take_word(list);
  return take_word(list);
}

int index_of(Text list, Text word) {
  for (int index = 0; !list.empty(); ++index) {
    if (equal_words(take_word(list), word)) return index;
  }
  return -1;
}

bool is_sound(Text address) { return is_mailbox(address) && is_list_address(address); }

}  // namespace

Status TextMessage::do_start(const Offer& offer, ContentPlan& plan) {
  if (!plan.unfinished) {
    place_ = Place{};
    seen_ = 0;
    if (date == 0 && offer.clock.read != nullptr) date = offer.clock.read(offer.clock.context);
  }
  Status status = Status::ok;
  for (std::ptrdiff_t work = kWork; work > 0 && status == Status::ok && place_.part != Part::body;) {
    status = prepare(offer, plan, work);
  }
  plan.unfinished = status == Status::ok && place_.part != Part::body;
  if (plan.unfinished) return status;
  skip_ = 0;
  place_ = Place{};
  place_.part = Part::from;
  plan.rewindable = true;
  if (plan.smtputf8) plan.eight_bit = true;
  plan.length_known = text.size() <= kLongestCounted;
  if (!plan.length_known) plan.length = 0;
  return status;
}

Status TextMessage::prepare(const Offer& offer, ContentPlan& plan, std::ptrdiff_t& work) {
  if (place_.part > Part::count) return count_header(plan, work);
  if (place_.part == Part::look) look(offer, plan);
  else count_text(plan);
  work -= static_cast<std::ptrdiff_t>(kSlice);
  return Status::ok;
}

void TextMessage::look(const Offer& offer, ContentPlan& plan) {
  plan.length += static_cast<std::uint32_t>(measure_text(text, place_.cursor, kSlice));
  if (place_.cursor.at != text.size()) return;
  utf8_ = !place_.cursor.ill_formed;
  choose_encoding(offer, plan);
  place_.part = encoding_ == Encoding::quoted_printable ? Part::count : Part::from;
  place_.cursor = {};
}

// As it is where that is allowed, else the shorter one of the two encodings.
void TextMessage::choose_encoding(const Offer& offer, ContentPlan& plan) {
  const detail::TextCursor& found = place_.cursor;
  const bool eight_bit = found.escapes != 0;
  plan.form = found.run == 0 ? ContentForm::canonical : ContentForm::any;
  if (!found.encode && (!eight_bit || offer.eight_bit)) {
    encoding_ = eight_bit ? Encoding::eight_bit : Encoding::seven_bit;
    plan.eight_bit = eight_bit;
  } else if (found.escapes * 6 < text.size()) {
    encoding_ = Encoding::quoted_printable;
    plan.length = 0;
  } else {
    encoding_ = Encoding::base64;
    plan.form = ContentForm::canonical;
    plan.length = static_cast<std::uint32_t>(base64_text_length(plan.length));
  }
}

void TextMessage::count_text(ContentPlan& plan) {
  std::uint8_t window[kSlice];
  plan.length += static_cast<std::uint32_t>(read_text({window, sizeof window}));
  if (place_.cursor.at != text.size()) return;
  place_.part = Part::from;
  place_.cursor = {};
}

Status TextMessage::count_header(ContentPlan& plan, std::ptrdiff_t& work) {
  Status status = Status::ok;
  if (place_.cursor.at == 0 && !place_.looked) {
    status = check_header(plan);
    work -= kCheckWork;
  }
  if (status != Status::ok) return status;
  Sink sink(nullptr, 0, 0);
  work -= put_piece(sink, place_);
  plan.length += static_cast<std::uint32_t>(sink.total());
  return place_.cursor.ill_formed ? Status::invalid_header : Status::ok;
}

// What is about to be composed for the first time, but for texts: those are looked through.
Status TextMessage::check_header(ContentPlan& plan) {
  Mailbox value;
  if (!find(place_, value) || is_other(place_)) return Status::ok;
  if (place_.part == Part::message_id) return is_message_id(message_id) ? Status::ok : Status::invalid_header;
  if (place_.part == Part::further) return check_name(headers[place_.index].name);
  if (place_.part > Part::cc) return Status::ok;
  if (has_eight_bit(value.address)) plan.smtputf8 = true;
  return is_sound(value.address) ? Status::ok : Status::invalid_header;
}

Status TextMessage::check_name(Text name) {
  if (!is_field_name(name)) return Status::invalid_header;
  const int index = index_of(kFields, name);
  if (index < 0) return Status::ok;
  const unsigned single = index < kOwnFields ? 0 : 1U << static_cast<unsigned>(index - kOwnFields);
  if (single == 0 || (seen_ & single) != 0) return Status::duplicate_header;
  seen_ = static_cast<std::uint8_t>(seen_ | single);
  return Status::ok;
}

ReadResult TextMessage::do_read(MutableBytes into) {
  std::size_t n = read_header(into);
  if (place_.part == Part::body) {
    n += read_text({into.data + n, into.size - n});
    if (place_.cursor.at == text.size()) return {ReadStatus::end, n};
  }
  return {n != 0 ? ReadStatus::ok : ReadStatus::would_block, n};
}

// Piece after piece is composed, each as often as it takes windows; a bounded number of them.
std::size_t TextMessage::read_header(MutableBytes into) {
  std::size_t n = 0;
  for (std::ptrdiff_t work = kWork; work > 0 && place_.part != Part::body && n != into.size;) {
    Sink sink(into.data + n, into.size - n, skip_);
    Place next = place_;
    work -= put_piece(sink, next);
    n += sink.written();
    skip_ += sink.written();
    if (!sink.complete()) break;
    place_ = next;
    skip_ = 0;
  }
  return n;
}

std::size_t TextMessage::read_text(MutableBytes into) {
  switch (encoding_) {
    case Encoding::quoted_printable: return encode_quoted_printable(text, place_.cursor, into.data, into.size);
    case Encoding::base64: return encode_base64(text, place_.cursor, into.data, into.size);
    case Encoding::seven_bit:
    case Encoding::eight_bit: break;
  }
  return copy_text(text, place_.cursor, into.data, into.size);
}

Text TextMessage::name_of(Part part) {
  return word_of(kFields, static_cast<int>(part) - static_cast<int>(Part::from));
}

// What stands at `place`: a mailbox, or a text without an address. False: nothing, or nothing more.
bool TextMessage::find(const Place& place, Mailbox& value) const {
  std::size_t count = 1;
  value = {Text(), subject};
  switch (place.part) {
    case Part::from: value = from; break;
    case Part::sender:
      value = from_sender;
      count = from_sender.address.empty() ? 0 : 1;
      break;
    case Part::reply_to:
      value = reply_to;
      count = reply_to.address.empty() ? 0 : 1;
      break;
    case Part::to:
    case Part::cc:
      count = recipients.count;
      if (place.index < count) {
        value = {recipients.data[place.index].address, recipients.data[place.index].display_name};
      }
      break;
    case Part::date: count = date == 0 ? 0 : 1; break;
    case Part::message_id:
      value = {Text(), message_id};
      count = message_id.empty() ? 0 : 1;
      break;
    case Part::further:
      count = header_count;
      if (place.index < count) value = {Text(), headers[place.index].value};
      break;
    case Part::look:
    case Part::count:
    case Part::subject:
    case Part::mime:
    case Part::body: break;
  }
  return place.index < count;
}

// Whether that is a recipient who is not named in this field.
bool TextMessage::is_other(const Place& place) const {
  if (place.part != Part::to && place.part != Part::cc) return false;
  const RecipientKind kind = place.part == Part::to ? RecipientKind::to : RecipientKind::cc;
  return recipients.data[place.index].kind != kind;
}

void TextMessage::skip_others(Place& place) const {
  const RecipientKind kind = recipients.data[place.index].kind;
  std::size_t left = recipients.count - place.index;
  if (left > kSlice) left = kSlice;
  for (; left != 0 && recipients.data[place.index].kind == kind; --left) ++place.index;
}

// Puts what stands at `place`, or a piece of it, and moves `place` behind it.
std::ptrdiff_t TextMessage::put_piece(Sink& sink, Place& place) const {
  HeaderWriter header(sink, place.column);
  std::ptrdiff_t work = kPieceWork;

  Mailbox value;
  if (!find(place, value)) {
    if (header.column() != 0) header.end();
    place.part = static_cast<Part>(static_cast<std::uint8_t>(place.part) + 1);
    place.index = 0;
  } else if (place.part == Part::date) {
    put_date(header, place);
  } else if (place.part == Part::message_id) {
    put_line(header, place, value.display_name);
  } else if (place.part == Part::mime) {
    put_mime(header, place);
  } else if (is_other(place)) {
    skip_others(place);
    work += kSkipWork;
  } else if (!place.looked) {
    work += look_at(value, place);
  } else {
    put_value(header, place, value);
  }
  place.column = static_cast<std::uint16_t>(header.column());
  return work + static_cast<std::ptrdiff_t>(sink.total());
}

std::ptrdiff_t TextMessage::look_at(const Mailbox& value, Place& place) const {
  const Text words = value.display_name;
  const std::size_t from_here = place.cursor.at;
  const bool sound = look_through(words, place.cursor, kSlice);
  const auto looked = static_cast<std::ptrdiff_t>(place.cursor.at - from_here);
  if (!sound || place.cursor.at != words.size()) return looked;
  if (!value.address.empty() && HeaderWriter::is_long(words)) place.cursor.encode = true;
  place.cursor.at = 0;
  place.looked = true;
  return looked;
}

// A mailbox, or a text.
void TextMessage::put_value(HeaderWriter& header, Place& place, const Mailbox& value) const {
  const Text words = value.display_name;
  const bool mailbox = !value.address.empty();
  detail::TextCursor& cursor = place.cursor;
  if (header.column() == 0) header.begin(place.part == Part::further ? headers[place.index].name : name_of(place.part));
  else if (cursor.at == 0) header.separate(words, value.address);
  if (cursor.encode) cursor.at = header.put_encoded(words, cursor.at, is_shorter_in_base64(words, cursor));
  else if (mailbox) cursor.at = header.put_name(words);
  else cursor.at = header.put_text(words, cursor.at);
  if (cursor.at != words.size()) return;
  if (mailbox) header.put_address(value.address, !words.empty());
  else header.end();
  ++place.index;
  place.looked = false;
  cursor = {};
}

void TextMessage::put_line(HeaderWriter& header, Place& place, Text value) const {
  header.begin(name_of(place.part));
  header.put(value);
  header.end();
  ++place.index;
}

void TextMessage::put_date(HeaderWriter& header, Place& place) const {
  char written[kDateSize];
  put_line(header, place, format_date(date, written));
}

// The end of this part is the empty line.
void TextMessage::put_mime(HeaderWriter& header, Place& place) const {
  header.put("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=");
  header.put(word_of(kKinds, utf8_ ? kUtf8 : kUnknown8Bit));
  header.put("\r\nContent-Transfer-Encoding: ");
  header.put(word_of(kKinds, static_cast<int>(encoding_)));
  header.put("\r\n");
  ++place.index;
}

}  // namespace mailmote
