/* Mails through mailmote.h, over a scripted server with the smallest windows. */
#include "check.h"

static const char content[] = "Subject: Tank low\r\n\r\nLevel 3 %\r\n.\r\n";

/* A mail to one recipient. */
typedef struct one_mail {
  mailmote_recipient_t to;
  mailmote_memory_message_t memory;
} one_mail_t;

static mailmote_message_t *to_ops(one_mail_t *mail, const char *text) {
  mailmote_recipient_init(&mail->to, "ops@example.com");
  return mailmote_memory_message_init(&mail->memory, "a@example.com", &mail->to, 1, text, strlen(text));
}

static void an_accepted_mail_is_sent_with_one_dialogue(size_t most, bool blocks) {
  fixture_t f;
  mailmote_recipient_t to[2];
  mailmote_memory_message_t memory;
  fixture_init(&f, kind_rules);
  f.server.most = most;
  f.server.blocks = blocks;
  f.options.port = 2525;
  make_client(&f);
  mailmote_recipient_init(&to[0], "ops@example.com");
  mailmote_recipient_init(&to[1], "boss@example.com");
  send_mail(&f, mailmote_memory_message_init(&memory, "sensor@example.com", to, 2, content, sizeof content - 1),
            MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_ACCEPTED);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_OK);
  CHECK_NUMBER(mailmote_advice(&f.client), MAILMOTE_ADVICE_DONE);
  CHECK_NUMBER(mailmote_recipient_outcome(&to[1]), MAILMOTE_RECIPIENT_ACCEPTED);
  CHECK_NUMBER(mailmote_recipient_code(&to[1]), 250);
  poll_until(&f, MAILMOTE_POLL_IDLE);
  CHECK_TEXT(f.server.host, "mail.example.com");
  CHECK_NUMBER(f.server.port, 2525);
  CHECK_NUMBER(f.server.opened, 1);
  CHECK(f.server.closed >= 1 && !f.server.is_open);
  CHECK_TEXT(f.server.heard,
             "EHLO [192.0.2.7]\r\nMAIL FROM:<sensor@example.com> SIZE=35\r\nRCPT TO:<ops@example.com>\r\n"
             "RCPT TO:<boss@example.com>\r\nDATA\r\nSubject: Tank low\r\n\r\nLevel 3 %\r\n..\r\n.\r\nQUIT\r\n");
}

static void a_refused_recipient_is_told_apart(void) {
  static const rule_t rules[] = {HAS_ALL, {"RCPT TO:<gone@", "550 5.1.1 no such user\x1b[2J\r\n"}, TAKES_THE_REST};
  fixture_t f;
  mailmote_recipient_t to[2];
  mailmote_memory_message_t memory;
  char line[MAILMOTE_SENTENCE_SIZE];
  fixture_init(&f, rules);
  make_client(&f);
  mailmote_recipient_init(&to[0], "gone@example.com");
  mailmote_recipient_init(&to[1], "ops@example.com");
  send_mail(&f, mailmote_memory_message_init(&memory, NULL, to, 2, content, sizeof content - 1), MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_PARTLY_ACCEPTED);
  CHECK_NUMBER(mailmote_recipient_outcome(&to[0]), MAILMOTE_RECIPIENT_REJECTED_PERMANENTLY);
  CHECK_NUMBER(mailmote_recipient_code(&to[0]), 550);
  CHECK_NUMBER(mailmote_recipient_enhanced(&to[0]).status_class, 5);
  CHECK_NUMBER(mailmote_recipient_enhanced(&to[0]).subject, 1);
  CHECK_NUMBER(mailmote_recipient_enhanced(&to[0]).detail, 1);
  CHECK_NUMBER(mailmote_recipient_outcome(&to[1]), MAILMOTE_RECIPIENT_ACCEPTED);
  const mailmote_error_t error = mailmote_error(&f.client);
  CHECK_NUMBER(error.status, MAILMOTE_RECIPIENTS_REJECTED);
  CHECK_NUMBER(error.phase, MAILMOTE_PHASE_RCPT);
  CHECK_NUMBER(error.smtp_code, 550);
  CHECK_NUMBER(error.enhanced.detail, 1);
  CHECK_NUMBER(mailmote_advice(&f.client), MAILMOTE_ADVICE_NEVER);
  CHECK_TEXT(mailmote_describe(error, line, sizeof line),
             "rcpt: the server refuses recipients: see each one's reply (550 5.1.1)");
  CHECK_TEXT(mailmote_reply_text(&f.client, line, sizeof line), "5.1.1 no such user\\x1b[2J");
  CHECK_TEXT(mailmote_reply_text(&f.client, line, 6), "5.1.1");
  CHECK_TEXT(mailmote_reply_text(&f.client, line, 0), "");
  CHECK(strstr(f.server.heard, "MAIL FROM:<>") != NULL);
}

static void one_refused_recipient_stops_all_when_told_so(void) {
  static const rule_t rules[] = {HAS_ALL, {"RCPT TO:<gone@", "450 4.2.1 later\r\n"}, TAKES_THE_REST};
  fixture_t f;
  mailmote_recipient_t to[2];
  mailmote_memory_message_t memory;
  fixture_init(&f, rules);
  f.options.refused_recipient = MAILMOTE_REFUSED_RECIPIENT_ABORT;
  make_client(&f);
  mailmote_recipient_init(&to[0], "gone@example.com");
  mailmote_recipient_init(&to[1], "ops@example.com");
  send_mail(&f, mailmote_memory_message_init(&memory, "sensor@example.com", to, 2, content, sizeof content - 1),
            MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_REJECTED);
  CHECK_NUMBER(mailmote_recipient_outcome(&to[0]), MAILMOTE_RECIPIENT_REJECTED_TEMPORARILY);
  CHECK_NUMBER(mailmote_recipient_outcome(&to[1]), MAILMOTE_RECIPIENT_NOT_SENT);
  CHECK_NUMBER(mailmote_advice(&f.client), MAILMOTE_ADVICE_RETRY_LATER);
  CHECK(strstr(f.server.heard, "DATA") == NULL);
}

