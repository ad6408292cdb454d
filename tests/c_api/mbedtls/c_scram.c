/* SCRAM with the hash functions of Mbed TLS: the password stays here, and the server shows that it knows it. */
#include <mailmote/mbedtls/tls_stream.h>

#include "check.h"

#define OFFERS(mechanism) {"EHLO", "250-mail.example.com\r\n250 AUTH " mechanism "\r\n"}

static mailmote_scram_mechanism_t scram;
static mailmote_auth_t auth;
static mailmote_mechanism_t *allowed[1];

/* Polls until the operation is done; how many there were. */
static unsigned polls(fixture_t *f) {
  unsigned count = 1;
  while (mailmote_poll(&f->client, ++f->now) != MAILMOTE_POLL_DONE && count < 20000) ++count;
  return count;
}

static bool eighteen(void *octets, uint8_t *out, size_t size) {
  CHECK_NUMBER(size, 18);
  memcpy(out, octets, size);
  return true;
}

/* Logs in by allowed[0], with these 18 random octets, or with no source of any; how many polls that took. */
static unsigned validate(fixture_t *f, const rule_t *rules, const char *octets) {
  static uint8_t rx[MAILMOTE_MIN_RX_AUTH];
  static char nonce[18];
  mailmote_random_t random = {NULL, NULL};
  if (octets != NULL) {
    memcpy(nonce, octets, sizeof nonce);
    random.fill = eighteen;
    random.context = nonce;
  }
  fixture_init(f, rules);
  f->options.allow_cleartext_credentials = true;
  f->options.auth = mailmote_auth_init(&auth, allowed, 1, random);
  CHECK_NUMBER(mailmote_client_init(&f->client, sizeof f->client, f->stream, &f->options, rx, sizeof rx, f->tx,
                                    sizeof f->tx),
               MAILMOTE_OK);
  CHECK_NUMBER(mailmote_validate_credentials(&f->client), MAILMOTE_OK);
  return polls(f);
}

/* RFC 5802 section 5: "pencil", and the nonce "fyko+d2lbbFgONRv9qkxdawL". */
#define RFC_OCTETS "\x7f\x29\x28\xf9\xdd\xa5\x6d\xb1\x60\x38\xd4\x6f\xf6\xa9\x31\x75\xac\x0b"
#define RFC_FIRST "biwsbj11c2VyLHI9ZnlrbytkMmxiYkZnT05Sdjlxa3hkYXdM"
#define RFC_SERVER_FIRST                                                                                            \
  "cj1meWtvK2QybGJiRmdPTlJ2OXFreGRhd0wzcmZjTkhZSlkxWlZ2V1ZzN2oscz1RU1hDUitRNnNlazhiZjkyLGk9NDA5Ng=="
#define RFC_FINAL                                                                                                     \
  "Yz1iaXdzLHI9ZnlrbytkMmxiYkZnT05Sdjlxa3hkYXdMM3JmY05IWUpZMVpWdldWczdqLHA9djBYOHYzQnoyVDBDSkdiSlF5RjBYK0hJNFRzPQ=="
#define RFC_SERVER_FINAL "dj1ybUY5cHFWOFM3c3VBb1pXamE0ZEpSa0ZzS1E9"

static const rule_t by_sha1[] = {OFFERS("SCRAM-SHA-1"),
                                 {"AUTH SCRAM-SHA-1 " RFC_FIRST "\r\n", "334 " RFC_SERVER_FIRST "\r\n"},
                                 {RFC_FINAL "\r\n", "334 " RFC_SERVER_FINAL "\r\n"},
                                 {"\r\n", "235 2.7.0 ok\r\n"},
                                 TAKES_THE_REST};
static const mailmote_credentials_t user = {"user", "pencil", NULL};

static void sha1_has_the_dialogue_of_rfc5802(void) {
  fixture_t f;
  allowed[0] = mailmote_scram_init(&scram, mailmote_mbedtls_sha1(), &user);
  validate(&f, by_sha1, RFC_OCTETS);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_OK);
  CHECK_NUMBER(mailmote_credential_check(&f.client), MAILMOTE_CREDENTIALS_VALID);
  CHECK_TEXT(mailmote_auth_used(&auth), "SCRAM-SHA-1");
  CHECK(strstr(f.server.heard, "pencil") == NULL);
}

