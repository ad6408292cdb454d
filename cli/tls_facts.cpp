#include "tls_facts.hpp"

#include <time.h>

#include "json.hpp"
#include "pin.hpp"

namespace mailmote::cli {
namespace {

const char* boolean(bool value) { return value ? "true" : "false"; }

// A name and a date mean nothing where nobody vouches for them.
std::string verification(const TlsFacts& facts) {
  const TlsReport& report = facts.report;
  JsonObject object;
  object.add_value("chain", boolean(report.chain_verified && !facts.insecure));
  object.add_value("pin", boolean(report.pin_verified && !facts.insecure));
  object.add_value("host", boolean(report.host_verified && !facts.insecure));
  object.add_value("time", boolean(report.time_checked && !facts.insecure));
  return object.text();
}

std::string certificate(const TlsFacts& facts) {
  const PeerCertificate& peer = facts.report.peer;
  if (!facts.has_certificate()) return "null";
  JsonObject object;
  object.add("subject", facts.subject);
  object.add_value("names", json_array(facts.names));
  object.add_value("names_cut", boolean(peer.names_cut));
  object.add("not_before", to_rfc3339(peer.not_before));
  object.add("not_after", to_rfc3339(peer.not_after));
  object.add("spki_sha256", to_base64(peer.spki));
  return object.text();
}

std::vector<std::string> split(Text words) {
  std::vector<std::string> out;
  while (!words.empty()) {
    const std::size_t end = words.find(' ');
    const std::size_t n = end == Text::npos ? words.size() : end;
    if (n != 0) out.emplace_back(words.data(), n);
    words.remove_prefix(end == Text::npos ? n : n + 1);
  }
  return out;
}

}  // namespace

TlsFacts::TlsFacts(const TlsReport& of, bool is_insecure)
    : report(of), insecure(is_insecure), cipher(of.cipher), subject(of.peer.subject), names(split(of.peer.names)) {
  report.cipher = report.peer.subject = report.peer.names = {};  // views that would dangle
}

std::string to_json(const TlsFacts& facts) {
  JsonObject object;
  object.add_or_null("version", name(facts.report.version));
  object.add_or_null("cipher", facts.cipher);
  object.add_value("resumed", boolean(facts.report.resumed));
  object.add_value("downgraded", boolean(facts.report.downgraded));
  object.add_value("verified", verification(facts));
  object.add_value("insecure", boolean(facts.insecure));
  object.add_value("peer", certificate(facts));
  object.add_value("certificate_wanted", boolean(facts.report.certificate_wanted));
  return object.text();
}

std::string tls_line(const TlsFacts& facts, const std::string& host) {
  const TlsReport& report = facts.report;
  std::string line(name(report.version));
  if (report.resumed) line += ", resumed";
  if (report.downgraded) line += " (the best that this program has)";
  if (facts.insecure) return "INSECURE: " + line + ", certificate NOT verified: anybody between may have read this";
  line += ", certificate of " + host + " verified";
  if (!report.chain_verified) line += " by its pin";
  return report.time_checked ? line : line + ", but NOT its dates: the clock is not set";
}

std::string to_rfc3339(UnixTime time) {
  const time_t seconds = time;
  struct tm parts;
  char text[32];
  gmtime_r(&seconds, &parts);
  return {text, strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace mailmote::cli
