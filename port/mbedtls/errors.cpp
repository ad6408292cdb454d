#include "engine.hpp"
#include "versions.hpp"

namespace mailmote::mbedtls {
namespace {

// Mbed TLS's errors are a high-level number, a low-level one, or the sum of both.
constexpr int high(int error) { return -(-error & 0x7f80); }
constexpr int low(int error) { return -(-error & 0x7f); }

bool is_memory(int error) {
  constexpr int kMpi = -0x0010;
  constexpr int kAsn1 = -0x006a;
  if (low(error) == kMpi || low(error) == kAsn1) return true;
  switch (high(error)) {
    case MBEDTLS_ERR_SSL_ALLOC_FAILED:
    case MBEDTLS_ERR_X509_ALLOC_FAILED:
    case MBEDTLS_ERR_PK_ALLOC_FAILED:
    case -0x1180:  // PEM
    case -0x4d80:  // ECP
    case -0x5180:  // MD
    case -0x6180:  // cipher
      return true;
    default: return false;
  }
}

constexpr int kX509First = -0x2080;
constexpr int kX509Last = -0x3000;

bool is_certificate(int error) {
  return error == kBadCertificate || (high(error) <= kX509First && high(error) >= kX509Last);
}

}  // namespace

Status status_of(int error) {
  if (is_memory(error)) return Status::tls_out_of_memory;
  if (error == kBadVersion) return Status::tls_version_refused;
  if (is_certificate(error)) return Status::tls_bad_certificate;
  switch (error) {
    case MBEDTLS_ERR_SSL_INVALID_RECORD:
    case MBEDTLS_ERR_SSL_INVALID_MAC:
    case MBEDTLS_ERR_SSL_UNEXPECTED_RECORD:
    case MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE: return Status::tls_broken_record;
    case MBEDTLS_ERR_SSL_CONN_EOF:
    case MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY: return Status::connection_closed;
    default: return Status::tls_handshake_failed;
  }
}

}  // namespace mailmote::mbedtls
