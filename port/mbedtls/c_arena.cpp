#include "mailmote/c/bridge.hpp"
#include "mailmote/mbedtls/arena.hpp"
#include "mailmote/mbedtls/tls_stream.h"

using namespace mailmote;

mailmote_status_t mailmote_mbedtls_use_arena(void* arena, size_t size) {
  return to_c<mailmote_status_t>(mbedtls::use_arena({static_cast<std::uint8_t*>(arena), arena == nullptr ? 0 : size}));
}

size_t mailmote_mbedtls_arena_minimum() { return mbedtls::arena_minimum(); }

size_t mailmote_mbedtls_arena_high_water() { return mbedtls::arena_high_water(); }
