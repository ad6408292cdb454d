#include "c_api/objects.hpp"

namespace mailmote {

mailmote_tls_report_t to_c(const TlsReport& report) {
  mailmote_tls_report_t same = {};
  same.version = to_c<mailmote_tls_version_t>(report.version);
  same.cipher = to_octets(report.cipher);
  same.subject = to_octets(report.peer.subject);
  same.names = to_octets(report.peer.names);
  same.names_cut = report.peer.names_cut;
  same.not_before = report.peer.not_before;
  same.not_after = report.peer.not_after;
  for (int i = 0; i < 32; ++i) same.spki.sha256[i] = report.peer.spki.sha256[i];
  same.valid_from = report.valid_from;
  same.valid_until = report.valid_until;
  same.answered = report.answered;
  same.established = report.established;
  same.resumed = report.resumed;
  same.chain_verified = report.chain_verified;
  same.pin_verified = report.pin_verified;
  same.host_verified = report.host_verified;
  same.time_checked = report.time_checked;
  same.downgraded = report.downgraded;
  same.certificate_wanted = report.certificate_wanted;
  same.alert = report.alert;
  return same;
}

}  // namespace mailmote

using namespace mailmote;

bool mailmote_tls_report(const mailmote_stream_t* stream, mailmote_tls_report_t* report) {
  const TlsReport* const own = stream == nullptr ? nullptr : stream_of(stream).tls();
  *report = own == nullptr ? mailmote_tls_report_t{} : to_c(*own);
  return own != nullptr;
}
