/* What goes wrong: wrong use, a stream that does not open, silence, cancelling. */
#include "check.h"

static const char content[] = "Subject: Tank low\r\n\r\nLevel 3 %\r\n";

typedef struct {
  fixture_t f;
  mailmote_recipient_t to;
  mailmote_memory_message_t memory;
  mailmote_message_t *mail;
} mail_fixture_t;

static void mail_init(mail_fixture_t *m, const rule_t *rules) {
  fixture_init(&m->f, rules);
  mailmote_recipient_init(&m->to, "ops@example.com");
  m->mail = mailmote_memory_message_init(&m->memory, "a@example.com", &m->to, 1, content, sizeof content - 1);
}

static mailmote_status_t start(mail_fixture_t *m) {
  make_client(&m->f);
  return mailmote_start(&m->f.client, m->mail, MAILMOTE_AFTER_QUIT);
}

static void too_small_a_memory_is_named_and_left_alone(void) {
  mail_fixture_t m;
  mail_init(&m, kind_rules);
  mailmote_client_t untouched;
  memset(&untouched, 0x5a, sizeof untouched);
  memset(&m.f.client, 0x5a, sizeof m.f.client);
  CHECK_NUMBER(mailmote_client_init(&m.f.client, sizeof m.f.client / 2, m.f.stream, &m.f.options, m.f.rx, sizeof m.f.rx,
                                    m.f.tx, sizeof m.f.tx),
               MAILMOTE_OUT_OF_SPACE);
  CHECK(memcmp(&m.f.client, &untouched, sizeof untouched) == 0);
}

static void wrong_options_are_named(void) {
  mail_fixture_t m;
  mail_init(&m, kind_rules);
  m.f.options.host = NULL;
  CHECK_NUMBER(start(&m), MAILMOTE_NO_HOST);
  m.f.options.host = "mail example";
  CHECK_NUMBER(start(&m), MAILMOTE_INVALID_HOST);
  m.f.options.host = "mail.example.com";
  m.f.options.helo = "a b";
  CHECK_NUMBER(start(&m), MAILMOTE_INVALID_HELO);
  m.f.options.helo = NULL;
  m.f.options.security = MAILMOTE_SECURITY_AUTO;
  CHECK_NUMBER(start(&m), MAILMOTE_NO_TLS_LAYER);
  m.f.options.security = MAILMOTE_SECURITY_NONE;
  m.f.options.timeouts.source = 0;
  CHECK_NUMBER(start(&m), MAILMOTE_TIMEOUT_OUT_OF_RANGE);
  m.f.options.timeouts = mailmote_device_timeouts;
  m.f.options.timeouts.operation = MAILMOTE_MAX_TIMEOUT + 1U;
  CHECK_NUMBER(start(&m), MAILMOTE_TIMEOUT_OUT_OF_RANGE);
  m.f.options.timeouts.operation = MAILMOTE_FOREVER;
  CHECK_NUMBER(start(&m), MAILMOTE_OK);
  CHECK_NUMBER(mailmote_connect(&m.f.client), MAILMOTE_BUSY);
}

static void wrong_messages_are_named(void) {
  mail_fixture_t m;
  mail_init(&m, kind_rules);
  m.mail = mailmote_memory_message_init(&m.memory, "not an address", &m.to, 1, content, sizeof content - 1);
  CHECK_NUMBER(start(&m), MAILMOTE_INVALID_SENDER);
  m.mail = mailmote_memory_message_init(&m.memory, "", &m.to, 0, content, sizeof content - 1);
  CHECK_NUMBER(start(&m), MAILMOTE_NO_RECIPIENTS);
  m.mail = mailmote_memory_message_init(&m.memory, "", &m.to, 65536, content, sizeof content - 1);
  CHECK_NUMBER(start(&m), MAILMOTE_TOO_MANY_RECIPIENTS);
  m.mail = mailmote_memory_message_init(&m.memory, "", &m.to, 1, content, sizeof content - 1);
  mailmote_recipient_init(&m.to, "ops@example.com>\r\nDATA");
  CHECK_NUMBER(start(&m), MAILMOTE_INVALID_RECIPIENT);
  CHECK_NUMBER(mailmote_quit(&m.f.client), MAILMOTE_NOTHING_TO_DO);
  CHECK_NUMBER(mailmote_client_init(&m.f.client, sizeof m.f.client, m.f.stream, &m.f.options, m.f.rx,
                                    MAILMOTE_MIN_RX - 1, m.f.tx, sizeof m.f.tx),
               MAILMOTE_OK);
  CHECK_NUMBER(mailmote_start(&m.f.client, m.mail, MAILMOTE_AFTER_QUIT), MAILMOTE_WINDOW_TOO_SMALL);
  CHECK_NUMBER(m.f.server.opened, 0);
}

