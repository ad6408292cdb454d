/* Calls in the wrong order and pointers to nothing: each has a named answer. */
#include "check.h"

static mailmote_recipient_t to;
static mailmote_memory_message_t memory;

static mailmote_message_t *mail(void) {
  mailmote_recipient_init(&to, "ops@example.com");
  return mailmote_memory_message_init(&memory, "a@example.com", &to, 1, "\r\n", 2);
}

/* What a client says that was never made. */
static void is_idle(mailmote_client_t *client) {
  CHECK_NUMBER(mailmote_start(client, mail(), MAILMOTE_AFTER_QUIT), MAILMOTE_WINDOW_TOO_SMALL);
  CHECK_NUMBER(mailmote_connect(client), MAILMOTE_WINDOW_TOO_SMALL);
  CHECK_NUMBER(mailmote_noop(client), MAILMOTE_WINDOW_TOO_SMALL);
  CHECK_NUMBER(mailmote_quit(client), MAILMOTE_WINDOW_TOO_SMALL);
  CHECK_NUMBER(mailmote_get_capabilities(client), MAILMOTE_WINDOW_TOO_SMALL);
  CHECK_NUMBER(mailmote_validate_credentials(client), MAILMOTE_WINDOW_TOO_SMALL);
  CHECK_NUMBER(mailmote_poll(client, 1), MAILMOTE_POLL_IDLE);
  CHECK(mailmote_wait(client, 1).timeout == MAILMOTE_FOREVER);
  mailmote_cancel(client);
  CHECK_NUMBER(mailmote_outcome(client), MAILMOTE_OUTCOME_NOT_SENT);
  CHECK_NUMBER(mailmote_error(client).status, MAILMOTE_OK);
  CHECK_NUMBER(mailmote_credential_check(client), MAILMOTE_CREDENTIALS_COULD_NOT_TELL);
  CHECK_NUMBER(mailmote_capabilities(client).flags, 0);
  CHECK_NUMBER(mailmote_security(client), MAILMOTE_SECURITY_NONE);
  CHECK_NUMBER(mailmote_phase(client), MAILMOTE_PHASE_IDLE);
  CHECK_NUMBER(mailmote_round_trips(client), 0);
  CHECK_NUMBER(mailmote_advice(client), MAILMOTE_ADVICE_FIX_CONFIGURATION);
  CHECK_TEXT(mailmote_auth_advice(client), "");
  CHECK(!mailmote_connected(client));
}

static void a_client_that_was_never_made_is_idle(void) {
  static mailmote_client_t zeroed;
  char line[8];
  is_idle(&zeroed);
  is_idle(NULL);
  CHECK_TEXT(mailmote_reply_text(NULL, line, sizeof line), "");
}

static void a_client_is_made_of_a_stream_and_options(void) {
  fixture_t f;
  fixture_init(&f, kind_rules);
  CHECK_NUMBER(mailmote_client_init(&f.client, sizeof f.client, NULL, &f.options, f.rx, sizeof f.rx, f.tx, sizeof f.tx),
               MAILMOTE_NOTHING_TO_DO);
  CHECK_NUMBER(mailmote_client_init(&f.client, sizeof f.client, f.stream, NULL, f.rx, sizeof f.rx, f.tx, sizeof f.tx),
               MAILMOTE_NOTHING_TO_DO);
  CHECK_NUMBER(mailmote_client_init(&f.client, sizeof f.client, f.stream, &f.options, NULL, 512, f.tx, sizeof f.tx),
               MAILMOTE_OK);
  CHECK_NUMBER(mailmote_start(&f.client, mail(), MAILMOTE_AFTER_QUIT), MAILMOTE_WINDOW_TOO_SMALL);
}

