#include "c_api/custom_stream.hpp"

namespace mailmote {
namespace {

Text to_text(const mailmote_octets_t& octets) {
  return octets.data == nullptr ? Text() : Text(std::string_view(octets.data, octets.size));
}

void fill_in(TlsReport& report, const mailmote_tls_report_t& given) {
  report.version = static_cast<TlsVersion>(given.version);
  report.cipher = to_text(given.cipher);
  report.peer.subject = to_text(given.subject);
  report.peer.names = to_text(given.names);
  report.peer.names_cut = given.names_cut;
  report.peer.not_before = given.not_before;
  report.peer.not_after = given.not_after;
  for (int i = 0; i < 32; ++i) report.peer.spki.sha256[i] = given.spki.sha256[i];
  report.valid_from = given.valid_from;
  report.valid_until = given.valid_until;
  report.answered = given.answered;
  report.established = given.established;
  report.resumed = given.resumed;
  report.chain_verified = given.chain_verified;
  report.pin_verified = given.pin_verified;
  report.host_verified = given.host_verified;
  report.time_checked = given.time_checked;
  report.downgraded = given.downgraded;
  report.certificate_wanted = given.certificate_wanted;
  report.alert = given.alert;
}

class CustomTlsStream final : public CustomStream {
 public:
  constexpr CustomTlsStream(const mailmote_stream_ops_t& ops, const mailmote_tls_ops_t& tls_ops, void* context)
      : CustomStream(ops, context), tls_ops_(tls_ops) {}

 private:
  IoStatus do_start_tls() override { return to_io(tls_ops_.start_tls(context())); }
  const TlsReport* do_tls() const override {
    mailmote_tls_report_t report = {};
    tls_ops_.report(context(), &report);
    fill_in(report_, report);
    return &report_;
  }

  const mailmote_tls_ops_t& tls_ops_;
  mutable TlsReport report_;
};
static_assert(can_hold<mailmote_custom_tls_stream_t, CustomTlsStream>);

}  // namespace
}  // namespace mailmote

using namespace mailmote;

mailmote_stream_t* mailmote_custom_tls_stream_init(mailmote_custom_tls_stream_t* memory,
                                                   const mailmote_stream_ops_t* ops, const mailmote_tls_ops_t* tls_ops,
                                                   void* context) {
  if (ops == nullptr || tls_ops == nullptr) return nullptr;
  return to_c(*new (memory) CustomTlsStream(*ops, *tls_ops, context));
}