static void clear_text_goes_to_this_machine_only(void) {
  mail_fixture_t m;
  mail_init(&m, kind_rules);
  m.f.server.is_elsewhere = true;
  CHECK_NUMBER(start(&m), MAILMOTE_OK);
  poll_until(&m.f, MAILMOTE_POLL_DONE);
  CHECK_NUMBER(mailmote_error(&m.f.client).status, MAILMOTE_CLEAR_TEXT_REFUSED);
  CHECK_TEXT(m.f.server.heard, "");
  m.f.options.allow_clear = true;
  CHECK_NUMBER(start(&m), MAILMOTE_OK);
  poll_until(&m.f, MAILMOTE_POLL_DONE);
  CHECK_NUMBER(mailmote_outcome(&m.f.client), MAILMOTE_OUTCOME_ACCEPTED);
}

static void a_stream_that_does_not_open_says_why(void) {
  mail_fixture_t m;
  mail_init(&m, kind_rules);
  m.f.server.refuses = true;
  CHECK_NUMBER(start(&m), MAILMOTE_OK);
  poll_until(&m.f, MAILMOTE_POLL_DONE);
  const mailmote_error_t error = mailmote_error(&m.f.client);
  CHECK_NUMBER(error.status, MAILMOTE_CONNECTION_REFUSED);
  CHECK_NUMBER(error.phase, MAILMOTE_PHASE_CONNECT);
  CHECK_NUMBER(error.native, 111);
  CHECK_NUMBER(mailmote_outcome(&m.f.client), MAILMOTE_OUTCOME_NOT_SENT);
  CHECK_NUMBER(mailmote_recipient_outcome(&m.to), MAILMOTE_RECIPIENT_NOT_SENT);
  char line[10];
  CHECK_TEXT(mailmote_describe(error, line, sizeof line), "connect: ");
  CHECK_TEXT(mailmote_describe(error, line, 0), "");
}

static void a_silent_server_is_waited_for_as_long_as_told(void) {
  mail_fixture_t m;
  mail_init(&m, kind_rules);
  m.f.server.greeting = "";
  m.f.options.timeouts.greeting = 5000;
  CHECK_NUMBER(start(&m), MAILMOTE_OK);
  CHECK_NUMBER(mailmote_wait(&m.f.client, m.f.now).timeout, 0);
  poll_until(&m.f, MAILMOTE_POLL_WAIT);
  poll_until(&m.f, MAILMOTE_POLL_WAIT);
  const uint32_t begin = m.f.now;
  const mailmote_wait_t wait = mailmote_wait(&m.f.client, m.f.now);
  CHECK(wait.want_read && !wait.want_write);
  CHECK(wait.timeout > 4990 && wait.timeout <= 5000);
  m.f.now += wait.timeout - 1;
  CHECK_NUMBER(mailmote_poll(&m.f.client, m.f.now), MAILMOTE_POLL_WAIT);
  poll_until(&m.f, MAILMOTE_POLL_DONE);
  CHECK_NUMBER(m.f.now - begin, wait.timeout);
  CHECK_NUMBER(mailmote_error(&m.f.client).status, MAILMOTE_GREETING_TIMEOUT);
}

static void connecting_waits_to_write(void) {
  mail_fixture_t m;
  mail_init(&m, kind_rules);
  m.f.server.connecting = 2000;
  m.f.options.timeouts.connect = 1000;
  CHECK_NUMBER(start(&m), MAILMOTE_OK);
  poll_until(&m.f, MAILMOTE_POLL_WAIT);
  const mailmote_wait_t wait = mailmote_wait(&m.f.client, m.f.now);
  CHECK(wait.want_write && !wait.want_read);
  CHECK(wait.timeout > 990 && wait.timeout <= 1000);
  poll_until(&m.f, MAILMOTE_POLL_DONE);
  CHECK_NUMBER(mailmote_error(&m.f.client).status, MAILMOTE_CONNECT_TIMEOUT);
}

