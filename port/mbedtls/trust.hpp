// Certificates and keys that the application gives.
#ifndef MAILMOTE_MBEDTLS_TRUST_HPP
#define MAILMOTE_MBEDTLS_TRUST_HPP

#include "engine.hpp"

namespace mailmote::mbedtls {

/// Reads the trusted certificates. Errors: tls_invalid_ca, tls_out_of_memory.
Status load_trust(Engine& engine, const TlsOptions& options);

/// Reads the client's own certificate and key, if there are any. Errors: tls_invalid_key, tls_out_of_memory.
Status load_identity(Engine& engine, const TlsOptions& options);

}  // namespace mailmote::mbedtls

#endif
