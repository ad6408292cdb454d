// Names of what TLS speaks of. Linked when named.
#include "mailmote/tls.hpp"

namespace mailmote {
namespace {

struct AlertName {
  std::uint8_t number;
  const char* name;
};

// RFC 8446 section 6, and what only RFC 5246 section 7.2 and RFC 6066 have.
constexpr AlertName kAlerts[] = {
    {0, "close_notify"},
    {10, "unexpected_message"},
    {20, "bad_record_mac"},
    {21, "decryption_failed"},
    {22, "record_overflow"},
    {30, "decompression_failure"},
    {40, "handshake_failure"},
    {41, "no_certificate"},
    {42, "bad_certificate"},
    {43, "unsupported_certificate"},
    {44, "certificate_revoked"},
    {45, "certificate_expired"},
    {46, "certificate_unknown"},
    {47, "illegal_parameter"},
    {48, "unknown_ca"},
    {49, "access_denied"},
    {50, "decode_error"},
    {51, "decrypt_error"},
    {60, "export_restriction"},
    {70, "protocol_version"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {100, "no_renegotiation"},
    {109, "missing_extension"},
    {110, "unsupported_extension"},
    {111, "certificate_unobtainable"},
    {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"},
    {114, "bad_certificate_hash_value"},
    {115, "unknown_psk_identity"},
    {116, "certificate_required"},
    {120, "no_application_protocol"},
};

constexpr bool is_ascending() {
  for (std::size_t i = 1; i < sizeof kAlerts / sizeof kAlerts[0]; ++i) {
    if (kAlerts[i].number <= kAlerts[i - 1].number) return false;
  }
  return true;
}
static_assert(is_ascending(), "no alert twice");

}  // namespace

Text name(TlsVersion version) {
  switch (version) {
    case TlsVersion::tls1_2: return "TLS 1.2";
    case TlsVersion::tls1_3: return "TLS 1.3";
    case TlsVersion::none: break;
  }
  return "";
}

Text tls_alert_name(std::uint8_t alert) {
  for (const AlertName& row : kAlerts) {
    if (row.number == alert) return row.name;
  }
  return "";
}

}  // namespace mailmote