static void phase_and_round_trips_are_told_on_the_way(void) {
  static const rule_t silent_at_the_end[] = {HAS_ALL, {".", ""}, TAKES_THE_REST};
  fixture_t f;
  one_mail_t own;
  fixture_init(&f, silent_at_the_end);
  make_client(&f);
  mailmote_message_t *mail = to_ops(&own, content);
  CHECK_NUMBER(mailmote_start(&f.client, mail, MAILMOTE_AFTER_KEEP), MAILMOTE_OK);
  for (int polls = 0; polls < 100; ++polls) mailmote_poll(&f.client, f.now);
  CHECK_NUMBER(mailmote_phase(&f.client), MAILMOTE_PHASE_CONTENT);
  CHECK_NUMBER(mailmote_round_trips(&f.client), 2); /* for EHLO and for the group that ends with DATA */
  server_say(&f.server, "250 2.0.0 queued\r\n");
  poll_until(&f, MAILMOTE_POLL_DONE);
  CHECK_NUMBER(mailmote_phase(&f.client), MAILMOTE_PHASE_IDLE);
  CHECK_NUMBER(mailmote_round_trips(&f.client), 3);
}

static void a_kept_connection_serves_again(void) {
  fixture_t f;
  one_mail_t own;
  fixture_init(&f, kind_rules);
  make_client(&f);
  mailmote_message_t *mail = to_ops(&own, content);
  CHECK_NUMBER(mailmote_connect(&f.client), MAILMOTE_OK);
  poll_until(&f, MAILMOTE_POLL_DONE);
  CHECK(mailmote_connected(&f.client));
  send_mail(&f, mail, MAILMOTE_AFTER_KEEP);
  CHECK_NUMBER(mailmote_noop(&f.client), MAILMOTE_OK);
  poll_until(&f, MAILMOTE_POLL_DONE);
  send_mail(&f, mail, MAILMOTE_AFTER_KEEP);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_ACCEPTED);
  CHECK_NUMBER(mailmote_quit(&f.client), MAILMOTE_OK);
  poll_until(&f, MAILMOTE_POLL_DONE);
  CHECK_NUMBER(f.server.opened, 1);
  CHECK(!mailmote_connected(&f.client));
  CHECK(strstr(f.server.heard, "NOOP\r\n") != NULL && strstr(f.server.heard, "QUIT\r\n") != NULL);
}

static void chunking_is_used_when_named_and_offered(void) {
  static const rule_t rules[] = {{"EHLO", "250-mail.example.com\r\n250 CHUNKING\r\n"},
                                 {"BDAT", ""},
                                 {"Hello", "250 2.0.0 queued\r\n"},
                                 TAKES_THE_REST};
  static const char hello[] = "Hello\r\n";
  fixture_t f;
  one_mail_t own;
  fixture_init(&f, rules);
  mailmote_use_chunking(&f.options);
  make_client(&f);
  send_mail(&f, to_ops(&own, hello), MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_ACCEPTED);
  CHECK(strstr(f.server.heard, "BDAT 7 LAST\r\nHello\r\n") != NULL && strstr(f.server.heard, "DATA\r\n") == NULL);
}

static void commands_go_together_unless_told_otherwise(void) {
  for (int pipelining = 0; pipelining <= 1; ++pipelining) {
    fixture_t f;
    one_mail_t own;
    fixture_init(&f, kind_rules);
    if (!pipelining) f.options.pipelining = false;
    make_client(&f);
    send_mail(&f, to_ops(&own, content), MAILMOTE_AFTER_QUIT);
    CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_ACCEPTED);
    CHECK_NUMBER(f.server.heard_group, pipelining);
  }
}

static void capabilities_are_those_of_the_ehlo(void) {
  static const rule_t rules[] = {
      {"EHLO", "250-mail.example.com\r\n250-SIZE 4096\r\n250-LIMITS RCPTMAX=9 MAILMAX=8\r\n250 DSN\r\n"},
      TAKES_THE_REST};
  fixture_t f;
  fixture_init(&f, rules);
  f.options.helo = "sensor.example.com";
  make_client(&f);
  CHECK_NUMBER(mailmote_connect(&f.client), MAILMOTE_OK);
  poll_until(&f, MAILMOTE_POLL_DONE);
  const mailmote_capabilities_t offered = mailmote_capabilities(&f.client);
  CHECK_NUMBER(offered.flags,
               1 << MAILMOTE_EXTENSION_SIZE | 1 << MAILMOTE_EXTENSION_LIMITS | 1 << MAILMOTE_EXTENSION_DSN);
  CHECK_NUMBER(offered.size_max, 4096);
  CHECK_NUMBER(offered.rcpt_max, 9);
  CHECK_NUMBER(offered.mail_max, 8);
  CHECK_TEXT(f.server.heard, "EHLO sensor.example.com\r\n");
}

int main(void) {
  an_accepted_mail_is_sent_with_one_dialogue(4096, false);
  an_accepted_mail_is_sent_with_one_dialogue(1, true);
  a_refused_recipient_is_told_apart();
  one_refused_recipient_stops_all_when_told_so();
  phase_and_round_trips_are_told_on_the_way();
  a_kept_connection_serves_again();
  chunking_is_used_when_named_and_offered();
  commands_go_together_unless_told_otherwise();
  capabilities_are_those_of_the_ehlo();
  return result("c_send");
}
