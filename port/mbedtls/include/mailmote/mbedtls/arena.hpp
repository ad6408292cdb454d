// All memory of Mbed TLS from one fixed span. Linked when named.
#ifndef MAILMOTE_MBEDTLS_ARENA_HPP
#define MAILMOTE_MBEDTLS_ARENA_HPP

#include <cstddef>

#include "mailmote/bytes.hpp"
#include "mailmote/status.hpp"

namespace mailmote::mbedtls {

/// What use_arena() asks for at least: Mbed TLS's two record buffers and 7.5 KiB for one handshake of TLS 1.2 with an
/// EC certificate; TLS 1.3 takes about 1.5 KiB more, RSA 6 KiB. On a 64-bit system, where Mbed TLS is mostly configured
/// for speed, 18 KiB; TLS 1.3 takes 8 KiB more.
std::size_t arena_minimum();

/// Gives Mbed TLS `arena` for all its memory, instead of the platform's allocator: for the whole process and whatever
/// else uses Mbed TLS there, once, before the first call to it. It must stay valid for ever.
///
/// Errors: out_of_space (smaller than arena_minimum()), busy (there is an arena already). Only where Mbed TLS was built
/// with MBEDTLS_MEMORY_BUFFER_ALLOC_C; elsewhere a program that names it does not link. When the arena is exhausted
/// later, a connection ends with tls_out_of_memory.
Status use_arena(MutableBytes arena);

/// How much of the arena was ever in use, gaps included: an arena of this size would have been enough. 0 without one.
std::size_t arena_high_water();

}  // namespace mailmote::mbedtls

#endif
