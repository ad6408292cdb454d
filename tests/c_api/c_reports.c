/* What comes back to a program in C: reports of TLS member by member, replies to recipients, what a server offers. */
#include "check.h"

/* A stream with TLS that reports what it is told to. */
typedef struct {
  server_t server; /* first, so that the functions of server_ops take a reporter_t as well */
  mailmote_tls_report_t report;
} reporter_t;

static mailmote_io_t reporter_start_tls(void *context) {
  (void)context;
  return MAILMOTE_IO_OK;
}

static void reporter_report(void *context, mailmote_tls_report_t *report) {
  *report = ((const reporter_t *)context)->report;
}

static const mailmote_tls_ops_t reporter_tls_ops = {reporter_start_tls, reporter_report};

static mailmote_octets_t octets(const char *text) {
  const mailmote_octets_t same = {text, strlen(text)};
  return same;
}

static bool are_same(mailmote_octets_t a, mailmote_octets_t b) {
  return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* The report as it comes back through the library. */
static mailmote_tls_report_t reported(reporter_t *reporter) {
  mailmote_custom_tls_stream_t memory;
  mailmote_tls_report_t report;
  memset(&report, 0x5a, sizeof report);
  mailmote_stream_t *stream = mailmote_custom_tls_stream_init(&memory, &server_ops, &reporter_tls_ops, reporter);
  CHECK(mailmote_tls_report(stream, &report));
  return report;
}

static void a_report_comes_back_as_it_was_given(void) {
  reporter_t reporter;
  memset(&reporter, 0, sizeof reporter);
  mailmote_tls_report_t *const given = &reporter.report;
  given->version = MAILMOTE_TLS_1_2;
  given->cipher = octets("TLS-ECDHE-ECDSA-WITH-AES-128-GCM-SHA256");
  given->subject = octets("CN=mail.example.com");
  given->names = octets("mail.example.com 192.0.2.1");
  given->not_before = 1;
  given->not_after = 2;
  for (unsigned i = 0; i < sizeof given->spki.sha256; ++i) given->spki.sha256[i] = (uint8_t)(i + 1);
  given->valid_from = 3;
  given->valid_until = 4;
  given->alert = 5;
  const mailmote_tls_report_t report = reported(&reporter);
  CHECK_NUMBER(report.version, MAILMOTE_TLS_1_2);
  CHECK(are_same(report.cipher, given->cipher) && are_same(report.subject, given->subject));
  CHECK(are_same(report.names, given->names));
  CHECK_NUMBER(report.not_before, 1);
  CHECK_NUMBER(report.not_after, 2);
  CHECK(memcmp(&report.spki, &given->spki, sizeof report.spki) == 0);
  CHECK_NUMBER(report.valid_from, 3);
  CHECK_NUMBER(report.valid_until, 4);
  CHECK_NUMBER(report.alert, 5);
}

static size_t flags_of(const mailmote_tls_report_t *report) {
  const bool flags[] = {report->names_cut,    report->answered,     report->established,  report->resumed,
                        report->chain_verified, report->pin_verified, report->host_verified, report->time_checked,
                        report->downgraded,   report->certificate_wanted};
  size_t bits = 0;
  for (size_t i = 0; i < sizeof flags / sizeof *flags; ++i) bits |= (size_t)flags[i] << i;
  return bits;
}

static void each_flag_of_a_report_stands_for_itself(void) {
  for (size_t set = 0; set < 10; ++set) {
    reporter_t reporter;
    memset(&reporter, 0, sizeof reporter);
    bool *const flags[] = {&reporter.report.names_cut,      &reporter.report.answered,
                           &reporter.report.established,    &reporter.report.resumed,
                           &reporter.report.chain_verified, &reporter.report.pin_verified,
                           &reporter.report.host_verified,  &reporter.report.time_checked,
                           &reporter.report.downgraded,     &reporter.report.certificate_wanted};
    *flags[set] = true;
    const mailmote_tls_report_t report = reported(&reporter);
    CHECK_NUMBER(flags_of(&report), (size_t)1 << set);
  }
}

/* The words on each recipient. */
typedef struct {
  unsigned count;
  uint16_t codes[4];
  uint16_t details[4];
  char texts[4][32];
} verdicts_t;

static void on_recipient(void *context, size_t index, const mailmote_reply_t *reply) {
  verdicts_t *verdicts = context;
  ++verdicts->count;
  if (index >= 4) return;
  verdicts->codes[index] = reply->code;
  verdicts->details[index] = reply->enhanced.detail;
  mailmote_escape(reply->text.data, reply->text.size, verdicts->texts[index], sizeof verdicts->texts[index]);
}

static void an_observer_hears_the_word_on_each_recipient(void) {
  static const rule_t rules[] = {HAS_ALL, {"RCPT TO:<gone@", "550 5.1.1 no such user\r\n"}, TAKES_THE_REST};
  static const mailmote_observer_ops_t ops = {NULL, NULL, on_recipient};
  mailmote_observer_t observer;
  mailmote_memory_message_t memory;
  mailmote_recipient_t to[2];
  verdicts_t verdicts;
  fixture_t f;
  memset(&verdicts, 0, sizeof verdicts);
  fixture_init(&f, rules);
  f.options.observer = mailmote_observer_init(&observer, &ops, &verdicts);
  make_client(&f);
  mailmote_recipient_init(&to[0], "ops@example.com");
  mailmote_recipient_init(&to[1], "gone@example.com");
  send_mail(&f, mailmote_memory_message_init(&memory, "a@example.com", to, 2, "\r\n", 2), MAILMOTE_AFTER_QUIT);
  CHECK(verdicts.count >= 2);
  CHECK_NUMBER(verdicts.codes[0], 250);
  CHECK_NUMBER(verdicts.details[0], 0);
  CHECK_TEXT(verdicts.texts[0], "2.0.0 queued");
  CHECK_NUMBER(verdicts.codes[1], 550);
  CHECK_NUMBER(verdicts.details[1], 1);
  CHECK_TEXT(verdicts.texts[1], "5.1.1 no such user");
}

static void every_extension_has_its_bit(void) {
  static const struct {
    const char *reply;
    int bit;
  } rows[] = {{"SIZE", MAILMOTE_EXTENSION_SIZE},
              {"PIPELINING", MAILMOTE_EXTENSION_PIPELINING},
              {"8BITMIME", MAILMOTE_EXTENSION_EIGHT_BIT_MIME},
              {"SMTPUTF8", MAILMOTE_EXTENSION_SMTPUTF8},
              {"CHUNKING", MAILMOTE_EXTENSION_CHUNKING},
              {"BINARYMIME", MAILMOTE_EXTENSION_BINARY_MIME},
              {"DSN", MAILMOTE_EXTENSION_DSN},
              {"ENHANCEDSTATUSCODES", MAILMOTE_EXTENSION_ENHANCED_STATUS_CODES},
              {"STARTTLS", MAILMOTE_EXTENSION_STARTTLS},
              {"REQUIRETLS", MAILMOTE_EXTENSION_REQUIRE_TLS},
              {"LIMITS RCPTDOMAINMAX=3", MAILMOTE_EXTENSION_LIMITS},
              {"AUTH PLAIN", MAILMOTE_EXTENSION_AUTH}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    char reply[64];
    const rule_t rules[] = {{"EHLO", reply}, TAKES_THE_REST};
    fixture_t f;
    snprintf(reply, sizeof reply, "250-mail.example.com\r\n250 %s\r\n", rows[i].reply);
    fixture_init(&f, rules);
    make_client(&f);
    CHECK_NUMBER(mailmote_get_capabilities(&f.client), MAILMOTE_OK);
    poll_until(&f, MAILMOTE_POLL_DONE);
    const mailmote_capabilities_t offered = mailmote_capabilities(&f.client);
    CHECK_NUMBER(offered.flags, 1 << rows[i].bit);
    CHECK_NUMBER(offered.rcpt_domain_max, rows[i].bit == MAILMOTE_EXTENSION_LIMITS ? 3 : 0);
  }
}

int main(void) {
  a_report_comes_back_as_it_was_given();
  each_flag_of_a_report_stands_for_itself();
  an_observer_hears_the_word_on_each_recipient();
  every_extension_has_its_bit();
  return result("c_reports");
}
