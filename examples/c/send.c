/* A mail from C: send ADDRESS PORT FROM TO SUBJECT TEXT
 *
 * Without TLS, mail goes to a server on this machine only. The stream, tcp_stream.c, is written in C too. Build it with
 * the C compiler: cc send.c tcp_stream.c -lmailmote */
#define _POSIX_C_SOURCE 200809L

#include <mailmote/mailmote.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tcp_stream.h"

static tcp_t tcp = {.fd = -1};
static mailmote_custom_stream_t stream;
static mailmote_client_t client;
static uint8_t rx[512], tx[512];
static mailmote_recipient_t to;
static mailmote_text_message_t text;

static uint32_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint32_t)now.tv_sec * 1000U + (uint32_t)(now.tv_nsec / 1000000);
}

static uint32_t now_unix(void *context) {
  (void)context;
  return (uint32_t)time(NULL);
}

/* Sleeps until the client has something to do again. */
static void sleep_until_needed(void) {
  const mailmote_wait_t wait = mailmote_wait(&client, now_ms());
  struct pollfd ready = {.fd = tcp.fd};
  ready.events = (short)((wait.want_read ? POLLIN : 0) | (wait.want_write ? POLLOUT : 0));
  poll(&ready, 1, wait.timeout > MAILMOTE_MAX_TIMEOUT ? -1 : (int)wait.timeout);
}

static void run_until(mailmote_poll_t wanted) {
  mailmote_poll_t poll = mailmote_poll(&client, now_ms());
  while (poll != wanted) {
    if (poll == MAILMOTE_POLL_WAIT) sleep_until_needed();
    poll = mailmote_poll(&client, now_ms());
  }
}

static int report(mailmote_error_t error) {
  char line[MAILMOTE_SENTENCE_SIZE];
  printf("%s\n", mailmote_outcome_name(mailmote_outcome(&client)));
  if (error.status != MAILMOTE_OK) printf("%s\n", mailmote_describe(error, line, sizeof line));
  if (error.smtp_code != 0) printf("the server said: %s\n", mailmote_reply_text(&client, line, sizeof line));
  return error.status == MAILMOTE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv) {
  if (argc != 7) {
    fprintf(stderr, "usage: %s ADDRESS PORT FROM TO SUBJECT TEXT\n", argv[0]);
    return EXIT_FAILURE;
  }
  mailmote_options_t options;
  mailmote_options_init(&options, argv[1]);
  options.port = (uint16_t)atoi(argv[2]);
  options.security = MAILMOTE_SECURITY_NONE;
  options.timeouts = mailmote_device_timeouts;
  options.clock = now_unix;
  mailmote_client_init(&client, sizeof client, mailmote_custom_stream_init(&stream, &tcp_ops, &tcp), &options, rx,
                       sizeof rx, tx, sizeof tx);
  mailmote_recipient_init(&to, argv[4]);
  mailmote_message_t *mail = mailmote_text_message_init(&text, argv[3], &to, 1, argv[5], argv[6]);
  const mailmote_status_t status = mailmote_start(&client, mail, MAILMOTE_AFTER_QUIT);
  if (status != MAILMOTE_OK) return report((mailmote_error_t){.status = status});
  run_until(MAILMOTE_POLL_DONE);
  const int result = report(mailmote_error(&client));
  run_until(MAILMOTE_POLL_IDLE); /* the server's answer to QUIT, and an orderly end */
  return result;
}
