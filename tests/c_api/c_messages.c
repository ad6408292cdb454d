/* Contents: a source written in C, and the text message. */
#include "check.h"

/* Hands out `text` in pieces, with nothing to give in between, and may break off. */
typedef struct {
  const char *text;
  mailmote_content_plan_t plan;
  mailmote_offer_t offered;
  size_t at;
  size_t breaks_at; /* 0: never */
  int starts;
  bool pauses;
} crumbs_t;

static mailmote_status_t crumbs_start(void *context, const mailmote_offer_t *offer, mailmote_content_plan_t *plan) {
  crumbs_t *crumbs = context;
  CHECK(plan->length == 0 && !plan->length_known && plan->form == MAILMOTE_CONTENT_ANY);
  crumbs->offered = *offer;
  crumbs->at = 0;
  ++crumbs->starts;
  *plan = crumbs->plan;
  return MAILMOTE_OK;
}

static mailmote_read_t crumbs_read(void *context, uint8_t *into, size_t size, size_t *n) {
  crumbs_t *crumbs = context;
  const size_t left = strlen(crumbs->text) - crumbs->at;
  crumbs->pauses = !crumbs->pauses;
  if (crumbs->pauses) return MAILMOTE_READ_WOULD_BLOCK;
  if (crumbs->breaks_at != 0 && crumbs->at >= crumbs->breaks_at) return MAILMOTE_READ_ERROR;
  *n = left < 7 ? left : 7;
  if (*n > size) *n = size;
  memcpy(into, crumbs->text + crumbs->at, *n);
  crumbs->at += *n;
  return crumbs->text[crumbs->at] == '\0' ? MAILMOTE_READ_END : MAILMOTE_READ_OK;
}

static const mailmote_source_ops_t crumbs_ops = {crumbs_start, crumbs_read};

static mailmote_recipient_t to[3];

/* Sends what `crumbs` has to offer to two recipients. */
static mailmote_status_t send_crumbs(fixture_t *f, const rule_t *rules, crumbs_t *crumbs) {
  static mailmote_source_message_t memory;
  fixture_init(f, rules);
  mailmote_use_chunking(&f->options);
  make_client(f);
  mailmote_recipient_init(&to[0], "ops@example.com");
  mailmote_recipient_init(&to[1], "boss@example.com");
  send_mail(f, mailmote_source_message_init(&memory, "a@example.com", to, 2, &crumbs_ops, crumbs), MAILMOTE_AFTER_QUIT);
  return mailmote_error(&f->client).status;
}

static void a_source_is_read_to_its_end(void) {
  crumbs_t crumbs = {0};
  fixture_t f;
  crumbs.text = "Subject: caf\xc3\xa9\r\n\r\n.dot\r\nlast line\r\n";
  crumbs.plan.eight_bit = true;
  CHECK_NUMBER(send_crumbs(&f, kind_rules, &crumbs), MAILMOTE_OK);
  CHECK(crumbs.offered.eight_bit && !crumbs.offered.smtputf8);
  CHECK(strstr(f.server.heard, "BODY=8BITMIME\r\n") != NULL);
  CHECK(strstr(f.server.heard, "DATA\r\nSubject: caf\xc3\xa9\r\n\r\n..dot\r\nlast line\r\n.\r\nQUIT\r\n") != NULL);
}

static void a_safe_source_of_known_length_is_announced_and_copied(void) {
  crumbs_t crumbs = {0};
  fixture_t f;
  crumbs.text = "Subject: x\r\n\r\nbody\r\n";
  crumbs.plan.form = MAILMOTE_CONTENT_SAFE;
  crumbs.plan.length_known = true;
  crumbs.plan.length = 20;
  CHECK_NUMBER(send_crumbs(&f, kind_rules, &crumbs), MAILMOTE_OK);
  CHECK(strstr(f.server.heard, "MAIL FROM:<a@example.com> SIZE=20\r\n") != NULL);
  crumbs.plan.length = 21;
  CHECK_NUMBER(send_crumbs(&f, kind_rules, &crumbs), MAILMOTE_SOURCE_LENGTH);
}

static void a_source_in_canonical_form_need_not_be_measured(void) {
  static const rule_t rules[] = {{"EHLO", "250-mail.example.com\r\n250 CHUNKING\r\n"},
                                 {"BDAT", ""}, {"Subject", ""}, {"\r\n", ""}, {"body", "250 2.0.0 queued\r\n"},
                                 TAKES_THE_REST};
  crumbs_t crumbs = {0};
  fixture_t f;
  crumbs.text = "Subject: x\r\n\r\nbody\r\n";
  crumbs.plan.form = MAILMOTE_CONTENT_CANONICAL;
  crumbs.plan.length_known = true;
  crumbs.plan.length = 20;
  crumbs.plan.rewindable = true;
  CHECK_NUMBER(send_crumbs(&f, rules, &crumbs), MAILMOTE_OK);
  CHECK(strstr(f.server.heard, "BDAT 20 LAST\r\n") != NULL);
  CHECK_NUMBER(crumbs.starts, 1);
}

static void a_second_transaction_needs_a_source_that_starts_again(void) {
  static const rule_t rules[] = {{"EHLO", "250-mail.example.com\r\n250 LIMITS RCPTMAX=1\r\n"}, TAKES_THE_REST};
  crumbs_t crumbs = {0};
  fixture_t f;
  crumbs.text = "Subject: x\r\n\r\nbody\r\n";
  CHECK_NUMBER(send_crumbs(&f, rules, &crumbs), MAILMOTE_SOURCE_NOT_REWINDABLE);
  CHECK_NUMBER(mailmote_recipient_outcome(&to[0]), MAILMOTE_RECIPIENT_ACCEPTED);
  CHECK_NUMBER(mailmote_recipient_outcome(&to[1]), MAILMOTE_RECIPIENT_NOT_SENT);
  crumbs.plan.rewindable = true;
  CHECK_NUMBER(send_crumbs(&f, rules, &crumbs), MAILMOTE_OK);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_ACCEPTED);
}

