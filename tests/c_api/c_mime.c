/* Mails of several parts, more of the header, whole messages with blind recipients, and reports. */
#include "check.h"

static mailmote_recipient_t to[2];

static bool heard(const fixture_t *f, const char *text) { return strstr(f->server.heard, text) != NULL; }

static void begin(fixture_t *f, const rule_t *rules) {
  fixture_init(f, rules);
  make_client(f);
  mailmote_recipient_init(&to[0], "ops@example.com");
  mailmote_recipient_init(&to[1], "boss@example.com");
}

static void text_html_picture_and_file_make_one_mail(void) {
  static mailmote_mime_message_t memory;
  mailmote_memory_source_t octets[5];
  mailmote_text_part_t text;
  mailmote_part_t html, picture, files[2];
  fixture_t f;
  begin(&f, kind_rules);
  mailmote_text_part_init(&text, mailmote_memory_source_init(&octets[0], "Level 3 %\n", 10), false);
  mailmote_html_part_init(&html, mailmote_memory_source_init(&octets[1], "<img src=\"cid:p\">\n", 18));
  mailmote_inline_init(&picture, "p", "image/png", mailmote_memory_source_init(&octets[2], "\x89PNG", 4), NULL);
  mailmote_attachment_init(&files[0], "log.bin", "application/octet-stream",
                           mailmote_memory_source_init(&octets[3], "\0\1\2", 3));
  mailmote_attachment_init(&files[1], "a.txt", "text/plain", mailmote_memory_source_init(&octets[4], "abc\n", 4));
  mailmote_part_set_encoding(&files[1], MAILMOTE_ENCODING_BASE64);
  mailmote_message_t *mail = mailmote_mime_message_init(&memory, "sensor@example.com", to, 1, "Tank low");
  mailmote_mime_message_set_text(&memory, &text);
  mailmote_mime_message_set_html(&memory, &html);
  mailmote_mime_message_set_inlines(&memory, &picture, 1);
  mailmote_mime_message_set_attachments(&memory, files, 2);
  send_mail(&f, mail, MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_ACCEPTED);
  CHECK(heard(&f, "multipart/mixed") && heard(&f, "multipart/alternative") && heard(&f, "multipart/related"));
  CHECK(heard(&f, "\r\nLevel 3 %\r\n") && heard(&f, "Content-ID: <p>\r\n") && heard(&f, "\r\niVBORw==\r\n"));
  CHECK(heard(&f, "filename=\"log.bin\"") || heard(&f, "filename=log.bin"));
  CHECK(heard(&f, "\r\nAAEC\r\n") && heard(&f, "\r\nYWJjCg==\r\n"));
}

/* A file that is made as it is asked for: `left` times the octet 'x'. */
static mailmote_status_t crosses_start(void *context, const mailmote_offer_t *offer, mailmote_content_plan_t *plan) {
  (void)offer;
  *(int *)context = 6;
  plan->length = 6;
  plan->length_known = plan->rewindable = true;
  return MAILMOTE_OK;
}

static mailmote_read_t crosses_read(void *context, uint8_t *into, size_t size, size_t *n) {
  int *left = context;
  CHECK(size >= 16);
  if (*left == 0) return MAILMOTE_READ_END;
  into[0] = 'x';
  *n = 1;
  --*left;
  return MAILMOTE_READ_OK;
}

static void an_attachment_may_be_made_on_the_fly(void) {
  static const mailmote_source_ops_t crosses = {crosses_start, crosses_read};
  static mailmote_mime_message_t memory;
  mailmote_custom_source_t source;
  mailmote_part_t file;
  int left = 0;
  fixture_t f;
  begin(&f, kind_rules);
  mailmote_attachment_init(&file, NULL, "application/octet-stream",
                           mailmote_custom_source_init(&source, &crosses, &left));
  mailmote_message_t *mail = mailmote_mime_message_init(&memory, "sensor@example.com", to, 1, "x");
  mailmote_mime_message_set_attachments(&memory, &file, 1);
  send_mail(&f, mail, MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_ACCEPTED);
  CHECK(heard(&f, "\r\neHh4eHh4\r\n"));
}

static uint32_t november(void *context) {
  (void)context;
  return 1795237200U;
}