/* Values by another program that reproduces the example of RFC 7677: user "sensor", password "secret", 4,096 times. */
static void sha256_answers_as_another_program_does(void) {
  static const rule_t rules[] = {
      OFFERS("SCRAM-SHA-256"),
      {"AUTH SCRAM-SHA-256 biwsbj1zZW5zb3Iscj1BUUlEQkFVR0J3Z0pDZ3NNRFE0UEVCRVM=\r\n",
       "334 cj1BUUlEQkFVR0J3Z0pDZ3NNRFE0UEVCRVMlaHZZRHBXVWEyLHM9VzIyWmFKMFNOWTdzb0VzVUVqYjZnUT09LGk9NDA5Ng==\r\n"},
      {"Yz1iaXdzLHI9QVFJREJBVUdCd2dKQ2dzTURRNFBFQkVTJWh2WURwV1VhMixwPVJjUlhKS1NVREJ0L3F6d0wycEx6ZFI3enpEZjVyWFlaTFFm"
       "Q2FQSHVsVUU9\r\n",
       "334 dj1DckNSYWt4eHVIcW9wZXd4K09vbDdOQUtGWnROemtJc2FkWVdhY3VhdEVBPQ==\r\n"},
      {"\r\n", "235 2.7.0 ok\r\n"},
      TAKES_THE_REST};
  static const mailmote_credentials_t sensor = {"sensor", "secret", NULL};
  fixture_t f;
  allowed[0] = mailmote_scram_init(&scram, mailmote_mbedtls_sha256(), &sensor);
  validate(&f, rules, "\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20\21\22");
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_OK);
  CHECK_TEXT(mailmote_auth_used(&auth), "SCRAM-SHA-256");
}

static void a_server_that_does_not_know_the_password_is_not_believed(void) {
  static const rule_t rules[] = {OFFERS("SCRAM-SHA-1"),
                                 {"AUTH SCRAM-SHA-1 ", "334 " RFC_SERVER_FIRST "\r\n"},
                                 {RFC_FINAL "\r\n", "235 2.7.0 welcome\r\n"},
                                 TAKES_THE_REST};
  fixture_t f;
  allowed[0] = mailmote_scram_init(&scram, mailmote_mbedtls_sha1(), &user);
  validate(&f, rules, RFC_OCTETS);
  CHECK(mailmote_error(&f.client).status != MAILMOTE_OK);
  CHECK(mailmote_credential_check(&f.client) != MAILMOTE_CREDENTIALS_VALID);
}

static void the_application_bounds_the_work(void) {
  fixture_t f;
  allowed[0] = mailmote_scram_init(&scram, mailmote_mbedtls_sha1(), &user);
  const unsigned by_sixteens = validate(&f, by_sha1, RFC_OCTETS);
  CHECK(by_sixteens > 256);
  mailmote_scram_set_iterations(&scram, 4096, 4096, 4096);
  CHECK(validate(&f, by_sha1, RFC_OCTETS) < by_sixteens - 250);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_OK);
  mailmote_scram_set_iterations(&scram, 4097, 10000, 16);
  validate(&f, by_sha1, RFC_OCTETS);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_ITERATIONS_REFUSED);
  mailmote_scram_set_iterations(&scram, 1, 4095, 16);
  validate(&f, by_sha1, RFC_OCTETS);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_ITERATIONS_REFUSED);
}

static void what_it_cannot_do_without_is_named(void) {
  static const mailmote_credentials_t not_ascii = {"caf\xc3\xa9", "pencil", NULL};
  fixture_t f;
  allowed[0] = mailmote_scram_init(&scram, mailmote_mbedtls_sha1(), &user);
  validate(&f, by_sha1, NULL);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_NO_RANDOM_SOURCE);
  allowed[0] = mailmote_scram_init(&scram, mailmote_mbedtls_sha1(), &not_ascii);
  validate(&f, by_sha1, RFC_OCTETS);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_INVALID_CREDENTIALS);
}

int main(void) {
  sha1_has_the_dialogue_of_rfc5802();
  sha256_answers_as_another_program_does();
  a_server_that_does_not_know_the_password_is_not_believed();
  the_application_bounds_the_work();
  what_it_cannot_do_without_is_named();
  return result("c_scram");
}