/* The server is silent after `command`: how long is the reply waited for, and what is missed? */
static uint32_t wait_for_reply_to(const char *command, mailmote_phase_t missed) {
  const rule_t rules[] = {{command, ""}, {"EHLO", "250 mail.example.com\r\n"}, TAKES_THE_REST};
  mail_fixture_t m;
  mail_init(&m, rules);
  m.f.options.timeouts.command = 1000;
  m.f.options.timeouts.mail = 2000;
  m.f.options.timeouts.rcpt = 3000;
  m.f.options.timeouts.data = 4000;
  m.f.options.timeouts.content = 5000;
  CHECK_NUMBER(start(&m), MAILMOTE_OK);
  const uint32_t begin = m.f.now;
  poll_until(&m.f, MAILMOTE_POLL_DONE);
  CHECK_NUMBER(mailmote_error(&m.f.client).status, MAILMOTE_REPLY_TIMEOUT);
  CHECK_NUMBER(mailmote_error(&m.f.client).phase, missed);
  return (m.f.now - begin) / 1000;
}

static void each_reply_has_its_own_timeout(void) {
  CHECK_NUMBER(wait_for_reply_to("EHLO", MAILMOTE_PHASE_EHLO), 1);
  CHECK_NUMBER(wait_for_reply_to("MAIL", MAILMOTE_PHASE_MAIL), 2);
  CHECK_NUMBER(wait_for_reply_to("RCPT", MAILMOTE_PHASE_RCPT), 3);
  CHECK_NUMBER(wait_for_reply_to("DATA", MAILMOTE_PHASE_DATA), 4);
  CHECK_NUMBER(wait_for_reply_to(".", MAILMOTE_PHASE_CONTENT), 5);
}

static void a_cancelled_mail_is_not_sent_before_its_end_and_unknown_after(void) {
  static const rule_t silent_at_the_end[] = {HAS_ALL, {".", ""}, TAKES_THE_REST};
  mail_fixture_t m;
  mail_init(&m, silent_at_the_end);
  CHECK_NUMBER(start(&m), MAILMOTE_OK);
  poll_until(&m.f, MAILMOTE_POLL_WAIT);
  mailmote_cancel(&m.f.client);
  CHECK_NUMBER(mailmote_outcome(&m.f.client), MAILMOTE_OUTCOME_NOT_SENT);
  CHECK_NUMBER(mailmote_error(&m.f.client).status, MAILMOTE_CANCELLED);
  CHECK(!m.f.server.is_open);
  CHECK_NUMBER(mailmote_poll(&m.f.client, m.f.now), MAILMOTE_POLL_IDLE);
  CHECK_NUMBER(mailmote_start(&m.f.client, m.mail, MAILMOTE_AFTER_QUIT), MAILMOTE_OK);
  for (int polls = 0; polls < 100 && strstr(m.f.server.heard, "\r\n.\r\n") == NULL; ++polls) {
    CHECK(mailmote_poll(&m.f.client, ++m.f.now) != MAILMOTE_POLL_DONE);
  }
  mailmote_cancel(&m.f.client);
  CHECK_NUMBER(mailmote_outcome(&m.f.client), MAILMOTE_OUTCOME_UNKNOWN);
  CHECK_NUMBER(mailmote_recipient_outcome(&m.to), MAILMOTE_RECIPIENT_UNKNOWN);
  CHECK_NUMBER(mailmote_advice(&m.f.client), MAILMOTE_ADVICE_NEVER);
}

static void lone_line_ends_are_refused_when_told_so(void) {
  static const char lone[] = "Subject: x\r\n\r\nLevel\n";
  mail_fixture_t m;
  mail_init(&m, kind_rules);
  m.mail = mailmote_memory_message_init(&m.memory, "a@example.com", &m.to, 1, lone, sizeof lone - 1);
  m.f.options.line_ends = MAILMOTE_LINE_ENDS_REFUSE;
  CHECK_NUMBER(start(&m), MAILMOTE_OK);
  poll_until(&m.f, MAILMOTE_POLL_DONE);
  CHECK_NUMBER(mailmote_error(&m.f.client).status, MAILMOTE_BARE_LINE_END);
  CHECK_NUMBER(mailmote_outcome(&m.f.client), MAILMOTE_OUTCOME_NOT_SENT);
}

int main(void) {
  too_small_a_memory_is_named_and_left_alone();
  wrong_options_are_named();
  wrong_messages_are_named();
  clear_text_goes_to_this_machine_only();
  a_stream_that_does_not_open_says_why();
  a_silent_server_is_waited_for_as_long_as_told();
  connecting_waits_to_write();
  each_reply_has_its_own_timeout();
  a_cancelled_mail_is_not_sent_before_its_end_and_unknown_after();
  lone_line_ends_are_refused_when_told_so();
  return result("c_failures");
}
