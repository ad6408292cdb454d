/* A mailer put together in C from its parts, for test_c_api.py.
 *
 *   c_client HOST PORT SECURITY CA_FILE MECHANISM PROXY-KIND PROXY-PORT
 *
 * SECURITY: auto, starttls or implicit. MECHANISM: plain, login, scram, or "-" for no login; the user is "sensor", and the
 * environment variable MAILER_LOGIN the password. PROXY-KIND: socks4, socks4a, socks5, http, or "-".
 *
 * Sends one mail with a text and an attachment. Prints the outcome, the status, how the connection was secured, the
 * version of TLS, the mechanism, and the sentence. */
#include <mailmote/mbedtls/tls_stream.h>
#include <mailmote/posix/posix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const mailmote_random_t random_octets = {mailmote_posix_random, NULL};

static mailmote_posix_stream_t tcp;
static mailmote_proxy_stream_t proxy;
static mailmote_mbedtls_stream_t tls;
static mailmote_password_mechanism_t password_memory;
static mailmote_scram_mechanism_t scram;
static mailmote_auth_t auth;
static mailmote_mechanism_t *allowed[1];
static mailmote_auto_security_t plan;
static mailmote_client_t client;
static mailmote_mime_message_t mail;
static uint8_t rx[4096], tx[4096];

static uint16_t port_of(const char *text) { return (uint16_t)atoi(text); }

static mailmote_stream_t *through_proxy(mailmote_stream_t *stream, const char *kind, const char *port) {
  mailmote_proxy_options_t options;
  mailmote_proxy_options_init(&options, "127.0.0.1");
  options.port = port_of(port);
  if (strcmp(kind, "socks4") == 0) return mailmote_socks4_stream_init(&proxy, stream, &options);
  if (strcmp(kind, "socks4a") == 0) return mailmote_socks4a_stream_init(&proxy, stream, &options);
  if (strcmp(kind, "socks5") == 0) return mailmote_socks5_stream_init(&proxy, stream, &options);
  if (strcmp(kind, "http") == 0) return mailmote_http_proxy_stream_init(&proxy, stream, &options);
  return stream;
}

static mailmote_auth_t *log_in_by(const char *mechanism) {
  const mailmote_credentials_t sensor = {"sensor", getenv("MAILER_LOGIN"), NULL};
  if (strcmp(mechanism, "plain") == 0) allowed[0] = mailmote_plain_init(&password_memory, &sensor);
  if (strcmp(mechanism, "login") == 0) allowed[0] = mailmote_login_init(&password_memory, &sensor);
  if (strcmp(mechanism, "scram") == 0) allowed[0] = mailmote_scram_init(&scram, mailmote_mbedtls_sha256(), &sensor);
  return allowed[0] == NULL ? NULL : mailmote_auth_init(&auth, allowed, 1, random_octets);
}

static mailmote_security_t security_of(const char *word) {
  if (strcmp(word, "starttls") == 0) return MAILMOTE_SECURITY_STARTTLS;
  return strcmp(word, "implicit") == 0 ? MAILMOTE_SECURITY_IMPLICIT : MAILMOTE_SECURITY_AUTO;
}

static mailmote_message_t *make_mail(mailmote_recipient_t *to) {
  static mailmote_memory_source_t octets[2];
  static mailmote_text_part_t text;
  static mailmote_part_t file;
  mailmote_recipient_init(to, "ops@example.com");
  mailmote_text_part_init(&text, mailmote_memory_source_init(&octets[0], "Level 3 %\n", 10), false);
  mailmote_attachment_init(&file, "log.bin", "application/octet-stream",
                           mailmote_memory_source_init(&octets[1], "\0\1\2", 3));
  mailmote_message_t *message = mailmote_mime_message_init(&mail, "sensor@example.com", to, 1, "Tank low");
  mailmote_mime_message_set_text(&mail, &text);
  mailmote_mime_message_set_attachments(&mail, &file, 1);
  return message;
}

int main(int argc, char **argv) {
  static mailmote_recipient_t to;
  mailmote_tls_options_t tls_options;
  mailmote_options_t options;
  char line[512];
  if (argc != 8) return 64;
  mailmote_tls_options_init(&tls_options);
  tls_options.ca_file = argv[4];
  tls_options.clock = mailmote_posix_wall_clock;
  tls_options.random = random_octets;
  mailmote_options_init(&options, argv[1]);
  options.port = port_of(argv[2]);
  options.security = security_of(argv[3]);
  options.plan = mailmote_auto_security_init(&plan);
  options.auth = log_in_by(argv[5]);
  options.timeouts = mailmote_device_timeouts;
  options.clock = mailmote_posix_wall_clock;
  mailmote_use_chunking(&options);
  mailmote_stream_t *stream = through_proxy(mailmote_posix_stream_init(&tcp), argv[6], argv[7]);
  stream = mailmote_mbedtls_stream_init(&tls, stream, &tls_options);
  mailmote_client_init(&client, sizeof client, stream, &options, rx, sizeof rx, tx, sizeof tx);
  if (mailmote_start(&client, make_mail(&to), MAILMOTE_AFTER_QUIT) != MAILMOTE_OK) return 70;
  const mailmote_outcome_t outcome = mailmote_posix_run(&client, &tcp);
  const mailmote_error_t error = mailmote_error(&client);
  mailmote_tls_report_t report;
  mailmote_tls_report(stream, &report);
  mailmote_posix_drain(&client, &tcp);
  printf("%s %s %d %d %s ", mailmote_outcome_name(outcome), mailmote_status_name(error.status),
         (int)mailmote_security(&client), (int)report.version,
         options.auth == NULL || *mailmote_auth_used(options.auth) == '\0' ? "-" : mailmote_auth_used(options.auth));
  puts(mailmote_describe_tls(error, stream, argv[1], line, sizeof line));
  return 0;
}
