/* The numbers that C sees are those that the library means: each one's name comes back. */
#include "check.h"

typedef struct {
  mailmote_status_t status;
  int number;
  const char *name;
} status_row;

static const status_row statuses[] = {
    {MAILMOTE_OK, 0, "ok"},
    {MAILMOTE_BUSY, 1, "busy"},
    {MAILMOTE_WINDOW_TOO_SMALL, 2, "window_too_small"},
    {MAILMOTE_TIMEOUT_OUT_OF_RANGE, 3, "timeout_out_of_range"},
    {MAILMOTE_NO_HOST, 4, "no_host"},
    {MAILMOTE_INVALID_HOST, 5, "invalid_host"},
    {MAILMOTE_INVALID_HELO, 6, "invalid_helo"},
    {MAILMOTE_INVALID_SENDER, 7, "invalid_sender"},
    {MAILMOTE_INVALID_RECIPIENT, 8, "invalid_recipient"},
    {MAILMOTE_NO_RECIPIENTS, 9, "no_recipients"},
    {MAILMOTE_INVALID_HEADER, 10, "invalid_header"},
    {MAILMOTE_DUPLICATE_HEADER, 11, "duplicate_header"},
    {MAILMOTE_CLEAR_TEXT_REFUSED, 12, "clear_text_refused"},
    {MAILMOTE_NO_TLS_LAYER, 13, "no_tls_layer"},
    {MAILMOTE_NO_RANDOM_SOURCE, 14, "no_random_source"},
    {MAILMOTE_SOURCE_FAILED, 15, "source_failed"},
    {MAILMOTE_SOURCE_LENGTH, 16, "source_length"},
    {MAILMOTE_SOURCE_NOT_REWINDABLE, 17, "source_not_rewindable"},
    {MAILMOTE_BARE_LINE_END, 18, "bare_line_end"},
    {MAILMOTE_CANCELLED, 19, "cancelled"},
    {MAILMOTE_NOTHING_TO_DO, 20, "nothing_to_do"},
    {MAILMOTE_OUT_OF_SPACE, 21, "out_of_space"},
    {MAILMOTE_NO_SECURITY_PLAN, 22, "no_security_plan"},
    {MAILMOTE_CLEARTEXT_CREDENTIALS_REFUSED, 23, "cleartext_credentials_refused"},
    {MAILMOTE_INVALID_CREDENTIALS, 24, "invalid_credentials"},
    {MAILMOTE_TOKEN_FAILED, 25, "token_failed"},
    {MAILMOTE_INVALID_PROXY, 26, "invalid_proxy"},
    {MAILMOTE_INVALID_DSN, 27, "invalid_dsn"},
    {MAILMOTE_NAME_NOT_FOUND, 32, "name_not_found"},
    {MAILMOTE_NAME_LOOKUP_FAILED, 33, "name_lookup_failed"},
    {MAILMOTE_CONNECTION_REFUSED, 34, "connection_refused"},
    {MAILMOTE_UNREACHABLE, 35, "unreachable"},
    {MAILMOTE_CONNECTION_CLOSED, 36, "connection_closed"},
    {MAILMOTE_CONNECTION_RESET, 37, "connection_reset"},
    {MAILMOTE_TRANSPORT_ERROR, 38, "transport_error"},
    {MAILMOTE_BIND_FAILED, 39, "bind_failed"},
    {MAILMOTE_TLS_HANDSHAKE_FAILED, 64, "tls_handshake_failed"},
    {MAILMOTE_TLS_ALERT, 65, "tls_alert"},
    {MAILMOTE_TLS_VERSION_UNAVAILABLE, 66, "tls_version_unavailable"},
    {MAILMOTE_TLS_VERSION_REFUSED, 67, "tls_version_refused"},
    {MAILMOTE_TLS_CERTIFICATE_EXPIRED, 68, "tls_certificate_expired"},
    {MAILMOTE_TLS_CERTIFICATE_NOT_YET_VALID, 69, "tls_certificate_not_yet_valid"},
    {MAILMOTE_TLS_WRONG_HOST, 70, "tls_wrong_host"},
    {MAILMOTE_TLS_UNTRUSTED, 71, "tls_untrusted"},
    {MAILMOTE_TLS_PIN_MISMATCH, 72, "tls_pin_mismatch"},
    {MAILMOTE_TLS_BAD_CERTIFICATE, 73, "tls_bad_certificate"},
    {MAILMOTE_TLS_CLOCK_NOT_SET, 74, "tls_clock_not_set"},
    {MAILMOTE_TLS_NO_TRUST, 75, "tls_no_trust"},
    {MAILMOTE_TLS_INVALID_CA, 76, "tls_invalid_ca"},
    {MAILMOTE_TLS_INVALID_KEY, 77, "tls_invalid_key"},
    {MAILMOTE_TLS_CLIENT_CERTIFICATE_REFUSED, 78, "tls_client_certificate_refused"},
    {MAILMOTE_TLS_OUT_OF_MEMORY, 79, "tls_out_of_memory"},
    {MAILMOTE_TLS_PLAIN_TEXT, 80, "tls_plain_text"},
    {MAILMOTE_TLS_TRUNCATED, 81, "tls_truncated"},
    {MAILMOTE_TLS_BROKEN_RECORD, 82, "tls_broken_record"},
    {MAILMOTE_TLS_INVALID_OPTIONS, 83, "tls_invalid_options"},
    {MAILMOTE_PROXY_UNREACHABLE, 96, "proxy_unreachable"},
    {MAILMOTE_PROXY_AUTH_REQUIRED, 97, "proxy_auth_required"},
    {MAILMOTE_PROXY_AUTH_REJECTED, 98, "proxy_auth_rejected"},
    {MAILMOTE_PROXY_REFUSED, 99, "proxy_refused"},
    {MAILMOTE_PROXY_HOST_UNREACHABLE, 100, "proxy_host_unreachable"},
    {MAILMOTE_PROXY_CONNECTION_REFUSED, 101, "proxy_connection_refused"},
    {MAILMOTE_PROXY_UNSUPPORTED, 102, "proxy_unsupported"},
    {MAILMOTE_PROXY_FAILED, 103, "proxy_failed"},
    {MAILMOTE_PROXY_PROTOCOL, 104, "proxy_protocol"},
    {MAILMOTE_PROXY_CLOSED, 105, "proxy_closed"},
    {MAILMOTE_MALFORMED_REPLY, 128, "malformed_reply"},
    {MAILMOTE_REPLY_CODE_CHANGED, 129, "reply_code_changed"},
    {MAILMOTE_UNEXPECTED_REPLY, 130, "unexpected_reply"},
    {MAILMOTE_REPLY_WITHOUT_COMMAND, 131, "reply_without_command"},
    {MAILMOTE_EARLY_SUCCESS, 132, "early_success"},
    {MAILMOTE_REPLY_TOO_LONG, 133, "reply_too_long"},
    {MAILMOTE_STARTTLS_INJECTION, 134, "starttls_injection"},
    {MAILMOTE_TLS_BEFORE_GREETING, 135, "tls_before_greeting"},
    {MAILMOTE_MALFORMED_CHALLENGE, 136, "malformed_challenge"},
    {MAILMOTE_SERVER_NOT_VERIFIED, 137, "server_not_verified"},
    {MAILMOTE_ITERATIONS_REFUSED, 138, "iterations_refused"},
    {MAILMOTE_GREETING_REJECTED, 160, "greeting_rejected"},
    {MAILMOTE_EHLO_REJECTED, 161, "ehlo_rejected"},
    {MAILMOTE_SENDER_REJECTED, 162, "sender_rejected"},
    {MAILMOTE_RECIPIENTS_REJECTED, 163, "recipients_rejected"},
    {MAILMOTE_DATA_REJECTED, 164, "data_rejected"},
    {MAILMOTE_CONTENT_REJECTED, 165, "content_rejected"},
    {MAILMOTE_SERVICE_CLOSING, 166, "service_closing"},
    {MAILMOTE_CHUNKING_REJECTED, 167, "chunking_rejected"},
    {MAILMOTE_MESSAGE_TOO_BIG, 168, "message_too_big"},
    {MAILMOTE_SMTPUTF8_NOT_OFFERED, 169, "smtputf8_not_offered"},
    {MAILMOTE_EIGHT_BIT_NOT_OFFERED, 170, "eight_bit_not_offered"},
    {MAILMOTE_COMMAND_REJECTED, 171, "command_rejected"},
    {MAILMOTE_STARTTLS_NOT_OFFERED, 172, "starttls_not_offered"},
    {MAILMOTE_STARTTLS_REJECTED, 173, "starttls_rejected"},
    {MAILMOTE_AUTH_NOT_OFFERED, 174, "auth_not_offered"},
    {MAILMOTE_NO_COMMON_MECHANISM, 175, "no_common_mechanism"},
    {MAILMOTE_AUTH_REJECTED, 176, "auth_rejected"},
    {MAILMOTE_AUTH_MECHANISM_REJECTED, 177, "auth_mechanism_rejected"},
    {MAILMOTE_DSN_NOT_OFFERED, 178, "dsn_not_offered"},
    {MAILMOTE_BINARY_MIME_NOT_OFFERED, 179, "binary_mime_not_offered"},
    {MAILMOTE_CONNECT_TIMEOUT, 192, "connect_timeout"},
    {MAILMOTE_GREETING_TIMEOUT, 193, "greeting_timeout"},
    {MAILMOTE_REPLY_TIMEOUT, 194, "reply_timeout"},
    {MAILMOTE_WRITE_TIMEOUT, 195, "write_timeout"},
    {MAILMOTE_SOURCE_TIMEOUT, 196, "source_timeout"},
    {MAILMOTE_OPERATION_TIMEOUT, 197, "operation_timeout"},
    {MAILMOTE_TLS_TIMEOUT, 198, "tls_timeout"},
    {MAILMOTE_TOKEN_TIMEOUT, 199, "token_timeout"},
    {MAILMOTE_PROXY_TIMEOUT, 200, "proxy_timeout"},
    {MAILMOTE_TOO_MANY_RECIPIENTS, 224, "too_many_recipients"},
    {MAILMOTE_CHALLENGE_TOO_LONG, 225, "challenge_too_long"},
};

