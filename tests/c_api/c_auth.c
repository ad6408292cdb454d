/* Logging in: which mechanism, what is said, what is kept secret, and tokens that come later. */
#include "check.h"

#define OFFERS(mechanisms) {"EHLO", "250-mail.example.com\r\n250 AUTH " mechanisms "\r\n"}

static const mailmote_random_t no_random = {NULL, NULL};
static const mailmote_credentials_t sensor = {"sensor", "secret", NULL};

static mailmote_password_mechanism_t plain, login, cram_md5;
static mailmote_external_mechanism_t external;
static mailmote_token_mechanism_t token;
static mailmote_auth_t auth;
static mailmote_mechanism_t *allowed[5];

/* Validates the credentials with the first `count` of `allowed`. */
static mailmote_status_t validate(fixture_t *f, const rule_t *rules, size_t count) {
  static uint8_t rx[MAILMOTE_MIN_RX_AUTH];
  fixture_init(f, rules);
  f->options.allow_cleartext_credentials = true;
  f->options.auth = mailmote_auth_init(&auth, allowed, count, no_random);
  CHECK_NUMBER(mailmote_client_init(&f->client, sizeof f->client, f->stream, &f->options, rx, sizeof rx, f->tx,
                                    sizeof f->tx),
               MAILMOTE_OK);
  CHECK_NUMBER(mailmote_validate_credentials(&f->client), MAILMOTE_OK);
  poll_until(f, MAILMOTE_POLL_DONE);
  return mailmote_error(&f->client).status;
}

static void the_first_allowed_one_that_is_offered_is_used(void) {
  static const rule_t rules[] = {OFFERS("LOGIN PLAIN X-OTHER"), {"AUTH PLAIN AHNlbnNvcgBzZWNyZXQ=", "235 2.7.0 ok\r\n"},
                                 TAKES_THE_REST};
  fixture_t f;
  allowed[0] = mailmote_cram_md5_init(&cram_md5, &sensor);
  allowed[1] = mailmote_plain_init(&plain, &sensor);
  allowed[2] = mailmote_login_init(&login, &sensor);
  CHECK_NUMBER(validate(&f, rules, 3), MAILMOTE_OK);
  CHECK_NUMBER(mailmote_credential_check(&f.client), MAILMOTE_CREDENTIALS_VALID);
  CHECK_TEXT(mailmote_auth_used(&auth), "PLAIN");
  CHECK_NUMBER(mailmote_auth_allowed(&auth), 1 << MAILMOTE_MECHANISM_PLAIN | 1 << MAILMOTE_MECHANISM_LOGIN |
                                                 1 << MAILMOTE_MECHANISM_CRAM_MD5);
  CHECK_NUMBER(mailmote_auth_offered(&auth), 1 << MAILMOTE_MECHANISM_PLAIN | 1 << MAILMOTE_MECHANISM_LOGIN);
}

static void cram_md5_answers_a_challenge(void) { /* the example of RFC 2195 */
  static const rule_t rules[] = {
      OFFERS("CRAM-MD5"),
      {"AUTH CRAM-MD5", "334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\r\n"},
      {"dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\r\n", "235 2.7.0 ok\r\n"},
      TAKES_THE_REST};
  static const mailmote_credentials_t tim = {"tim", "tanstaaftanstaaf", NULL};
  fixture_t f;
  allowed[0] = mailmote_cram_md5_init(&cram_md5, &tim);
  CHECK_NUMBER(validate(&f, rules, 1), MAILMOTE_OK);
}

static void login_and_external_say_who_they_are(void) {
  static const rule_t by_login[] = {
      OFFERS("LOGIN"), {"AUTH LOGIN c2Vuc29y", "334 UGFzc3dvcmQ6\r\n"}, {"c2VjcmV0\r\n", "235 ok\r\n"}, TAKES_THE_REST};
  static const rule_t by_external[] = {OFFERS("EXTERNAL"), {"AUTH EXTERNAL cHVtcA==\r\n", "235 ok\r\n"},
                                       TAKES_THE_REST};
  fixture_t f;
  allowed[0] = mailmote_login_init(&login, &sensor);
  CHECK_NUMBER(validate(&f, by_login, 1), MAILMOTE_OK);
  allowed[0] = mailmote_external_init(&external, "pump");
  CHECK_NUMBER(validate(&f, by_external, 1), MAILMOTE_OK);
}

