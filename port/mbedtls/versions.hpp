// What differs between the versions of Mbed TLS; the rest of this directory is the same for all of them.
//
//                        2.28                      3.6                          4.x (from its documents; not built)
// random                 conf_rng                  conf_rng; PSA's for TLS 1.3  PSA's alone: conf_rng is gone
// psa_crypto_init()      no                        before TLS 1.3               before anything, certificates too
// versions               conf_min_version(3, 3)    conf_min_tls_version         as 3.6
// parse_key, check_pair  no random                 random as two arguments      as 2.28
// tickets of TLS 1.3     none                      RECEIVED_NEW_SESSION_TICKET  as 3.6; always announced from 4.1
//                                                  when asked for, from 3.6.1
// signatures offered     by their hashes           conf_sig_algs                as 3.6
// host name not set      not checked               fails from 3.6.3             fails
// 1.2 with RSA or DHE    yes                       yes                          gone, as are curves below 250 bits
// sha256                 names end in _ret         without                      private; PSA's
// fields                 public                    MBEDTLS_PRIVATE              MBEDTLS_PRIVATE
#ifndef MAILMOTE_MBEDTLS_VERSIONS_HPP
#define MAILMOTE_MBEDTLS_VERSIONS_HPP

#include <mbedtls/pk.h>
#include <mbedtls/sha256.h>
#include <mbedtls/ssl.h>
#include <mbedtls/version.h>

#include "mailmote/status.hpp"
#include "mailmote/tls.hpp"

#if MBEDTLS_VERSION_NUMBER < 0x021c0000 || MBEDTLS_VERSION_NUMBER >= 0x04000000
#error "mailmote's TLS stream is written for Mbed TLS 2.28 and 3.6: versions.hpp says what another one needs"
#endif
#if !defined(MBEDTLS_SSL_CLI_C) || !defined(MBEDTLS_X509_CRT_PARSE_C) || !defined(MBEDTLS_SHA256_C)
#error "mailmote's TLS stream needs MBEDTLS_SSL_CLI_C, MBEDTLS_X509_CRT_PARSE_C and MBEDTLS_SHA256_C"
#endif

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#if defined(MBEDTLS_SSL_PROTO_TLS1_3) || defined(MBEDTLS_USE_PSA_CRYPTO)
#include <psa/crypto.h>
#endif
#define MAILMOTE_MBEDTLS_FIELD(name) MBEDTLS_PRIVATE(name)
#else
#define MAILMOTE_MBEDTLS_FIELD(name) name
#endif

