#include "mailmote/text_message.hpp"

#include "message/header_writer.hpp"
#include "message/text_encoder.hpp"
#include "message/utf8.hpp"
#include "wire/address.hpp"
#include "wire/sink.hpp"
#include "wire/words.hpp"

namespace mailmote {
namespace {

constexpr Text kOwnFields =
    "FROM SENDER TO CC BCC REPLY-TO SUBJECT DATE MESSAGE-ID MIME-VERSION CONTENT-TYPE CONTENT-TRANSFER-ENCODING";
constexpr Text kSingleFields = "IN-REPLY-TO REFERENCES";  // the others of RFC 5322 section 3.6
constexpr std::size_t kLongestLine = 998;                 // RFC 5322 section 2.1.1

bool is_sound(Text address, Text display_name) {
  return is_mailbox(address) && is_list_address(address) && is_header_text(display_name);
}

bool is_sound(const Mailbox& mailbox) { return is_sound(mailbox.address, mailbox.display_name); }

bool is_sound_or_empty(const Mailbox& mailbox) { return mailbox.address.empty() || is_sound(mailbox); }

bool is_message_id(Text id) {
  const bool bracketed = id.size() > 4 && id.find_last_of('<') == 0 && id.find_first_of('>') == id.size() - 1;
  return bracketed && is_name(id, 250) && !has_eight_bit(id);
}

bool stands_twice(const Header* headers, std::size_t count, std::size_t index) {
  const Text name = headers[index].name;
  if (find_word(kOwnFields, name) >= 0) return true;
  if (find_word(kSingleFields, name) < 0) return false;
  for (std::size_t i = index + 1; i < count; ++i) {
    if (equal_words(headers[i].name, name)) return true;
  }
  return false;
}

/// What decides about the encoding of a text.
struct TextMeasure {
  std::size_t eight_bit = 0;     // octets above 127
  std::size_t longest_line = 0;
  bool nul = false;
  bool valid = true;             // as UTF-8
};

TextMeasure measure_text(Text text) {
  TextMeasure measure;
  std::size_t line = 0;
  std::size_t character_end = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    line = c == '\n' || c == '\r' ? 0 : line + 1;
    if (line > measure.longest_line) measure.longest_line = line;
    if (c == '\0') measure.nul = true;
    if ((static_cast<unsigned char>(c) & 0x80U) == 0) continue;
    ++measure.eight_bit;
    if (at < character_end) continue;
    const std::size_t n = utf8_length(text, at);
    if (n == 0) measure.valid = false;
    character_end = at + n;
  }
  return measure;
}

}  // namespace

Status TextMessage::do_start(const Offer& offer, ContentPlan& plan) {
  const Status status = check_header();
  if (status != Status::ok) return status;
  if (date == 0 && offer.clock.read != nullptr) date = offer.clock.read(offer.clock.context);
  cursor_ = {text, 0, 0, false};
  header_at_ = 0;
  header_done_ = false;
  plan.rewindable = true;
  plan.form = ContentForm::canonical;
  plan.smtputf8 = needs_smtputf8();
  choose_encoding(offer, plan);
  return Status::ok;
}

Status TextMessage::check_header() const {
  bool sound = is_sound(from) && is_sound_or_empty(from_sender) && is_sound_or_empty(reply_to);
  sound = sound && is_header_text(subject) && (message_id.empty() || is_message_id(message_id));
  for (std::size_t i = 0; i < recipients.count; ++i) {
    sound = sound && is_sound(recipients.data[i].address, recipients.data[i].display_name);
  }
  for (std::size_t i = 0; i < header_count; ++i) {
    sound = sound && is_field_name(headers[i].name) && is_header_text(headers[i].value);
  }
  if (!sound) return Status::invalid_header;
  for (std::size_t i = 0; i < header_count; ++i) {
    if (stands_twice(headers, header_count, i)) return Status::duplicate_header;
  }
  return Status::ok;
}