static void statuses_have_their_names(void) {
  for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; ++i) {
    CHECK_NUMBER(statuses[i].status, statuses[i].number);
    CHECK_TEXT(mailmote_status_name(statuses[i].status), statuses[i].name);
  }
  CHECK_TEXT(mailmote_status_name((mailmote_status_t)63), "undefined");
}

static void phases_have_their_names(void) {
  static const char *const names[] = {
      "idle", "connect", "proxy", "tls", "greeting", "ehlo", "helo", "starttls", "auth", "measure", "rset",
      "mail", "rcpt", "data", "content", "bdat", "noop", "quit"};
  for (int i = MAILMOTE_PHASE_IDLE; i <= MAILMOTE_PHASE_QUIT; ++i) {
    CHECK_TEXT(mailmote_phase_name((mailmote_phase_t)i), names[i]);
  }
}

static void outcomes_and_advice_have_their_names(void) {
  CHECK_TEXT(mailmote_outcome_name(MAILMOTE_OUTCOME_NOT_SENT), "not_sent");
  CHECK_TEXT(mailmote_outcome_name(MAILMOTE_OUTCOME_ACCEPTED), "accepted");
  CHECK_TEXT(mailmote_outcome_name(MAILMOTE_OUTCOME_PARTLY_ACCEPTED), "partly_accepted");
  CHECK_TEXT(mailmote_outcome_name(MAILMOTE_OUTCOME_REJECTED), "rejected");
  CHECK_TEXT(mailmote_outcome_name(MAILMOTE_OUTCOME_UNKNOWN), "unknown");
  CHECK_TEXT(mailmote_recipient_outcome_name(MAILMOTE_RECIPIENT_NOT_SENT), "not_sent");
  CHECK_TEXT(mailmote_recipient_outcome_name(MAILMOTE_RECIPIENT_ACCEPTED), "accepted");
  CHECK_TEXT(mailmote_recipient_outcome_name(MAILMOTE_RECIPIENT_REJECTED_TEMPORARILY), "rejected_temporarily");
  CHECK_TEXT(mailmote_recipient_outcome_name(MAILMOTE_RECIPIENT_REJECTED_PERMANENTLY), "rejected_permanently");
  CHECK_TEXT(mailmote_recipient_outcome_name(MAILMOTE_RECIPIENT_UNKNOWN), "unknown");
  CHECK_TEXT(mailmote_advice_name(MAILMOTE_ADVICE_DONE), "done");
  CHECK_TEXT(mailmote_advice_name(MAILMOTE_ADVICE_RETRY_LATER), "retry_later");
  CHECK_TEXT(mailmote_advice_name(MAILMOTE_ADVICE_RETRY_ELSEWHERE), "retry_elsewhere");
  CHECK_TEXT(mailmote_advice_name(MAILMOTE_ADVICE_FIX_CONFIGURATION), "fix_configuration");
  CHECK_TEXT(mailmote_advice_name(MAILMOTE_ADVICE_NEVER), "never");
}