static void a_text_mail_may_say_more_in_its_header(void) {
  static mailmote_text_message_t memory;
  mailmote_header_t headers[2];
  mailmote_fields_t fields;
  fixture_t f;
  begin(&f, kind_rules);
  f.options.clock = november;
  make_client(&f);
  mailmote_header_init(&headers[0], "X-Tank", "gr\xc3\xbcn", false);
  mailmote_header_init(&headers[1], "In-Reply-To", "<1@example.com>", true);
  mailmote_fields_init(&fields);
  fields.from_name = "Tank 3";
  fields.sender = "pump@example.com";
  fields.sender_name = "Pump 1";
  fields.reply_to = "desk@example.com";
  fields.reply_to_name = "The Desk";
  fields.to_group = "Night shift";
  fields.date = 1795237201U;
  fields.message_id = "<42@example.com>";
  fields.headers = headers;
  fields.header_count = 2;
  fields.auto_submitted = false;
  mailmote_message_t *mail = mailmote_text_message_init(&memory, "sensor@example.com", to, 2, "x", "y");
  mailmote_text_message_set_fields(&memory, &fields);
  mailmote_message_set_sender(mail, NULL);
  send_mail(&f, mail, MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_ACCEPTED);
  CHECK(heard(&f, "MAIL FROM:<> ") && heard(&f, "From: Tank 3 <sensor@example.com>\r\n"));
  CHECK(heard(&f, "\r\nSender: Pump 1 <pump@example.com>\r\n") && heard(&f, "\r\nTo: Night shift:"));
  CHECK(heard(&f, "\r\nDate: Sat, 21 Nov 2026 05:00:01 +0000\r\n"));
  CHECK(heard(&f, "Reply-To: The Desk <desk@example.com>\r\n") && heard(&f, "Message-ID: <42@example.com>\r\n"));
  CHECK(heard(&f, "X-Tank: =?utf-8?") && heard(&f, "In-Reply-To: <1@example.com>\r\n"));
  CHECK(!heard(&f, "Auto-Submitted"));
}

static void a_header_that_cannot_stand_is_named(void) {
  static mailmote_mime_message_t memory;
  mailmote_header_t header;
  mailmote_fields_t fields;
  fixture_t f;
  begin(&f, kind_rules);
  mailmote_header_init(&header, "Subject", "again", false);
  mailmote_fields_init(&fields);
  fields.headers = &header;
  fields.header_count = 1;
  mailmote_message_t *mail = mailmote_mime_message_init(&memory, "sensor@example.com", to, 1, "x");
  mailmote_mime_message_set_fields(&memory, &fields);
  send_mail(&f, mail, MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_DUPLICATE_HEADER);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_NOT_SENT);
}

static void a_raw_message_loses_its_blind_recipients(void) {
  static const char content[] = "Subject: x\r\nBcc: boss@example.com\r\n\r\ny\r\n";
  mailmote_raw_message_t memory;
  mailmote_memory_source_t source;
  fixture_t f;
  begin(&f, kind_rules);
  send_mail(&f,
            mailmote_raw_message_init(&memory, "sensor@example.com", to, 2,
                                      mailmote_memory_source_init(&source, content, sizeof content - 1)),
            MAILMOTE_AFTER_QUIT);
  CHECK(heard(&f, "DATA\r\nSubject: x\r\n\r\ny\r\n.\r\n"));
}