static void a_refused_password_is_named_and_explained(void) {
  static const rule_t rules[] = {OFFERS("PLAIN"), {"AUTH", "535 5.7.8 Username and Password not accepted\r\n"},
                                 TAKES_THE_REST};
  fixture_t f;
  allowed[0] = mailmote_plain_init(&plain, &sensor);
  CHECK_NUMBER(validate(&f, rules, 1), MAILMOTE_AUTH_REJECTED);
  CHECK_NUMBER(mailmote_credential_check(&f.client), MAILMOTE_CREDENTIALS_INVALID);
  CHECK_NUMBER(mailmote_error(&f.client).phase, MAILMOTE_PHASE_AUTH);
  CHECK(strstr(mailmote_auth_advice(&f.client), "password") != NULL);
}

static void what_cannot_be_is_named(void) {
  static const rule_t offers_login[] = {OFFERS("LOGIN"), TAKES_THE_REST};
  static const rule_t offers_nothing[] = {{"EHLO", "250 mail.example.com\r\n"}, TAKES_THE_REST};
  static const mailmote_credentials_t acting = {"sensor", "secret", "boss"};
  fixture_t f;
  allowed[0] = mailmote_plain_init(&plain, &sensor);
  CHECK_NUMBER(validate(&f, offers_login, 1), MAILMOTE_NO_COMMON_MECHANISM);
  CHECK_NUMBER(validate(&f, offers_nothing, 1), MAILMOTE_AUTH_NOT_OFFERED);
  CHECK_TEXT(mailmote_auth_used(&auth), "");
  allowed[0] = mailmote_login_init(&login, &acting);
  CHECK_NUMBER(validate(&f, offers_login, 1), MAILMOTE_INVALID_CREDENTIALS);
  CHECK_NUMBER(mailmote_credential_check(&f.client), MAILMOTE_CREDENTIALS_COULD_NOT_TELL);
}

static void credentials_do_not_go_in_clear_unless_allowed(void) {
  static const rule_t rules[] = {OFFERS("PLAIN"), TAKES_THE_REST};
  fixture_t f;
  fixture_init(&f, rules);
  allowed[0] = mailmote_plain_init(&plain, &sensor);
  f.options.auth = mailmote_auth_init(&auth, allowed, 1, no_random);
  make_client(&f);
  CHECK_NUMBER(mailmote_validate_credentials(&f.client), MAILMOTE_OK);
  poll_until(&f, MAILMOTE_POLL_DONE);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_CLEARTEXT_CREDENTIALS_REFUSED);
  CHECK(strstr(f.server.heard, "AUTH") == NULL);
}

/* A token that comes with the third question, or never. */
typedef struct {
  int asked;
  mailmote_token_state_t then;
} fetcher_t;

static mailmote_token_state_t fetch(void *context, const char **answer) {
  fetcher_t *fetcher = context;
  if (++fetcher->asked < 3) return MAILMOTE_TOKEN_NOT_YET;
  *answer = "ya29.x";
  return fetcher->then;
}

#define XOAUTH2_RESPONSE "dXNlcj1zZW5zb3IBYXV0aD1CZWFyZXIgeWEyOS54AQE=" /* user=sensor^Aauth=Bearer ya29.x^A^A */

static void a_token_may_come_later(void) {
  static const rule_t rules[] = {OFFERS("XOAUTH2"), {"AUTH XOAUTH2 " XOAUTH2_RESPONSE "\r\n", "235 ok\r\n"},
                                 TAKES_THE_REST};
  fetcher_t fetcher = {0, MAILMOTE_TOKEN_READY};
  const mailmote_token_source_t source = {NULL, fetch, &fetcher};
  fixture_t f;
  allowed[0] = mailmote_xoauth2_init(&token, "sensor", &source);
  CHECK_NUMBER(validate(&f, rules, 1), MAILMOTE_OK);
  CHECK_NUMBER(fetcher.asked, 3);
  fetcher.asked = 0;
  fetcher.then = MAILMOTE_TOKEN_NOT_AVAILABLE;
  CHECK_NUMBER(validate(&f, rules, 1), MAILMOTE_TOKEN_FAILED);
  fetcher.asked = -1000000;
  f.options.timeouts.source = 100;
  CHECK_NUMBER(mailmote_client_init(&f.client, sizeof f.client, f.stream, &f.options, f.rx, sizeof f.rx, f.tx,
                                    sizeof f.tx),
               MAILMOTE_OK);
  CHECK_NUMBER(mailmote_validate_credentials(&f.client), MAILMOTE_OK);
  poll_until(&f, MAILMOTE_POLL_DONE);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_TOKEN_TIMEOUT);
}

