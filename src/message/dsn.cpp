#include "mailmote/dsn.hpp"

#include "mailmote/capabilities.hpp"
#include "mailmote/sink.hpp"
#include "message/utf8.hpp"
#include "wire/address.hpp"
#include "wire/words.hpp"
#include "wire/xtext.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kLongestEnvelopeId = 100, kLongestOriginal = 500;

bool is_printable(const Text& text) {
  for (const char c : text) {
    if (c < ' ' || c > '~') return false;
  }
  return true;
}

// UTF-8 without C0 and DEL.
bool is_printable_utf8(const Text& text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t n = utf8_length(text, at);
    if (n == 0 || (n == 1 && !is_printable(std::string_view(text.data() + at, 1)))) return false;
    at += n;
  }
  return true;
}

// RFC 6533 section 3: the form that needs no SMTPUTF8.
void put_original(Sink& sink, const Text& address) {
  if (has_eight_bit(address)) {
    sink.put("utf-8;");
    put_utf8_xtext(sink, address);
  } else {
    sink.put("rfc822;");
    put_xtext(sink, address);
  }
}

bool is_wish(const RecipientDsn& wish) {
  const auto set = static_cast<std::uint8_t>(wish.notify);
  constexpr auto kNever = static_cast<std::uint8_t>(Notify::never);
  constexpr auto kAll = static_cast<std::uint8_t>(Notify::success | Notify::failure | Notify::delay);
  if (set != kNever && (set & ~unsigned{kAll}) != 0) return false;
  if (!is_printable_utf8(wish.original_recipient)) return false;
  Sink length(nullptr, 0, 0);
  put_original(length, wish.original_recipient);
  return length.total() <= kLongestOriginal;
}

void put_notify(Sink& sink, Notify set) {
  Text names = "NEVER SUCCESS FAILURE DELAY";  // in the order of the bits
  char separator = '=';
  sink.put(" NOTIFY");
  for (unsigned bits = static_cast<unsigned>(set); bits != 0; bits >>= 1U) {
    const Text name = take_word(names);
    if ((bits & 1U) == 0) continue;
    sink.put(separator);
    sink.put(name);
    separator = ',';
  }
}

}  // namespace

Status Dsn::check(std::size_t recipients) {
  asked_ = false;
  return is_sound(recipients) ? Status::ok : Status::invalid_dsn;
}

Status Dsn::begin(const Capabilities& offered) {
  asked_ = offered.has(Extension::dsn);
  return asked_ || !required ? Status::ok : Status::dsn_not_offered;
}

bool Dsn::is_sound(std::size_t recipients) const {
  Sink length(nullptr, 0, 0);
  put_xtext(length, envelope_id);
  if (!is_printable(envelope_id) || length.total() > kLongestEnvelopeId) return false;
  if (recipients_ == nullptr) return is_wish(wish(0));
  if (count_ != recipients) return false;
  for (std::size_t i = 0; i < count_; ++i) {
    if (!is_wish(recipients_[i])) return false;
  }
  return true;
}

RecipientDsn Dsn::wish(std::size_t recipient) const {
  return recipients_ == nullptr ? RecipientDsn{notify, Text()} : recipients_[recipient];
}

void Dsn::put(Sink& sink, std::size_t recipient) const {
  if (!asked_) return;
  if (recipient == kForMail) return put_for_mail(sink);
  const RecipientDsn wanted = wish(recipient);
  if (wanted.notify != Notify::server_default) put_notify(sink, wanted.notify);
  if (wanted.original_recipient.empty()) return;
  sink.put(" ORCPT=");
  put_original(sink, wanted.original_recipient);
}

void Dsn::put_for_mail(Sink& sink) const {
  if (ret == DsnReturn::full) sink.put(" RET=FULL");
  if (ret == DsnReturn::headers) sink.put(" RET=HDRS");
  if (envelope_id.empty()) return;
  sink.put(" ENVID=");
  put_xtext(sink, envelope_id);
}

}  // namespace mailmote
