#include "mailmote/mbedtls/arena.hpp"

#include "versions.hpp"

#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C)

#include <mbedtls/memory_buffer_alloc.h>

#include <cstring>

namespace mailmote::mbedtls {
namespace {

constexpr std::size_t kHandshake = sizeof(void*) > 4 ? 18432 : 7680;
constexpr std::uint8_t kUntouched = 0xa5;
constexpr std::size_t kFirstBlock = 16 * sizeof(void*);  // at least what Mbed TLS writes at the beginning of the arena

MutableBytes arena_in_use;

}  // namespace

std::size_t arena_minimum() { return MBEDTLS_SSL_IN_CONTENT_LEN + MBEDTLS_SSL_OUT_CONTENT_LEN + kHandshake; }

Status use_arena(MutableBytes arena) {
  if (arena_in_use.size != 0) return Status::busy;
  if (arena.data == nullptr || arena.size < arena_minimum()) return Status::out_of_space;
  arena_in_use = arena;
  mbedtls_memory_buffer_alloc_init(arena.data, arena.size);
  std::memset(arena.data + kFirstBlock, kUntouched, arena.size - kFirstBlock);  // now, because it was just cleared
  return Status::ok;
}

// Mbed TLS takes the first gap that fits, so what was never in use lies at the end.
std::size_t arena_high_water() {
  std::size_t size = arena_in_use.size;
  while (size != 0 && arena_in_use.data[size - 1] == kUntouched) --size;
  return size;
}

}  // namespace mailmote::mbedtls

#endif