bool TextMessage::needs_smtputf8() const {
  bool needs = has_eight_bit(from.address) || has_eight_bit(from_sender.address) || has_eight_bit(reply_to.address);
  for (std::size_t i = 0; i < recipients.count; ++i) {
    const Recipient& recipient = recipients.data[i];
    needs = needs || (recipient.kind != RecipientKind::bcc && has_eight_bit(recipient.address));
  }
  return needs;
}

// As it is where that is allowed, else the shorter one of the two encodings.
void TextMessage::choose_encoding(const Offer& offer, ContentPlan& plan) {
  const TextMeasure measure = measure_text(text);
  const bool eight_bit = measure.eight_bit != 0;
  const bool short_lines = measure.longest_line <= kLongestLine && !measure.nul;
  valid_utf8_ = measure.valid;
  if (short_lines && (!eight_bit || offer.eight_bit)) {
    encoding_ = Encoding::plain;
    plan.eight_bit = eight_bit;
  } else {
    const bool mostly_ascii = measure.eight_bit * 6 < text.size();
    encoding_ = mostly_ascii ? Encoding::quoted_printable : Encoding::base64;
  }
  if (plan.smtputf8) plan.eight_bit = true;
  Sink header(nullptr, 0, 0);
  write_header(header);
  plan.length = static_cast<std::uint32_t>(header.total() + text.size());  // an estimate: encodings add to it
}

ReadResult TextMessage::do_read(MutableBytes into) {
  std::size_t n = 0;
  if (!header_done_) {
    Sink sink(into.data, into.size, header_at_);
    write_header(sink);
    n = sink.written();
    header_at_ += n;
    header_done_ = sink.complete();
  }
  if (header_done_) n += read_text({into.data + n, into.size - n});
  return {header_done_ && at_end(cursor_) ? ReadStatus::end : ReadStatus::ok, n};
}

std::size_t TextMessage::read_text(MutableBytes into) {
  switch (encoding_) {
    case Encoding::quoted_printable: return encode_quoted_printable(cursor_, into.data, into.size);
    case Encoding::base64: return encode_base64(cursor_, into.data, into.size);
    case Encoding::plain: break;
  }
  return copy_text(cursor_, into.data, into.size);
}

void TextMessage::write_recipients(HeaderWriter& header, Text name, RecipientKind kind) const {
  bool begun = false;
  for (std::size_t i = 0; i < recipients.count; ++i) {
    const Recipient& recipient = recipients.data[i];
    if (recipient.kind != kind) continue;
    if (!begun) header.begin(name);
    begun = true;
    header.put_mailbox(recipient.display_name, recipient.address);
  }
  if (begun) header.end();
}

void TextMessage::write_header(Sink& sink) const {
  HeaderWriter header(sink);
  const auto mailbox = [&header](Text name, const Mailbox& value) {
    if (value.address.empty()) return;
    header.begin(name);
    header.put_mailbox(value.display_name, value.address);
    header.end();
  };
  mailbox("From", from);
  mailbox("Sender", from_sender);
  mailbox("Reply-To", reply_to);
  write_recipients(header, "To", RecipientKind::to);
  write_recipients(header, "Cc", RecipientKind::cc);
  header.field("Subject", subject);
  char written[kDateSize];
  if (date != 0) header.field("Date", format_date(date, written));
  if (!message_id.empty()) {
    sink.put("Message-ID: ");  // never encoded, whatever it looks like
    sink.put(message_id);
    sink.put("\r\n");
  }
  for (std::size_t i = 0; i < header_count; ++i) header.field(headers[i].name, headers[i].value);
  sink.put("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=");
  sink.put(valid_utf8_ ? Text("utf-8") : Text("unknown-8bit"));
  sink.put("\r\nContent-Transfer-Encoding: ");
  switch (encoding_) {
    case Encoding::plain: sink.put(has_eight_bit(text) ? Text("8bit") : Text("7bit")); break;
    case Encoding::quoted_printable: sink.put("quoted-printable"); break;
    case Encoding::base64: sink.put("base64"); break;
  }
  sink.put("\r\n\r\n");
}

}  // namespace mailmote