static void reports_are_asked_for_where_they_are_offered(void) {
  static const rule_t offers_dsn[] = {{"EHLO", "250-mail.example.com\r\n250 DSN\r\n"}, TAKES_THE_REST};
  mailmote_memory_message_t memory;
  mailmote_recipient_dsn_t wishes[2];
  mailmote_dsn_t dsn;
  fixture_t f;
  begin(&f, offers_dsn);
  mailmote_dsn_init(&dsn, MAILMOTE_NOTIFY_NEVER, MAILMOTE_DSN_RETURN_HEADERS, "pump3-4711", true);
  mailmote_recipient_dsn_init(&wishes[0], MAILMOTE_NOTIFY_SUCCESS | MAILMOTE_NOTIFY_FAILURE, "first@example.com");
  mailmote_recipient_dsn_init(&wishes[1], MAILMOTE_NOTIFY_NEVER, NULL);
  mailmote_dsn_set_recipients(&dsn, wishes, 2);
  mailmote_message_t *mail = mailmote_memory_message_init(&memory, "a@example.com", to, 2, "\r\n", 2);
  mailmote_message_set_dsn(mail, &dsn);
  send_mail(&f, mail, MAILMOTE_AFTER_QUIT);
  CHECK(heard(&f, "RET=HDRS") && heard(&f, "ENVID=pump3-4711"));
  CHECK(heard(&f, "<ops@example.com> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;first@example.com\r\n"));
  CHECK(heard(&f, "<boss@example.com> NOTIFY=NEVER\r\n"));
  CHECK(mailmote_dsn_asked(&dsn));
  begin(&f, kind_rules);
  send_mail(&f, mail, MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_DSN_NOT_OFFERED);
  CHECK(!mailmote_dsn_asked(&dsn));
  mailmote_dsn_set_recipients(&dsn, wishes, 1);
  CHECK_NUMBER(mailmote_start(&f.client, mail, MAILMOTE_AFTER_QUIT), MAILMOTE_INVALID_DSN);
}

static void a_binary_part_goes_octet_by_octet_where_that_is_offered(void) {
  static const rule_t offers_binary[] = {
      {"EHLO", "250-mail.example.com\r\n250-8BITMIME\r\n250-CHUNKING\r\n250 BINARYMIME\r\n"},
      {"MAIL", "250 ok\r\n"}, {"RCPT", "250 ok\r\n"}, {"\xff\1\n", "250 2.0.0 queued\r\n"}, {"", ""}, {NULL, NULL}};
  static const char octets[] = "\r.\n\xff\1\n";
  static mailmote_mime_message_t memory;
  for (int chunking = 0; chunking <= 1; ++chunking) {
    mailmote_memory_source_t source;
    mailmote_part_t file;
    fixture_t f;
    begin(&f, offers_binary);
    if (chunking) mailmote_use_chunking(&f.options);
    make_client(&f);
    mailmote_attachment_init(&file, NULL, "application/octet-stream", mailmote_memory_source_init(&source, octets, 6));
    mailmote_part_set_encoding(&file, MAILMOTE_ENCODING_BINARY);
    mailmote_message_t *mail = mailmote_mime_message_init(&memory, "sensor@example.com", to, 1, "x");
    mailmote_mime_message_set_attachments(&memory, &file, 1);
    send_mail(&f, mail, MAILMOTE_AFTER_QUIT);
    CHECK(heard(&f, "BODY=BINARYMIME") == (chunking != 0));
    CHECK_NUMBER(mailmote_error(&f.client).status, chunking ? MAILMOTE_OK : MAILMOTE_BINARY_MIME_NOT_OFFERED);
    CHECK(heard(&f, octets) == (chunking != 0));
  }
}

static bool sevens(void *context, uint8_t *out, size_t size) {
  (void)context;
  memset(out, 0x77, size);
  return true;
}

static void a_message_id_is_random(void) {
  const mailmote_random_t none = {NULL, NULL};
  const mailmote_random_t random = {sevens, NULL};
  char id[64];
  CHECK_NUMBER(mailmote_make_message_id(none, "example.com", id, sizeof id), MAILMOTE_NO_RANDOM_SOURCE);
  CHECK_NUMBER(mailmote_make_message_id(random, "example.com", id, 20), MAILMOTE_OUT_OF_SPACE);
  CHECK_NUMBER(mailmote_make_message_id(random, "a b", id, sizeof id), MAILMOTE_INVALID_HEADER);
  CHECK_NUMBER(mailmote_make_message_id(random, "example.com", id, sizeof id), MAILMOTE_OK);
  CHECK_TEXT(id, "<77777777777777777777777777777777@example.com>");
}

int main(void) {
  text_html_picture_and_file_make_one_mail();
  an_attachment_may_be_made_on_the_fly();
  a_text_mail_may_say_more_in_its_header();
  a_header_that_cannot_stand_is_named();
  a_raw_message_loses_its_blind_recipients();
  reports_are_asked_for_where_they_are_offered();
  a_binary_part_goes_octet_by_octet_where_that_is_offered();
  a_message_id_is_random();
  return result("c_mime");
}
