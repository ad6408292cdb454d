/* The smallest firmware in C: one mail of octets in memory, by a stream of the board's own, without TLS. */
#include <mailmote/mailmote.h>

#include "board.h"

static mailmote_custom_stream_t tcp;
static mailmote_client_t client;
static uint8_t rx[MAILMOTE_MIN_RX], tx[MAILMOTE_MIN_TX];
static mailmote_recipient_t to;
static mailmote_memory_message_t message;

static const char content[] = "Subject: Tank low\r\n\r\nLevel 3 %\r\n";

mailmote_status_t mail_start(const char *from, const char *recipient, const char *subject, const char *body) {
  mailmote_options_t options;
  (void)subject;
  (void)body;
  mailmote_options_init(&options, "192.0.2.1");
  options.security = MAILMOTE_SECURITY_NONE;
  options.allow_clear = true;
  mailmote_client_init(&client, sizeof client, mailmote_custom_stream_init(&tcp, &board_tcp_ops, NULL), &options, rx,
                       sizeof rx, tx, sizeof tx);
  mailmote_recipient_init(&to, recipient);
  return mailmote_start(&client, mailmote_memory_message_init(&message, from, &to, 1, content, sizeof content - 1),
                        MAILMOTE_AFTER_QUIT);
}

bool mail_poll(void) { return mailmote_poll(&client, board_ms()) == MAILMOTE_POLL_DONE; }

mailmote_outcome_t mail_outcome(bool *again) {
  *again = false;
  return mailmote_outcome(&client);
}