namespace mailmote::mbedtls {

using Random = int(void*, unsigned char*, std::size_t);

#if defined(MBEDTLS_SSL_PROTO_TLS1_2)
constexpr bool kHasTls12 = true;
#else
constexpr bool kHasTls12 = false;
#endif

inline int state_of(const mbedtls_ssl_context& ssl) { return ssl.MAILMOTE_MBEDTLS_FIELD(state); }

/// The number of the fatal alert that has just been read.
inline std::uint8_t alert_of(const mbedtls_ssl_context& ssl) { return ssl.MAILMOTE_MBEDTLS_FIELD(in_msg)[1]; }

/// The session of an established connection.
inline mbedtls_ssl_session* session_of(const mbedtls_ssl_context& ssl) { return ssl.MAILMOTE_MBEDTLS_FIELD(session); }

/// Saves a session without the server's certificate, which is most of it and is not needed to resume.
inline int save_session(mbedtls_ssl_session& session, unsigned char* out, std::size_t size, std::size_t* used) {
#if defined(MBEDTLS_SSL_KEEP_PEER_CERTIFICATE)
  mbedtls_x509_crt* const certificate = session.MAILMOTE_MBEDTLS_FIELD(peer_cert);
  session.MAILMOTE_MBEDTLS_FIELD(peer_cert) = nullptr;
  const int result = mbedtls_ssl_session_save(&session, out, size, used);
  session.MAILMOTE_MBEDTLS_FIELD(peer_cert) = certificate;
  return result;
#else
  return mbedtls_ssl_session_save(&session, out, size, used);
#endif
}

#if MBEDTLS_VERSION_NUMBER >= 0x03000000

#if defined(MBEDTLS_SSL_PROTO_TLS1_3)
constexpr bool kHasTls13 = true;
#else
constexpr bool kHasTls13 = false;
#endif
constexpr int kTicketState = MBEDTLS_SSL_NEW_SESSION_TICKET;
constexpr int kBadVersion = MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION;
constexpr int kBadCertificate = MBEDTLS_ERR_SSL_BAD_CERTIFICATE;

inline void sha256_start(mbedtls_sha256_context& hash) { static_cast<void>(mbedtls_sha256_starts(&hash, 0)); }
inline void sha256_add(mbedtls_sha256_context& hash, ByteView octets) {
  static_cast<void>(mbedtls_sha256_update(&hash, octets.data, octets.size));
}
inline void sha256_finish(mbedtls_sha256_context& hash, std::uint8_t (&out)[32]) {
  static_cast<void>(mbedtls_sha256_finish(&hash, out));
}

inline mbedtls_ssl_protocol_version number_of(TlsVersion version) {
  return version == TlsVersion::tls1_3 ? MBEDTLS_SSL_VERSION_TLS1_3 : MBEDTLS_SSL_VERSION_TLS1_2;
}

inline void set_versions(mbedtls_ssl_config& config, TlsVersion min, TlsVersion max) {
  mbedtls_ssl_conf_min_tls_version(&config, number_of(min));
  mbedtls_ssl_conf_max_tls_version(&config, number_of(max));
}

inline TlsVersion version_of(const mbedtls_ssl_context& ssl) {
  return mbedtls_ssl_get_version_number(&ssl) == MBEDTLS_SSL_VERSION_TLS1_3 ? TlsVersion::tls1_3 : TlsVersion::tls1_2;
}

inline bool is_new_ticket(int result) { return result == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET; }

inline void announce_tickets([[maybe_unused]] mbedtls_ssl_config& config) {
#if defined(MBEDTLS_SSL_PROTO_TLS1_3) && defined(MBEDTLS_SSL_SESSION_TICKETS) && MBEDTLS_VERSION_NUMBER >= 0x03060100
  mbedtls_ssl_conf_tls13_enable_signal_new_session_tickets(&config,
                                                           MBEDTLS_SSL_TLS1_3_SIGNAL_NEW_SESSION_TICKETS_ENABLED);
#endif
}

/// As Mbed TLS has them, but RSASSA-PSS behind PKCS #1: a server of TLS 1.2 that takes the client's first one must not
/// take RSASSA-PSS, which 3.6.6 offers for TLS 1.3 and does not accept in 1.2.
inline void set_signatures(mbedtls_ssl_config& config) {
  static constexpr std::uint16_t kSignatures[] = {
      MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256, MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384,
      MBEDTLS_TLS1_3_SIG_ECDSA_SECP521R1_SHA512, MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256,
      MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384,       MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512,
      MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA256,    MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA384,
      MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA512,    MBEDTLS_TLS1_3_SIG_NONE};
  mbedtls_ssl_conf_sig_algs(&config, kSignatures);
}

inline int parse_key(mbedtls_pk_context& key, ByteView bytes, Random* random, void* context) {
  return mbedtls_pk_parse_key(&key, bytes.data, bytes.size, nullptr, 0, random, context);
}

inline int check_pair(const mbedtls_pk_context& open, const mbedtls_pk_context& secret, Random* random, void* context) {
  return mbedtls_pk_check_pair(&open, &secret, random, context);
}

/// Before anything else. `native` is PSA's own number.
inline Status begin_crypto([[maybe_unused]] std::int32_t& native) {
#if defined(MBEDTLS_SSL_PROTO_TLS1_3) || defined(MBEDTLS_USE_PSA_CRYPTO)
  native = psa_crypto_init();
  if (native == PSA_ERROR_INSUFFICIENT_ENTROPY) return Status::no_random_source;
  if (native == PSA_ERROR_INSUFFICIENT_MEMORY) return Status::tls_out_of_memory;
  if (native != PSA_SUCCESS) return Status::tls_handshake_failed;
#endif
  return Status::ok;
}

#else

constexpr bool kHasTls13 = false;
constexpr int kTicketState = MBEDTLS_SSL_SERVER_NEW_SESSION_TICKET;
constexpr int kBadVersion = MBEDTLS_ERR_SSL_BAD_HS_PROTOCOL_VERSION;
constexpr int kBadCertificate = MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE;

inline void sha256_start(mbedtls_sha256_context& hash) { static_cast<void>(mbedtls_sha256_starts_ret(&hash, 0)); }
inline void sha256_add(mbedtls_sha256_context& hash, ByteView octets) {
  static_cast<void>(mbedtls_sha256_update_ret(&hash, octets.data, octets.size));
}
inline void sha256_finish(mbedtls_sha256_context& hash, std::uint8_t (&out)[32]) {
  static_cast<void>(mbedtls_sha256_finish_ret(&hash, out));
}

inline void set_versions(mbedtls_ssl_config& config, TlsVersion, TlsVersion) {
  mbedtls_ssl_conf_min_version(&config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
  mbedtls_ssl_conf_max_version(&config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
}

inline TlsVersion version_of(const mbedtls_ssl_context&) { return TlsVersion::tls1_2; }
inline bool is_new_ticket(int) { return false; }  // the number of 3.6 is that of another error here
inline void announce_tickets(mbedtls_ssl_config&) {}
inline void set_signatures(mbedtls_ssl_config&) {}

inline int parse_key(mbedtls_pk_context& key, ByteView bytes, Random*, void*) {
  return mbedtls_pk_parse_key(&key, bytes.data, bytes.size, nullptr, 0);
}

inline int check_pair(const mbedtls_pk_context& open, const mbedtls_pk_context& secret, Random*, void*) {
  return mbedtls_pk_check_pair(&open, &secret);
}

inline Status begin_crypto(std::int32_t&) { return Status::ok; }

#endif

}  // namespace mailmote::mbedtls

#endif
