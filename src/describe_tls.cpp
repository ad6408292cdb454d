// Sentences for what went wrong with TLS. Linked when named.
#include "mailmote/observer.hpp"
#include "mailmote/tls.hpp"
#include "message/date.hpp"

namespace mailmote {
namespace {

// A text that grows as long as there is room, and always ends with NUL.
class Line {
 public:
  Line(char* out, std::size_t size, std::size_t used) : out_(out), size_(size), used_(used) {}

  void put(char character) {
    if (used_ + 1 >= size_) return;
    out_[used_++] = character;
    out_[used_] = '\0';
  }
  void put(Text text) {
    for (const char character : text) put(character);
  }

  // From outside. Where an escape may not have fitted, nothing may follow either.
  void put_foreign(Text text) {
    if (used_ >= size_) return;
    const ByteView octets{reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
    used_ += escape(octets, out_ + used_, size_ - used_).size();
    constexpr std::size_t kEscape = 4;
    if (size_ - used_ <= kEscape) size_ = used_;
  }

  void put_number(std::uint32_t value, std::uint32_t unit) {
    for (; unit != 0; unit /= 10) put(static_cast<char>('0' + value / unit % 10));
  }

  void put_date(UnixTime time) {
    const Day day = day_of(time / 86400);
    put_number(day.year, 1000);
    put('-');
    put_number(day.month + 1, 10);
    put('-');
    put_number(day.day, 10);
  }

  Text text() const { return {std::string_view(out_, used_)}; }

 private:
  char* out_;
  std::size_t size_;
  std::size_t used_;
};

// Names that are separated by blanks.
void put_names(Line& line, Text names) {
  while (!names.empty()) {
    const std::size_t blank = names.find(' ');
    const bool last = blank == Text::npos;
    line.put_foreign(std::string_view(names.data(), last ? names.size() : blank));
    if (!last) line.put(", ");
    names.remove_prefix(last ? names.size() : blank + 1);
  }
}

void put_whose(Line& line, const PeerCertificate& peer, Text host) {
  line.put(" (issued for ");
  if (peer.names.empty()) line.put("no name");
  put_names(line, peer.names);
  if (peer.names_cut) line.put(" and more");
  line.put(", not for ");
  line.put_foreign(host);
  line.put(')');
}

void put_moment(Line& line, const char* what, UnixTime time) {
  if (time == 0) return;
  line.put(what);
  line.put_date(time);
  line.put(')');
}

void put_subject(Line& line, Text subject) {
  if (subject.empty()) return;
  line.put(" (the server shows ");
  line.put_foreign(subject);
  line.put(')');
}

void put_alert(Line& line, std::uint8_t alert) {
  if (alert == 0) return;
  const Text known = tls_alert_name(alert);
  line.put(" (alert ");
  if (known.empty()) line.put_number(alert, alert < 10 ? 1 : alert < 100 ? 10 : 100);
  else line.put(known);
  line.put(')');
}

// A server that wants a certificate and gets none may say so by an alert, a 421 or by closing, and not before TLS 1.3
// has let the client go on.
bool may_be_for_a_certificate(const Error& error) {
  const StatusGroup what = group(error.status);
  if (error.status == Status::tls_alert) return true;
  const bool is_first_answer = error.phase == Phase::tls || error.phase == Phase::greeting || error.phase == Phase::ehlo;
  return is_first_answer && (what == StatusGroup::rejected || what == StatusGroup::transport);
}

void put_tls(Line& line, const Error& error, const TlsReport& report, Text host) {
  const Status status = error.status;
  const PeerCertificate& peer = report.peer;
  if (status == Status::tls_wrong_host) return put_whose(line, peer, host);
  if (status == Status::tls_certificate_expired) return put_moment(line, " (expired on ", report.valid_until);
  if (status == Status::tls_certificate_not_yet_valid) return put_moment(line, " (valid from ", report.valid_from);
  if (status == Status::tls_untrusted || status == Status::tls_pin_mismatch || status == Status::tls_bad_certificate) {
    return put_subject(line, peer.subject);
  }
  if (group(status) == StatusGroup::tls) put_alert(line, report.alert);
  if (report.certificate_wanted && may_be_for_a_certificate(error)) {
    line.put("; the server asked for a client certificate");
  }
}

}  // namespace

Text describe(const Error& error, const TlsReport& report, Text host, char* out, std::size_t size) {
  if (size == 0) return {};
  Line line(out, size, describe(error, out, size).size());
  put_tls(line, error, report, host);
  return line.text();
}

}  // namespace mailmote
