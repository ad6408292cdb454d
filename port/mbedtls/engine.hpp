// What Mbed TLS needs for one connection, kept inside a TlsStream.
#ifndef MAILMOTE_MBEDTLS_ENGINE_HPP
#define MAILMOTE_MBEDTLS_ENGINE_HPP

#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>

#include "mailmote/status.hpp"
#include "mailmote/tls.hpp"
#include "record_link.hpp"
#include "verifier.hpp"

namespace mailmote::mbedtls {

struct Engine {
  mbedtls_ssl_context ssl;
  mbedtls_ssl_config config;
  mbedtls_x509_crt trusted;      // may stay empty; free after the handshake
  mbedtls_x509_crt certificate;  // of the client, with its chain
  mbedtls_pk_context key;        // of the client
  RecordLink link;
  Verifier verifier;
  RandomSource random;
  UnixTime now;             // when the handshake began; 0: not known
  std::uint8_t digest[32];  // of all that a saved session depends on
  std::int32_t native;      // Mbed TLS's number for what went wrong
  bool has_trust;
  bool offered;         // a saved session is to be resumed
  bool has_new_ticket;  // in this handshake, of TLS 1.2
  bool no_random;       // the random source failed
};

void create(Engine& engine);
void destroy(Engine& engine);

/// For Mbed TLS: octets of the engine's random source.
int random_octets(void* engine, unsigned char* out, std::size_t size);

/// A wish for a connection: what is asked for, of whom, and when.
struct Wish {
  const TlsOptions& options;
  Text host;
  std::uint16_t port;
  UnixTime now;  // 0: not known
};

/// Checks the options and makes the engine ready for the first step of a handshake. Engine::native tells more of an
/// error.
Status prepare(Engine& engine, const Wish& wish, TlsReport& report, TlsStream::PeerText& text);

/// The Status of one of Mbed TLS's errors.
Status status_of(int error);

}  // namespace mailmote::mbedtls

#endif
