// Verifies a server's certificates: what Mbed TLS found out about the chain, and our own look at names, dates and key.
#ifndef MAILMOTE_MBEDTLS_VERIFIER_HPP
#define MAILMOTE_MBEDTLS_VERIFIER_HPP

#include <mbedtls/x509_crt.h>

#include "mailmote/mbedtls/tls_stream.hpp"

namespace mailmote::mbedtls {

class Verifier {
 public:
  /// `now` is 0 when the time of day is not known. All arguments stay in use until the handshake is over.
  void begin(const TlsOptions& options, Text host, UnixTime now, bool has_trust, TlsReport& report,
             TlsStream::PeerText& text);

  /// For mbedtls_ssl_conf_verify: called for each certificate of the chain, the server's own last.
  static int on_certificate(void* verifier, mbedtls_x509_crt* certificate, int depth, std::uint32_t* flags);

  /// The server's own certificate was looked at. Never so when a session is resumed.
  bool has_verdict() const { return has_verdict_; }

  /// Why it is not accepted; ok when it is.
  Status verdict() const;
  std::uint32_t flags() const { return flags_; }

 private:
  std::uint32_t look_at_dates(const mbedtls_x509_crt& certificate);
  std::uint32_t look_at_peer(const mbedtls_x509_crt& certificate);
  bool is_pinned(const SpkiPin& spki) const;

  const TlsOptions* options_;
  TlsReport* report_;
  TlsStream::PeerText* text_;
  Text host_;
  UnixTime now_;
  UnixTime valid_from_;  // between these two all certificates of the chain are valid
  UnixTime valid_until_;
  std::uint32_t flags_;  // of the whole chain
  bool has_trust_;
  bool has_verdict_;
  bool lacked_memory_;
};

}  // namespace mailmote::mbedtls

#endif
