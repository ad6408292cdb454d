/* What a program in C on a POSIX system lends a client: TCP, a clock, a way to wait, random octets, files. Link with
 * the C++ library: names are looked up with its help.
 *
 *     static mailmote_posix_stream_t tcp;
 *     mailmote_client_init(&client, sizeof client, mailmote_posix_stream_init(&tcp), &options, rx, sizeof rx, ...);
 *     mailmote_start(&client, mail, MAILMOTE_AFTER_QUIT);
 *     outcome = mailmote_posix_run(&client, &tcp);
 *     mailmote_posix_drain(&client, &tcp); */
#ifndef MAILMOTE_POSIX_POSIX_H
#define MAILMOTE_POSIX_POSIX_H

#include "mailmote/mailmote.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Memory for a TCP connection, and for a file as a source. */
typedef struct mailmote_posix_stream {
  void *pointers[20];
  uint32_t words[64];
} mailmote_posix_stream_t;

typedef struct mailmote_posix_file_source {
  void *pointers[2];
  uint64_t words[4];
} mailmote_posix_file_source_t;

/* Makes a TCP connection on a non-blocking socket and returns it. A name is looked up by c-ares, without blocking; a
   library that was built without it blocks in getaddrinfo(3). Several addresses race, IPv6 first (RFC 8305). native is
   errno, or the number of the look-up. mailmote_cancel() the client, or mailmote_stream_abort() the stream, before the
   memory is used for something else. */
mailmote_stream_t *mailmote_posix_stream_init(mailmote_posix_stream_t *memory);

/* Makes a source of the octets of an open descriptor, which stays the application's: from where it stands at the first
   start to its end. A regular file has a known length (below 4 GiB) and can start again; a pipe or terminal starts
   once. */
mailmote_source_t *mailmote_posix_file_source_init(mailmote_posix_file_source_t *memory, int fd);

/* Milliseconds of CLOCK_MONOTONIC, for mailmote_poll(). */
uint32_t mailmote_posix_now(void);

/* Sleeps until the client has to be polled again, or a signal came. `tcp` is the stream at the bottom of its stack. */
void mailmote_posix_sleep(const mailmote_client_t *client, mailmote_posix_stream_t *tcp);

/* The blocking way to use a client: polls and sleeps until the operation that was begun is done, and returns its
   outcome; at once when nothing is under way. */
mailmote_outcome_t mailmote_posix_run(mailmote_client_t *client, mailmote_posix_stream_t *tcp);

/* Polls and sleeps until the client is idle: what it still does in the background, such as waiting for the reply to
   QUIT, is then over. At most about 5 s. */
void mailmote_posix_drain(mailmote_client_t *client, mailmote_posix_stream_t *tcp);

/* For `clock` of the options: the system's time; 0 when it was never set. */
uint32_t mailmote_posix_wall_clock(void *context);

/* For `fill` of a mailmote_random_t: the system's random octets (getrandom(2)). */
bool mailmote_posix_random(void *context, uint8_t *out, size_t size);

/* For `ca_file` of the TLS options: the file with the certificates that this system trusts; NULL when none is found. */
const char *mailmote_posix_system_ca_file(void);

#ifdef __cplusplus
}
#endif

#endif
