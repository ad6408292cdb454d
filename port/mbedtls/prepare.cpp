#include <cstring>

#include "address_text.hpp"
#include "engine.hpp"
#include "options.hpp"
#include "saved_session.hpp"
#include "trust.hpp"
#include "versions.hpp"

namespace mailmote::mbedtls {
namespace {

// Those with forward secrecy and AEAD (RFC 9325 section 4.2), the cheapest first: Mbed TLS's ChaCha20-Poly1305 is faster
// than its AES-GCM, also where the processor has instructions for AES (tools/bench --attachment).
constexpr int kCipherSuites[] = {
    0x1303,  // TLS_CHACHA20_POLY1305_SHA256
    0x1301,  // TLS_AES_128_GCM_SHA256
    0x1302,  // TLS_AES_256_GCM_SHA384
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CCM,
    MBEDTLS_TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
    MBEDTLS_TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,
    0,
};

Status outcome(Engine& engine, int result) {
  if (result == 0) return Status::ok;
  engine.native = result;
  return status_of(result);
}

Status check_clock(const Wish& wish) {
  const bool is_needed = wish.options.check_time && !wish.options.insecure;
  const bool refuses = wish.options.clock_not_set == ClockNotSet::refuse;
  return is_needed && refuses && wish.now == 0 ? Status::tls_clock_not_set : Status::ok;
}

Status set_range(Engine& engine, const TlsOptions& options, TlsReport& report) {
  VersionRange range;
  const Status status = choose(options, kHasTls12 ? TlsVersion::tls1_2 : TlsVersion::tls1_3,
                               kHasTls13 ? TlsVersion::tls1_3 : TlsVersion::tls1_2, range);
  report.downgraded = range.downgraded;
  if (status == Status::ok) set_versions(engine.config, range.min, range.max);
  return status;
}

Status set_fragment(Engine& engine, std::uint16_t octets) {
  if (octets == 0) return Status::ok;
#if defined(MBEDTLS_SSL_MAX_FRAGMENT_LENGTH)
  unsigned char code = MBEDTLS_SSL_MAX_FRAG_LEN_512;
  for (unsigned size = 512; size < octets; size *= 2) ++code;
  engine.native = mbedtls_ssl_conf_max_frag_len(&engine.config, code);
  if (engine.native == 0) return Status::ok;
#endif
  return Status::tls_invalid_options;
}

Status set_defaults(Engine& engine, const TlsOptions& options) {
  const int result = mbedtls_ssl_config_defaults(&engine.config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                                 MBEDTLS_SSL_PRESET_DEFAULT);
  engine.random = options.random;
  mbedtls_ssl_conf_rng(&engine.config, random_octets, &engine);
  mbedtls_ssl_conf_ciphersuites(&engine.config, kCipherSuites);
  set_signatures(engine.config);
  announce_tickets(engine.config);
  return outcome(engine, result);
}

// Without trusted certificates the chain ends at an empty one, which vouches for nobody: so Mbed TLS verifies
// everything else all the same.
void set_verification(Engine& engine, const Wish& wish, TlsReport& report, TlsStream::PeerText& text) {
  engine.now = wish.now;
  engine.verifier.begin(wish.options, wish.host, wish.now, engine.has_trust, report, text);
  mbedtls_ssl_conf_authmode(&engine.config,
                            wish.options.insecure ? MBEDTLS_SSL_VERIFY_OPTIONAL : MBEDTLS_SSL_VERIFY_REQUIRED);
  mbedtls_ssl_conf_ca_chain(&engine.config, &engine.trusted, nullptr);
  mbedtls_ssl_conf_verify(&engine.config, Verifier::on_certificate, &engine.verifier);
}

// Told as a name only (RFC 6066 section 3); whether the certificate is the host's is the verifier's matter.
int set_host(Engine& engine, Text host) {
  constexpr std::size_t kMaxHost = 253;
  if (parse_address(host).family != IpFamily::none) return mbedtls_ssl_set_hostname(&engine.ssl, nullptr);
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  if (host.empty() || host.size() > kMaxHost) return MBEDTLS_ERR_SSL_BAD_INPUT_DATA;
  char name[kMaxHost + 1];
  std::memcpy(name, host.data(), host.size());
  name[host.size()] = '\0';
  return mbedtls_ssl_set_hostname(&engine.ssl, name);
}

Status load(Engine& engine, const TlsOptions& options) {
  const Status status = load_trust(engine, options);
  return status == Status::ok ? load_identity(engine, options) : status;
}

Status configure(Engine& engine, const Wish& wish, TlsReport& report) {
  Status status = begin_crypto(engine.native);
  if (status == Status::ok) status = set_defaults(engine, wish.options);
  if (status == Status::ok) status = set_range(engine, wish.options, report);
  if (status == Status::ok) status = set_fragment(engine, wish.options.max_fragment);
  return status == Status::ok ? load(engine, wish.options) : status;
}

}  // namespace

Status prepare(Engine& engine, const Wish& wish, TlsReport& report, TlsStream::PeerText& text) {
  Status status = check(wish.options);
  if (status == Status::ok) status = check_clock(wish);
  if (status == Status::ok) status = configure(engine, wish, report);
  if (status != Status::ok) return status;
  set_verification(engine, wish, report, text);
  status = outcome(engine, mbedtls_ssl_setup(&engine.ssl, &engine.config));
  mbedtls_ssl_set_bio(&engine.ssl, &engine.link, RecordLink::send, RecordLink::receive, nullptr);
  if (status == Status::ok) status = outcome(engine, set_host(engine, wish.host));
  if (status == Status::ok && wish.options.session != nullptr) offer_saved(engine, wish);
  return status;
}

}  // namespace mailmote::mbedtls
