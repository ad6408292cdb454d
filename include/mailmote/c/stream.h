/* The stream: how octets reach the server. Part of mailmote.h. */
#ifndef MAILMOTE_C_STREAM_H
#define MAILMOTE_C_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mailmote/c/status.h"
#include "mailmote/c/tls.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What became of one call. */
typedef enum {
  MAILMOTE_IO_OK = 0,          /* done; for read and write: *n >= 1 octets moved */
  MAILMOTE_IO_WOULD_BLOCK = 1, /* nothing moved; try again after `wait` says so */
  MAILMOTE_IO_CLOSED = 2,      /* read: the peer closed in an orderly way and everything was read. write: the peer takes
                                  no more */
  MAILMOTE_IO_ERROR = 3        /* the connection is broken (or never came up): see `status` and `native` */
} mailmote_io_t;

/* What a stream waits for. */
typedef struct {
  bool read;        /* readable */
  bool write;       /* writable */
  bool again;       /* do not wait: octets that were already received are held inside */
  uint32_t timeout; /* ms after the last progress until something is due in any case, below 2^29; 0: nothing is */
} mailmote_interest_t;

/* One end of a connection. */
typedef struct {
  uint8_t family;     /* 4, 6, or 0 when the address is not known */
  uint8_t octets[16]; /* the address in network order: 4 or 16 octets */
  uint16_t port;
} mailmote_ip_endpoint_t;

/* A stream written in C: one constant table a kind of stream, and a `context` a connection. All functions must be
   given; none may block or call back into the client.

   Life: open, progress until it is not would_block, read and write, close until it is not would_block, or abort at any
   time. After close has finished or abort has returned, open may be called again, any number of times.

   Octets that were received before the peer closed or reset are delivered by read before `closed` or `error` is. */
typedef struct mailmote_stream_ops {
  /* Begins to connect and returns at once. `host` is the host of the options, a name or a numeric IPv4 or IPv6 address.
     ok: open already. would_block: progress is called next. error: see status. */
  mailmote_io_t (*open)(void *context, const char *host, uint16_t port);

  /* Moves opening forward. ok: open. would_block: not yet. error: see status: name_not_found, name_lookup_failed,
     connection_refused, unreachable, transport_error. It may say ok early (while TCP still connects) when read and
     write then say would_block or error. `now` is what mailmote_poll() was given. */
  mailmote_io_t (*progress)(void *context, uint32_t now);

  /* Reads up to `size` (at least 1) octets and says in *n how many. *n is 0 before the call. */
  mailmote_io_t (*read)(void *context, uint8_t *into, size_t size, size_t *n);

  /* Writes up to `size` (at least 1) octets and says in *n how many were taken; those count as gone. *n is 0 before the
     call. After would_block the same octets may be offered again in another length. */
  mailmote_io_t (*write)(void *context, const uint8_t *from, size_t size, size_t *n);

  /* Ends the connection in an orderly way: octets that were written are still delivered. would_block: it is called
     again. ok: closed. error: it broke; the stream is closed all the same. */
  mailmote_io_t (*close)(void *context);

  /* Ends the connection at once and releases everything. Called in every state. */
  void (*abort)(void *context);

  /* What the last would_block waits for; for an open stream with nothing blocked {read}. */
  mailmote_interest_t (*wait)(void *context);

  /* The two ends while open; *end is zeroed before the call, and left so when it is not known. A loopback `remote` is
     what lets mail go in clear without `allow_clear`. */
  void (*local)(void *context, mailmote_ip_endpoint_t *end);
  void (*remote)(void *context, mailmote_ip_endpoint_t *end);

  /* Why the last call returned error (a transport or TLS status; ok when none did), and the stream's own number for
     it. */
  mailmote_status_t (*status)(void *context);
  int32_t (*native)(void *context);
} mailmote_stream_ops_t;

/* What a stream with a TLS layer has besides, such as a modem that speaks TLS, or another TLS library over an inner
   stream: transparent until start_tls. */
typedef struct mailmote_tls_ops {
  /* Begins TLS on an open stream and returns at once: from here on read and write carry what is inside. ok: done.
     would_block: progress is called until it says ok. error: see status (any of the TLS group, connection_closed,
     connection_reset, transport_error); octets that had arrived in clear before are an error, never part of TLS. */
  mailmote_io_t (*start_tls)(void *context);

  /* What came of the last handshake, as far as it is known. *report is zeroed before the call; its texts must stay
     until the next one. With AUTO, `answered` decides whether another way is tried. */
  void (*report)(void *context, mailmote_tls_report_t *report);
} mailmote_tls_ops_t;

/* Memory for a stream made of a table and a context, and for one with TLS. */
typedef struct mailmote_custom_stream {
  void *pointers[3];
} mailmote_custom_stream_t;

typedef struct mailmote_custom_tls_stream {
  void *pointers[14];
  uint32_t words[14];
} mailmote_custom_tls_stream_t;

/* Makes a stream; the tables and `context` are kept. Returns it, or NULL when a table is. */
mailmote_stream_t *mailmote_custom_stream_init(mailmote_custom_stream_t *memory, const mailmote_stream_ops_t *ops,
                                               void *context);
mailmote_stream_t *mailmote_custom_tls_stream_init(mailmote_custom_tls_stream_t *memory,
                                                   const mailmote_stream_ops_t *ops, const mailmote_tls_ops_t *tls_ops,
                                                   void *context);

/* Any stream, for those who write a layer above it, such as a TLS library of their own over a proxy: what the functions
   of the tables say. `host` must stay until the stream is open or aborted. */
mailmote_io_t mailmote_stream_open(mailmote_stream_t *stream, const char *host, uint16_t port);
mailmote_io_t mailmote_stream_progress(mailmote_stream_t *stream, uint32_t now);
mailmote_io_t mailmote_stream_read(mailmote_stream_t *stream, void *into, size_t size, size_t *n);
mailmote_io_t mailmote_stream_write(mailmote_stream_t *stream, const void *from, size_t size, size_t *n);
mailmote_io_t mailmote_stream_close(mailmote_stream_t *stream);
void mailmote_stream_abort(mailmote_stream_t *stream);
mailmote_interest_t mailmote_stream_wait(const mailmote_stream_t *stream);
mailmote_ip_endpoint_t mailmote_stream_local(const mailmote_stream_t *stream);
mailmote_ip_endpoint_t mailmote_stream_remote(const mailmote_stream_t *stream);
mailmote_status_t mailmote_stream_status(const mailmote_stream_t *stream);
int32_t mailmote_stream_native(const mailmote_stream_t *stream);

#ifdef __cplusplus
}
#endif

#endif