static void a_refused_token_leaves_the_servers_word(void) {
  static const rule_t rules[] = {OFFERS("OAUTHBEARER"),
                                 {"AUTH OAUTHBEARER", "334 eyJzdGF0dXMiOiI0MDEifQ==\r\n"}, /* {"status":"401"} */
                                 {"AQ==\r\n", "535 5.7.8 no\r\n"},
                                 TAKES_THE_REST};
  const mailmote_token_source_t source = {"ya29.x", NULL, NULL};
  fixture_t f;
  char line[64];
  allowed[0] = mailmote_oauthbearer_init(&token, "sensor", &source);
  CHECK_NUMBER(validate(&f, rules, 1), MAILMOTE_AUTH_REJECTED);
  const mailmote_octets_t refusal = mailmote_token_refusal(&token);
  CHECK_TEXT(mailmote_escape(refusal.data, refusal.size, line, sizeof line), "{\"status\":\"401\"}");
}

/* What an observer saw. */
typedef struct {
  char commands[512];
  size_t secrets;
  uint16_t offered;
} log_t;

static void log_line(void *context, mailmote_phase_t phase, const uint8_t *line, size_t size, bool cut) {
  log_t *log = context;
  CHECK(!cut);
  if (phase == MAILMOTE_PHASE_EHLO) log->offered = mailmote_parse_auth(line, size, log->offered);
}

static void log_sent(void *context, mailmote_phase_t phase, const uint8_t *octets, size_t size, mailmote_sent_t kind) {
  log_t *log = context;
  (void)phase;
  if (kind == MAILMOTE_SENT_SECRET) log->secrets += size;
  else if (kind == MAILMOTE_SENT_COMMAND) strncat(log->commands, (const char *)octets, size);
}

static void an_observer_sees_all_but_secrets(void) {
  static const rule_t rules[] = {
      OFFERS("LOGIN SCRAM-SHA-256"), {"AUTH LOGIN", "334 UGFzc3dvcmQ6\r\n"}, {"c2VjcmV0\r\n", "235 ok\r\n"},
      TAKES_THE_REST};
  static const mailmote_observer_ops_t ops = {log_line, log_sent, NULL};
  mailmote_observer_t observer;
  log_t log = {"", 0, 0};
  char name[20];
  fixture_t f;
  fixture_init(&f, rules);
  allowed[0] = mailmote_login_init(&login, &sensor);
  f.options.allow_cleartext_credentials = true;
  f.options.auth = mailmote_auth_init(&auth, allowed, 1, no_random);
  f.options.observer = mailmote_observer_init(&observer, &ops, &log);
  make_client(&f);
  CHECK_NUMBER(mailmote_validate_credentials(&f.client), MAILMOTE_OK);
  poll_until(&f, MAILMOTE_POLL_DONE);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_OK);
  CHECK(strncmp(log.commands, "EHLO [192.0.2.7]\r\nAUTH LOGIN", 28) == 0);
  CHECK(strstr(log.commands, "c2VjcmV0") == NULL && log.secrets >= 8);
  CHECK_NUMBER(log.offered, 1 << MAILMOTE_MECHANISM_LOGIN | 1 << MAILMOTE_MECHANISM_SCRAM_SHA_256);
  CHECK_TEXT(mailmote_mechanism_name(MAILMOTE_MECHANISM_SCRAM_SHA_256, name, sizeof name), "SCRAM-SHA-256");
  CHECK_TEXT(mailmote_mechanism_name(MAILMOTE_MECHANISM_SCRAM_SHA_256_PLUS, name, 6), "SCRAM");
}

int main(void) {
  the_first_allowed_one_that_is_offered_is_used();
  cram_md5_answers_a_challenge();
  login_and_external_say_who_they_are();
  a_refused_password_is_named_and_explained();
  what_cannot_be_is_named();
  credentials_do_not_go_in_clear_unless_allowed();
  a_token_may_come_later();
  a_refused_token_leaves_the_servers_word();
  an_observer_sees_all_but_secrets();
  return result("c_auth");
}