static void nothing_can_be_made_of_nothing(void) {
  union {
    mailmote_custom_stream_t stream;
    mailmote_custom_tls_stream_t tls_stream;
    mailmote_proxy_stream_t proxy;
    mailmote_source_message_t message;
    mailmote_raw_message_t raw;
    mailmote_custom_source_t source;
    mailmote_observer_t observer;
  } room;
  mailmote_proxy_options_t proxy;
  mailmote_proxy_options_init(&proxy, "proxy.example.com");
  CHECK(mailmote_custom_stream_init(&room.stream, NULL, NULL) == NULL);
  CHECK(mailmote_custom_tls_stream_init(&room.tls_stream, &server_ops, NULL, NULL) == NULL);
  CHECK(mailmote_socks4_stream_init(&room.proxy, NULL, &proxy) == NULL);
  CHECK(mailmote_socks4a_stream_init(&room.proxy, NULL, &proxy) == NULL);
  CHECK(mailmote_socks5_stream_init(&room.proxy, NULL, &proxy) == NULL);
  CHECK(mailmote_http_proxy_stream_init(&room.proxy, NULL, &proxy) == NULL);
  CHECK(mailmote_custom_source_init(&room.source, NULL, NULL) == NULL);
  CHECK(mailmote_source_message_init(&room.message, "", &to, 1, NULL, NULL) == NULL);
  CHECK(mailmote_raw_message_init(&room.raw, "", &to, 1, NULL) == NULL);
  CHECK(mailmote_observer_init(&room.observer, NULL, NULL) == NULL);
}

static void a_message_of_nothing_has_no_recipients(void) {
  fixture_t f;
  fixture_init(&f, kind_rules);
  make_client(&f);
  CHECK_NUMBER(mailmote_start(&f.client, NULL, MAILMOTE_AFTER_QUIT), MAILMOTE_NO_RECIPIENTS);
  mailmote_message_t *nobody = mailmote_memory_message_init(&memory, "", NULL, 3, NULL, 7);
  CHECK_NUMBER(mailmote_start(&f.client, nobody, MAILMOTE_AFTER_QUIT), MAILMOTE_NO_RECIPIENTS);
  CHECK_NUMBER(f.server.opened, 0);
}

static void octets_at_null_are_none(void) {
  fixture_t f;
  fixture_init(&f, kind_rules);
  make_client(&f);
  mailmote_recipient_init(&to, "ops@example.com");
  send_mail(&f, mailmote_memory_message_init(&memory, NULL, &to, 1, NULL, 7), MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_ACCEPTED);
  CHECK(strstr(f.server.heard, "MAIL FROM:<>") != NULL && strstr(f.server.heard, "DATA\r\n.\r\n") != NULL);
}

static void while_one_operation_runs_no_other_begins(void) {
  fixture_t f;
  fixture_init(&f, kind_rules);
  make_client(&f);
  CHECK_NUMBER(mailmote_quit(&f.client), MAILMOTE_NOTHING_TO_DO);
  CHECK_NUMBER(mailmote_validate_credentials(&f.client), MAILMOTE_NOTHING_TO_DO);
  CHECK_NUMBER(mailmote_start(&f.client, mail(), MAILMOTE_AFTER_KEEP), MAILMOTE_OK);
  CHECK_NUMBER(mailmote_start(&f.client, mail(), MAILMOTE_AFTER_KEEP), MAILMOTE_BUSY);
  CHECK_NUMBER(mailmote_noop(&f.client), MAILMOTE_BUSY);
  CHECK_NUMBER(mailmote_quit(&f.client), MAILMOTE_BUSY);
  CHECK_NUMBER(mailmote_get_capabilities(&f.client), MAILMOTE_BUSY);
  mailmote_cancel(&f.client);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_CANCELLED);
  CHECK_NUMBER(mailmote_get_capabilities(&f.client), MAILMOTE_OK);
  poll_until(&f, MAILMOTE_POLL_DONE);
  CHECK((mailmote_capabilities(&f.client).flags >> MAILMOTE_EXTENSION_PIPELINING & 1) != 0);
  CHECK(strstr(f.server.heard, "MAIL") == NULL && strstr(f.server.heard, "QUIT") != NULL);
}

int main(void) {
  a_client_that_was_never_made_is_idle();
  a_client_is_made_of_a_stream_and_options();
  nothing_can_be_made_of_nothing();
  a_message_of_nothing_has_no_recipients();
  octets_at_null_are_none();
  while_one_operation_runs_no_other_begins();
  return result("c_order");
}
