/* What every program here needs: checks that count, and a client over a scripted server. */
#ifndef MAILMOTE_TESTS_CHECK_H
#define MAILMOTE_TESTS_CHECK_H

#include <stdio.h>
#include <string.h>

#include "scripted_server.h"

static int failures;

#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)
#define CHECK_NUMBER(actual, expected) check_number((long)(actual), (long)(expected), #actual, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected) check_text((actual), (expected), #actual, __FILE__, __LINE__)

static inline void check(bool holds, const char *what, const char *file, int line) {
  if (holds) return;
  ++failures;
  printf("%s:%d: not true: %s\n", file, line, what);
}

static inline void check_number(long actual, long expected, const char *what, const char *file, int line) {
  if (actual == expected) return;
  ++failures;
  printf("%s:%d: %s is %ld, expected %ld\n", file, line, what, actual, expected);
}

static inline void check_text(const char *actual, const char *expected, const char *what, const char *file, int line) {
  if (strcmp(actual, expected) == 0) return;
  ++failures;
  printf("%s:%d: %s is \"%s\", expected \"%s\"\n", file, line, what, actual, expected);
}

/* A client, its server, its memory and its clock. */
typedef struct {
  server_t server;
  mailmote_custom_stream_t stream_memory;
  mailmote_stream_t *stream;
  mailmote_options_t options;
  mailmote_client_t client;
  uint8_t rx[MAILMOTE_MIN_RX];
  uint8_t tx[MAILMOTE_MIN_TX];
  uint32_t now;
} fixture_t;

/* Options may be changed before make_client(). */
static inline void fixture_init(fixture_t *f, const rule_t *rules) {
  server_init(&f->server, rules);
  f->stream = mailmote_custom_stream_init(&f->stream_memory, &server_ops, &f->server);
  mailmote_options_init(&f->options, "mail.example.com");
  f->options.security = MAILMOTE_SECURITY_NONE;
  f->now = 0xffffff00U; /* wraps around in the middle */
}

static inline void make_client(fixture_t *f) {
  CHECK_NUMBER(mailmote_client_init(&f->client, sizeof f->client, f->stream, &f->options, f->rx, sizeof f->rx, f->tx,
                                    sizeof f->tx),
               MAILMOTE_OK);
}

/* Polls until `wanted` or, when that never comes, for a bounded while. */
static inline void poll_until(fixture_t *f, mailmote_poll_t wanted) {
  bool came = false;
  for (int polls = 0; polls < 20000 && !came; ++polls) {
    f->now += 1;
    came = mailmote_poll(&f->client, f->now) == wanted;
  }
  CHECK(came);
}

static inline void send_mail(fixture_t *f, mailmote_message_t *message, mailmote_after_t after) {
  CHECK_NUMBER(mailmote_start(&f->client, message, after), MAILMOTE_OK);
  poll_until(f, MAILMOTE_POLL_DONE);
}

static inline int result(const char *program) {
  printf("%s: %s\n", program, failures == 0 ? "all checks hold" : "FAILED");
  return failures == 0 ? 0 : 1;
}

#endif
