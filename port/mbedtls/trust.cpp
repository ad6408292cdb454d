#include "trust.hpp"

#include "versions.hpp"

namespace mailmote::mbedtls {
namespace {

bool is_pem(ByteView bytes) { return bytes.size != 0 && bytes.data[0] != 0x30; }  // DER begins with a SEQUENCE

// DER stays where it is, which may be flash.
int parse(mbedtls_x509_crt& list, ByteView bytes) {
  if (is_pem(bytes)) return mbedtls_x509_crt_parse(&list, bytes.data, bytes.size);
  return mbedtls_x509_crt_parse_der_nocopy(&list, bytes.data, bytes.size);
}

Status failed(Engine& engine, int error, Status reason) {
  engine.native = error;
  return status_of(error) == Status::tls_out_of_memory ? Status::tls_out_of_memory : reason;
}

#if defined(MBEDTLS_FS_IO)
int parse_file(mbedtls_x509_crt& list, const char* name) { return mbedtls_x509_crt_parse_file(&list, name); }
int parse_directory(mbedtls_x509_crt& list, const char* name) { return mbedtls_x509_crt_parse_path(&list, name); }
#else
int parse_file(mbedtls_x509_crt&, const char*) { return MBEDTLS_ERR_X509_FEATURE_UNAVAILABLE; }
int parse_directory(mbedtls_x509_crt&, const char*) { return MBEDTLS_ERR_X509_FEATURE_UNAVAILABLE; }
#endif

}  // namespace

// A positive result is the number of certificates that could not be read. In a store of hundreds some are of kinds that
// this Mbed TLS does not know; what the application itself brings must be right.
Status load_trust(Engine& engine, const TlsOptions& options) {
  int result = options.ca.size != 0 ? parse(engine.trusted, options.ca) : 0;
  if (result != 0) return failed(engine, result, Status::tls_invalid_ca);
  if (options.ca_file != nullptr) result = parse_file(engine.trusted, options.ca_file);
  if (result >= 0 && options.ca_dir != nullptr) result = parse_directory(engine.trusted, options.ca_dir);
  engine.has_trust = engine.trusted.raw.p != nullptr;
  const bool was_given = options.ca.size != 0 || options.ca_file != nullptr || options.ca_dir != nullptr;
  return result < 0 || engine.has_trust != was_given ? failed(engine, result, Status::tls_invalid_ca) : Status::ok;
}

Status load_identity(Engine& engine, const TlsOptions& options) {
  if (options.certificate.size == 0 && options.private_key.size == 0) return Status::ok;
  int result = parse(engine.certificate, options.certificate);
  if (result == 0) result = parse_key(engine.key, options.private_key, random_octets, &engine);
  if (result == 0) result = check_pair(engine.certificate.pk, engine.key, random_octets, &engine);
  if (result == 0) result = mbedtls_ssl_conf_own_cert(&engine.config, &engine.certificate, &engine.key);
  return result != 0 ? failed(engine, result, Status::tls_invalid_key) : Status::ok;
}

}  // namespace mailmote::mbedtls
