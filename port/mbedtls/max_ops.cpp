#include <mbedtls/ecp.h>

#include "mailmote/mbedtls/tls_stream.hpp"

namespace mailmote::mbedtls {

bool set_max_ops([[maybe_unused]] unsigned n) {
#if defined(MBEDTLS_ECP_RESTARTABLE)
  mbedtls_ecp_set_max_ops(n);
  return true;
#else
  return false;
#endif
}

}  // namespace mailmote::mbedtls
