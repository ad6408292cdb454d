// Where Mbed TLS gets its own random numbers from: TLS 1.3 asks for them without asking the application.
#include <psa/crypto.h>

#include "board.hpp"

extern "C" psa_status_t mbedtls_psa_external_get_random(mbedtls_psa_external_random_context_t*, std::uint8_t* out,
                                                        std::size_t size, std::size_t* length) {
  *length = board::random(out, size) ? size : 0;
  return *length == size ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_ENTROPY;
}
