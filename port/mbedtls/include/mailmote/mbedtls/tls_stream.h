/* TLS by Mbed TLS 2.28 or 3.6 for programs in C: tls_stream.hpp, hash.hpp and arena.hpp once more. No header of Mbed
 * TLS is needed.
 *
 *     static mailmote_mbedtls_stream_t memory;
 *     mailmote_tls_options_t tls;
 *     mailmote_tls_options_init(&tls);
 *     tls.ca = ca_pem;
 *     tls.ca_size = sizeof ca_pem;
 *     tls.random = random;
 *     stream = mailmote_mbedtls_stream_init(&memory, tcp, &tls); */
#ifndef MAILMOTE_MBEDTLS_TLS_STREAM_H
#define MAILMOTE_MBEDTLS_TLS_STREAM_H

#include "mailmote/mailmote.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Octets of a TLS stream and its copy of the options: on a 64-bit system, and on a smaller one. */
#define MAILMOTE_MBEDTLS_STREAM_SIZE (sizeof(void *) > 4 ? 3808 : 2320)

/* Memory for a TLS stream. */
typedef union mailmote_mbedtls_stream {
  unsigned char octets[MAILMOTE_MBEDTLS_STREAM_SIZE];
  void *pointer;
  long long number;
  long double strictest;
} mailmote_mbedtls_stream_t;

/* Makes a TLS client over `inner`, with a copy of `options`, and returns it; NULL when one of them is. Until TLS begins
   it passes everything through, so that it can stand in the stack of a connection that uses STARTTLS, implicit TLS or
   no TLS at all. It allocates nothing itself. Mbed TLS does, while TLS is up: from the platform's allocator, or from
   one fixed span (mailmote_mbedtls_use_arena()).

   No call waits; the longest is one public-key operation of Mbed TLS. mailmote_error_t.native is Mbed TLS's error
   number (negative); for a certificate that was not accepted the MBEDTLS_X509_BADCERT_* flags (positive); for the
   transport's errors the inner stream's number. mailmote_cancel() the client, or mailmote_stream_abort() the stream,
   before the memory is used for something else. */
mailmote_stream_t *mailmote_mbedtls_stream_init(mailmote_mbedtls_stream_t *memory, mailmote_stream_t *inner,
                                                const mailmote_tls_options_t *options);

/* Shortens the longest call: Mbed TLS leaves an elliptic-curve operation after about `n` basic ones and goes on in the
   next call; 0: never. For the whole process, and only for TLS 1.2 with ECDHE-ECDSA. False where Mbed TLS was built
   without MBEDTLS_ECP_RESTARTABLE. */
bool mailmote_mbedtls_set_max_ops(unsigned n);

/* The hash functions of SCRAM-SHA-256 and SCRAM-SHA-1 (only where Mbed TLS was built with MBEDTLS_SHA1_C), for
   mailmote_scram_init(). */
const mailmote_scram_hash_t *mailmote_mbedtls_sha256(void);
const mailmote_scram_hash_t *mailmote_mbedtls_sha1(void);

/* Gives Mbed TLS `arena` for all its memory, instead of the platform's allocator: for the whole process, once, before
   the first call to it. It must stay for ever. ok; or out_of_space (smaller than mailmote_mbedtls_arena_minimum()),
   busy (there is one already). Only where Mbed TLS was built with MBEDTLS_MEMORY_BUFFER_ALLOC_C; elsewhere a program
   that names it does not link. When the arena is exhausted later, a connection ends with MAILMOTE_TLS_OUT_OF_MEMORY. */
mailmote_status_t mailmote_mbedtls_use_arena(void *arena, size_t size);

/* What an arena needs at least, in octets: Mbed TLS's two record buffers and one small handshake. And how much of it
   was ever in use, gaps included; 0 without one. */
size_t mailmote_mbedtls_arena_minimum(void);
size_t mailmote_mbedtls_arena_high_water(void);

#ifdef __cplusplus
}
#endif

#endif
