#include "mailmote/mbedtls/tls_stream.h"
#include "mailmote/mbedtls/tls_stream.hpp"

bool mailmote_mbedtls_set_max_ops(unsigned n) { return mailmote::mbedtls::set_max_ops(n); }
