/* TCP over BSD sockets as a stream for mailmote, in C. */
#ifndef MAILMOTE_EXAMPLES_TCP_STREAM_H
#define MAILMOTE_EXAMPLES_TCP_STREAM_H

#include <mailmote/mailmote.h>

/* One connection, the context of tcp_ops. Before use: {.fd = -1}. */
typedef struct {
  int fd;             /* -1: closed */
  bool write_blocked; /* while connecting too */
  int error;          /* errno of the last call that failed */
} tcp_t;

/* Numeric addresses only, such as 127.0.0.1 or ::1. */
extern const mailmote_stream_ops_t tcp_ops;

#endif