static void every_sentence_fits_its_size(void) {
  char line[MAILMOTE_SENTENCE_SIZE];
  for (int i = 0; i < 256; ++i) {
    mailmote_error_t error = {MAILMOTE_OK, MAILMOTE_PHASE_GREETING, 599, {5, 999, 999}, 0};
    error.status = (mailmote_status_t)i;
    mailmote_describe(error, line, sizeof line);
    CHECK(strlen(line) < sizeof line - 1);
    CHECK(strstr(line, "(599 5.999.999)") != NULL);
  }
}

static void presets_are_rfc_5321_and_shorter_for_devices(void) {
  CHECK_NUMBER(mailmote_rfc_timeouts.greeting, 300000);
  CHECK_NUMBER(mailmote_rfc_timeouts.content, 600000);
  CHECK_NUMBER(mailmote_rfc_timeouts.operation, MAILMOTE_FOREVER);
  CHECK_NUMBER(mailmote_device_timeouts.operation, 300000);
  CHECK(mailmote_device_timeouts.content < mailmote_rfc_timeouts.content);
}

int main(void) {
  statuses_have_their_names();
  phases_have_their_names();
  outcomes_and_advice_have_their_names();
  every_sentence_fits_its_size();
  presets_are_rfc_5321_and_shorter_for_devices();
  return result("c_numbers");
}