static void utf8_in_the_header_needs_the_extension(void) {
  crumbs_t crumbs = {0};
  fixture_t f;
  crumbs.text = "Subject: caf\xc3\xa9\r\n\r\nbody\r\n";
  crumbs.plan.smtputf8 = true;
  CHECK_NUMBER(send_crumbs(&f, kind_rules, &crumbs), MAILMOTE_SMTPUTF8_NOT_OFFERED);
}

static void a_source_that_breaks_off_sends_nothing(void) {
  crumbs_t crumbs = {0};
  fixture_t f;
  crumbs.text = "Subject: x\r\n\r\nbody that never ends\r\n";
  crumbs.breaks_at = 14;
  CHECK_NUMBER(send_crumbs(&f, kind_rules, &crumbs), MAILMOTE_SOURCE_FAILED);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_NOT_SENT);
  CHECK(strstr(f.server.heard, "\r\n.\r\n") == NULL);
}

/* Says what it is only when asked for the third time, with what it said before. */
static mailmote_status_t slow_start(void *context, const mailmote_offer_t *offer, mailmote_content_plan_t *plan) {
  crumbs_t *crumbs = context;
  crumbs->offered = *offer;
  CHECK_NUMBER(plan->length, crumbs->starts);
  plan->length = (uint32_t)++crumbs->starts;
  plan->unfinished = crumbs->starts < 3;
  crumbs->at = 0;
  return crumbs->starts < 5 ? MAILMOTE_OK : MAILMOTE_SOURCE_FAILED;
}

static void a_source_may_start_in_several_steps(void) {
  static const mailmote_source_ops_t slow_ops = {slow_start, crumbs_read};
  mailmote_source_message_t memory;
  crumbs_t crumbs = {0};
  fixture_t f;
  crumbs.text = "Subject: x\r\n\r\nbody\r\n";
  fixture_init(&f, kind_rules);
  make_client(&f);
  mailmote_recipient_init(&to[0], "ops@example.com");
  send_mail(&f, mailmote_source_message_init(&memory, "a@example.com", to, 1, &slow_ops, &crumbs), MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_OK);
  CHECK_NUMBER(crumbs.starts, 3);
  CHECK(!crumbs.offered.encodes && !crumbs.offered.binary_mime);
  CHECK(strstr(f.server.heard, "DATA\r\nSubject: x\r\n\r\nbody\r\n.\r\n") != NULL);
}

static uint32_t noon(void *context) {
  (void)context;
  return 1795262400; /* 2026-11-21 12:00:00 UTC */
}

static void a_text_message_is_composed(void) {
  fixture_t f;
  mailmote_text_message_t memory;
  fixture_init(&f, kind_rules);
  f.options.clock = noon;
  make_client(&f);
  mailmote_recipient_init(&to[0], "ops@example.com");
  mailmote_recipient_set_display_name(&to[0], "Night Shift");
  mailmote_recipient_init(&to[1], "boss@example.com");
  mailmote_recipient_set_kind(&to[1], MAILMOTE_CC);
  mailmote_recipient_init(&to[2], "audit@example.com");
  mailmote_recipient_set_kind(&to[2], MAILMOTE_BCC);
  send_mail(&f, mailmote_text_message_init(&memory, "sensor@example.com", to, 3, "Tank low", "Level 3 %\n"),
            MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_ACCEPTED);
  const char *header = strstr(f.server.heard, "DATA\r\n");
  CHECK(header != NULL);
  if (header == NULL) return;
  CHECK(strstr(header, "From: sensor@example.com\r\n") != NULL);
  CHECK(strstr(header, "Night Shift") != NULL && strstr(header, "<ops@example.com>\r\n") != NULL);
  CHECK(strstr(header, "Cc: ") != NULL && strstr(header, "boss@example.com") != NULL);
  CHECK(strstr(header, "audit@example.com") == NULL);
  CHECK(strstr(header, "Subject: Tank low\r\n") != NULL);
  CHECK(strstr(header, "Date: Sat, 21 Nov 2026 12:00:00 +0000\r\n") != NULL);
  CHECK(strstr(header, "\r\n\r\nLevel 3 %\r\n.\r\n") != NULL);
}

static void a_header_that_would_break_the_mail_is_refused(void) {
  fixture_t f;
  mailmote_text_message_t memory;
  fixture_init(&f, kind_rules);
  make_client(&f);
  mailmote_recipient_init(&to[0], "ops@example.com");
  send_mail(&f, mailmote_text_message_init(&memory, "a@example.com", to, 1, "Tank\r\nBcc: all@example.com", "x"),
            MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_INVALID_HEADER);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_NOT_SENT);
  CHECK(strstr(f.server.heard, "Bcc") == NULL);
}

int main(void) {
  a_source_is_read_to_its_end();
  a_safe_source_of_known_length_is_announced_and_copied();
  a_source_in_canonical_form_need_not_be_measured();
  a_second_transaction_needs_a_source_that_starts_again();
  utf8_in_the_header_needs_the_extension();
  a_source_that_breaks_off_sends_nothing();
  a_source_may_start_in_several_steps();
  a_text_message_is_composed();
  a_header_that_would_break_the_mail_is_refused();
  return result("c_messages");
}
