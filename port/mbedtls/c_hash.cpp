#include "mailmote/c/bridge.hpp"
#include "mailmote/mbedtls/hash.hpp"
#include "mailmote/mbedtls/tls_stream.h"

const mailmote_scram_hash_t* mailmote_mbedtls_sha256() { return mailmote::to_c(mailmote::mbedtls::kSha256); }

const mailmote_scram_hash_t* mailmote_mbedtls_sha1() { return mailmote::to_c(mailmote::mbedtls::kSha1); }
