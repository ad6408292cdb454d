/* Proxies: streams that lead through SOCKS4, SOCKS5 or HTTP CONNECT, each linked when named. Part of mailmote.h. */
#ifndef MAILMOTE_C_PROXY_H
#define MAILMOTE_C_PROXY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mailmote/c/tls.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a proxy is told. A proxy stream keeps a copy; the strings stay the application's. Naming a user and a password
   is consent to send those to that proxy, in clear unless `tls` is set. */
typedef struct mailmote_proxy_options {
  const char *host;     /* the proxy: a name of at most 253 octets, or a numeric address without brackets */
  uint16_t port;        /* default: 1080, the port of SOCKS; HTTP proxies have others */
  const char *user;     /* NULL: no login */
  const char *password;
  const char *address;  /* the server's numeric address, where the application has looked it up: it is said to the proxy
                           in place of the name. NULL: names are looked up by the proxy */
  uint32_t timeout;     /* ms from the begin until the way to the server is open: 1..MAILMOTE_MAX_TIMEOUT, or
                           MAILMOTE_FOREVER; default: 15000 */
  bool tls;             /* TLS to the proxy itself, by the stream below; default: false */
} mailmote_proxy_options_t;

/* Sets every member to its default. */
void mailmote_proxy_options_init(mailmote_proxy_options_t *options, const char *host);

/* Memory for a stream through a proxy of any kind. */
typedef struct mailmote_proxy_stream {
  void *pointers[18];
  uint32_t words[10];
} mailmote_proxy_stream_t;

/* Make a stream over `inner` that leads through the proxy: SOCKS4 (addresses only: a name needs `address`), SOCKS4a
   (names too), SOCKS5 (RFC 1928), HTTP CONNECT (RFC 9110 section 9.3.6). Each returns the stream, or NULL when `inner`
   or `options` is. TLS to the server stands above it; TLS to the proxy, below.

   SOCKS4 has a user of at most 255 octets and no password, and no IPv6; SOCKS5 a user and a password of 1..255 octets
   each (RFC 1929); HTTP a user without ":", neither with control characters (RFC 7617).

   An operation may end with MAILMOTE_INVALID_PROXY, MAILMOTE_TIMEOUT_OUT_OF_RANGE, MAILMOTE_NO_TLS_LAYER (`tls`, and
   `inner` has none), MAILMOTE_PROXY_TIMEOUT, or one of the proxy group; mailmote_error_t.native is then the reply code
   of SOCKS, the status code of HTTP, or the inner stream's number. The remote address is never known, because what a
   proxy says is no reason to send in clear. */
mailmote_stream_t *mailmote_socks4_stream_init(mailmote_proxy_stream_t *memory, mailmote_stream_t *inner,
                                               const mailmote_proxy_options_t *options);
mailmote_stream_t *mailmote_socks4a_stream_init(mailmote_proxy_stream_t *memory, mailmote_stream_t *inner,
                                                const mailmote_proxy_options_t *options);
mailmote_stream_t *mailmote_socks5_stream_init(mailmote_proxy_stream_t *memory, mailmote_stream_t *inner,
                                               const mailmote_proxy_options_t *options);
mailmote_stream_t *mailmote_http_proxy_stream_init(mailmote_proxy_stream_t *memory, mailmote_stream_t *inner,
                                                   const mailmote_proxy_options_t *options);

#ifdef __cplusplus
}
#endif

#endif
