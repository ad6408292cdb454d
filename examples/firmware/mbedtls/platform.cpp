// What Mbed TLS asks of the platform.
#include <psa/crypto.h>

#include "board.hpp"

// TLS 1.3 needs random numbers without asking the application for them.
extern "C" psa_status_t mbedtls_psa_external_get_random(mbedtls_psa_external_random_context_t*, std::uint8_t* out,
                                                        std::size_t size, std::size_t* length) {
  *length = board::random(out, size) ? size : 0;
  return *length == size ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_ENTROPY;
}

extern "C" void firmware_exit(int status) { board::exit(status); }
