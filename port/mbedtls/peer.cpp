#include "peer.hpp"

#include <cstring>

#include "address_text.hpp"
#include "server_name.hpp"
#include "sha256.hpp"

namespace mailmote::mbedtls {
namespace {

// Text that is cut where its place ends.
class Line {
 public:
  constexpr Line(char* text, std::size_t room) : text_(text), room_(room) {}

  // All of it, or nothing.
  bool put_whole(const char* octets, std::size_t size) {
    if (size > room_ - size_) return false;
    std::memcpy(text_ + size_, octets, size);
    size_ += size;
    return true;
  }
  void put(const char* octets, std::size_t size) { put_whole(octets, size < room_ - size_ ? size : room_ - size_); }
  void put(Text text) { put(text.data(), text.size()); }
  bool empty() const { return size_ == 0; }
  Text text() const { return std::string_view(text_, size_); }

 private:
  char* text_;
  std::size_t room_;
  std::size_t size_ = 0;
};

// The last octet of the attribute types under 2.5.4 that server certificates use (RFC 5280 appendix A).
Text attribute_name(const mbedtls_x509_buf& oid) {
  if (oid.len != 3 || oid.p[0] != 0x55 || oid.p[1] != 0x04) return {};
  switch (oid.p[2]) {
    case 3: return "CN=";
    case 5: return "serialNumber=";
    case 6: return "C=";
    case 7: return "L=";
    case 8: return "ST=";
    case 10: return "O=";
    case 11: return "OU=";
    default: return {};
  }
}

void put_subject(const mbedtls_x509_crt& certificate, Line& line) {
  for (const mbedtls_x509_name* name = &certificate.subject; name != nullptr; name = name->next) {
    const Text attribute = attribute_name(name->oid);
    if (attribute.empty()) continue;
    if (!line.empty()) line.put(", ");
    line.put(attribute);
    line.put(reinterpret_cast<const char*>(name->val.p), name->val.len);
  }
}

bool put_name(Text name, Line& line) {
  if (name.empty()) return true;
  const bool first = line.empty();
  Line before = line;
  if ((first || line.put_whole(" ", 1)) && line.put_whole(name.data(), name.size())) return true;
  line = before;
  return false;
}

// False: not all of them fit.
bool put_names(const mbedtls_x509_crt& certificate, Line& line) {
  for (const mbedtls_x509_sequence* item = &certificate.subject_alt_names; item != nullptr; item = item->next) {
    char address[kAddressText];
    const Text name =
        is_address(item->buf) ? format_address({item->buf.p, item->buf.len}, address) : dns_name(item->buf);
    if (!put_name(name, line)) return false;
  }
  return true;
}

std::int64_t days_since_1970(int year, int month, int day) {
  const std::int64_t y = year - (month <= 2 ? 1 : 0);
  const std::int64_t month_of_year = (month + 9) % 12;  // from March, so that a leap day is the last of its year
  return 365 * y + y / 4 - y / 100 + y / 400 + (153 * month_of_year + 2) / 5 + day - 1 - 719468;
}

}  // namespace

void describe(const mbedtls_x509_crt& certificate, PeerCertificate& peer, TlsStream::PeerText& text) {
  Line subject(text.subject, sizeof text.subject);
  put_subject(certificate, subject);
  peer.subject = subject.text();
  Line alternatives(text.names, sizeof text.names);
  peer.names_cut = !put_names(certificate, alternatives);
  peer.names = alternatives.text();
  peer.not_before = unix_time(certificate.valid_from);
  peer.not_after = unix_time(certificate.valid_to);
  Sha256 hash;
  hash.add({certificate.pk_raw.p, certificate.pk_raw.len});
  hash.finish(peer.spki.sha256);
}

UnixTime unix_time(const mbedtls_x509_time& time) {
  const std::int64_t seconds =
      ((days_since_1970(time.year, time.mon, time.day) * 24 + time.hour) * 60 + time.min) * 60 + time.sec;
  if (seconds <= 0) return 0;
  return seconds > 0xffffffff ? 0xffffffff : static_cast<UnixTime>(seconds);
}

}  // namespace mailmote::mbedtls
