#include "engine.hpp"
#include "mailmote/mbedtls/tls_stream.hpp"
#include "versions.hpp"

namespace mailmote::mbedtls {
namespace {

// Alerts, RFC 8446 section 6.2.
constexpr std::uint8_t kHandshakeFailure = 40;
constexpr std::uint8_t kBadCertificateAlert = 42;
constexpr std::uint8_t kCertificateUnknown = 46;
constexpr std::uint8_t kUnknownCa = 48;
constexpr std::uint8_t kProtocolVersion = 70;
constexpr std::uint8_t kCertificateRequired = 116;

bool is_about_a_certificate(std::uint8_t alert) {
  return (alert >= kBadCertificateAlert && alert <= kCertificateUnknown) || alert == kUnknownCa ||
         alert == kCertificateRequired;
}

}  // namespace

// The most telling reason first: a verdict on the certificate leads to an alert, which may fail to go out.
Status TlsStream::diagnose(int error) {
  Engine& engine = this->engine();
  const Verifier& verifier = engine.verifier;
  native_ = error;
  if (!report_.established && verifier.has_verdict() && verifier.verdict() != Status::ok) {
    native_ = static_cast<std::int32_t>(verifier.flags());
    return verifier.verdict();
  }
  if (error == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE) {
    report_.alert = alert_of(engine.ssl);
    return status_of_alert();
  }
  if (engine.no_random) return Status::no_random_source;
  if (engine.link.saw_plain_text()) return Status::tls_plain_text;
  if (engine.link.has_ended()) {
    if (report_.established) return Status::tls_truncated;
    // Some servers refuse a version without a word.
    return report_.answered ? Status::connection_closed : Status::tls_version_refused;
  }
  if (error == RecordLink::kBroken) {
    native_ = inner_.native();
    return inner_.status() != Status::ok ? inner_.status() : Status::connection_closed;
  }
  if (error == kBadCertificate) native_ = static_cast<std::int32_t>(mbedtls_ssl_get_verify_result(&engine.ssl));
  const Status status = status_of(error);
  return report_.established && status != Status::tls_out_of_memory ? Status::tls_broken_record : status;
}

// In TLS 1.3 a server looks at the client's certificate only when the client is through with the handshake. In TLS 1.2
// one that was given none may say no more than handshake_failure.
Status TlsStream::status_of_alert() const {
  const std::uint8_t alert = report_.alert;
  if (alert == kProtocolVersion) return Status::tls_version_refused;
  const bool is_refusal =
      is_about_a_certificate(alert) || (alert == kHandshakeFailure && options_.certificate.size == 0);
  return is_refusal && report_.certificate_wanted && !talked_ ? Status::tls_client_certificate_refused
                                                              : Status::tls_alert;
}

}  // namespace mailmote::mbedtls
