/* Firmware in C: a login by SCRAM or PLAIN, and a mail with an attachment that is made while it is sent, through TLS
   and, if there is one, a SOCKS5 proxy. All memory is here and sized by constants. What the board brings is declared in
   board.h: a TCP stream (see tcp_stream.c for how one is written), a clock, random octets. */
#include <mailmote/mailmote.h>
#include <mailmote/mbedtls/tls_stream.h>

#include "board.h"

static mailmote_custom_stream_t tcp;
static mailmote_proxy_stream_t proxy;
static mailmote_mbedtls_stream_t tls;
static mailmote_scram_mechanism_t scram;
static mailmote_password_mechanism_t plain;
static mailmote_auth_t auth;
static mailmote_mechanism_t *allowed[2];
static mailmote_auto_security_t plan;
static mailmote_client_t client;
static uint8_t rx[512], tx[512];

static mailmote_recipient_t to;
static mailmote_memory_source_t words;
static mailmote_custom_source_t readings;
static mailmote_text_part_t text;
static mailmote_part_t file;
static mailmote_mime_message_t message;

/* The attachment: one octet a sensor. */
static uint32_t sensor_at;

static mailmote_status_t readings_start(void *context, const mailmote_offer_t *offer,
                                        mailmote_content_plan_t *content) {
  (void)context;
  (void)offer;
  sensor_at = 0;
  content->length = BOARD_SENSORS;
  content->length_known = content->rewindable = true;
  return MAILMOTE_OK;
}

static mailmote_read_t readings_read(void *context, uint8_t *into, size_t size, size_t *n) {
  (void)context;
  for (*n = 0; *n < size && sensor_at < BOARD_SENSORS; ++*n) into[*n] = board_sensor(sensor_at++);
  return sensor_at < BOARD_SENSORS ? MAILMOTE_READ_OK : MAILMOTE_READ_END;
}

static const mailmote_source_ops_t readings_ops = {readings_start, readings_read};

static mailmote_stream_t *make_stack(void) {
  mailmote_proxy_options_t proxy_options;
  mailmote_tls_options_t tls_options;
  mailmote_stream_t *stream = mailmote_custom_stream_init(&tcp, &board_tcp_ops, NULL);
  if (board_proxy != NULL) {
    mailmote_proxy_options_init(&proxy_options, board_proxy);
    stream = mailmote_socks5_stream_init(&proxy, stream, &proxy_options);
  }
  mailmote_tls_options_init(&tls_options);
  tls_options.ca = board_ca;
  tls_options.ca_size = board_ca_size;
  tls_options.random = board_random;
  tls_options.clock = board_unix_time;
  return mailmote_mbedtls_stream_init(&tls, stream, &tls_options);
}

/* Call once. */
mailmote_status_t mail_init(const char *host, const mailmote_credentials_t *credentials) {
  mailmote_options_t options;
  mailmote_options_init(&options, host);
  allowed[0] = mailmote_scram_init(&scram, mailmote_mbedtls_sha256(), credentials);
  allowed[1] = mailmote_plain_init(&plain, credentials);
  options.auth = mailmote_auth_init(&auth, allowed, 2, board_random);
  options.plan = mailmote_auto_security_init(&plan);
  options.timeouts = mailmote_device_timeouts;
  options.clock = board_unix_time;
  mailmote_use_chunking(&options);
  return mailmote_client_init(&client, sizeof client, make_stack(), &options, rx, sizeof rx, tx, sizeof tx);
}

/* Begins a mail; the texts must stay until mail_poll() has said done. */
mailmote_status_t mail_start(const char *from, const char *recipient, const char *subject, const char *body) {
  size_t size = 0;
  while (body[size] != '\0') ++size;
  mailmote_recipient_init(&to, recipient);
  mailmote_text_part_init(&text, mailmote_memory_source_init(&words, body, size), false);
  mailmote_attachment_init(&file, "readings.bin", "application/octet-stream",
                           mailmote_custom_source_init(&readings, &readings_ops, NULL));
  mailmote_message_t *mail = mailmote_mime_message_init(&message, from, &to, 1, subject);
  mailmote_mime_message_set_text(&message, &text);
  mailmote_mime_message_set_attachments(&message, &file, 1);
  return mailmote_start(&client, mail, MAILMOTE_AFTER_QUIT);
}

/* Call in the super-loop, and again at once, or when board_wait() has returned; true: the mail is done. */
bool mail_poll(void) {
  const uint32_t now = board_ms();
  const mailmote_poll_t said = mailmote_poll(&client, now);
  if (said == MAILMOTE_POLL_WAIT) board_wait(mailmote_wait(&client, now));
  return said == MAILMOTE_POLL_DONE;
}

/* What became of it, and whether it should be sent again later. */
mailmote_outcome_t mail_outcome(bool *again) {
  *again = mailmote_advice(&client) == MAILMOTE_ADVICE_RETRY_LATER;
  return mailmote_outcome(&client);
}
