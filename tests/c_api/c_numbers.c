/* The numbers that C sees are those that the library means: each one's name comes back. */
#include "check.h"

#define STATUS(value, number, name)  \
  CHECK_NUMBER(MAILMOTE_##value, number); \
  CHECK_TEXT(mailmote_status_name(MAILMOTE_##value), name)

static void statuses_have_their_names(void) {
  STATUS(OK, 0, "ok");
  STATUS(BUSY, 1, "busy");
  STATUS(WINDOW_TOO_SMALL, 2, "window_too_small");
  STATUS(TIMEOUT_OUT_OF_RANGE, 3, "timeout_out_of_range");
  STATUS(NO_HOST, 4, "no_host");
  STATUS(INVALID_HOST, 5, "invalid_host");
  STATUS(INVALID_HELO, 6, "invalid_helo");
  STATUS(INVALID_SENDER, 7, "invalid_sender");
  STATUS(INVALID_RECIPIENT, 8, "invalid_recipient");
  STATUS(NO_RECIPIENTS, 9, "no_recipients");
  STATUS(INVALID_HEADER, 10, "invalid_header");
  STATUS(DUPLICATE_HEADER, 11, "duplicate_header");
  STATUS(CLEAR_TEXT_REFUSED, 12, "clear_text_refused");
  STATUS(NO_TLS_LAYER, 13, "no_tls_layer");
  STATUS(NO_RANDOM_SOURCE, 14, "no_random_source");
  STATUS(SOURCE_FAILED, 15, "source_failed");
  STATUS(SOURCE_LENGTH, 16, "source_length");
  STATUS(SOURCE_NOT_REWINDABLE, 17, "source_not_rewindable");
  STATUS(BARE_LINE_END, 18, "bare_line_end");
  STATUS(CANCELLED, 19, "cancelled");
  STATUS(NOTHING_TO_DO, 20, "nothing_to_do");
  STATUS(OUT_OF_SPACE, 21, "out_of_space");
  STATUS(NO_SECURITY_PLAN, 22, "no_security_plan");
  STATUS(CLEARTEXT_CREDENTIALS_REFUSED, 23, "cleartext_credentials_refused");
  STATUS(INVALID_CREDENTIALS, 24, "invalid_credentials");
  STATUS(TOKEN_FAILED, 25, "token_failed");
  STATUS(INVALID_PROXY, 26, "invalid_proxy");
  STATUS(NAME_NOT_FOUND, 32, "name_not_found");
  STATUS(NAME_LOOKUP_FAILED, 33, "name_lookup_failed");
  STATUS(CONNECTION_REFUSED, 34, "connection_refused");
  STATUS(UNREACHABLE, 35, "unreachable");
  STATUS(CONNECTION_CLOSED, 36, "connection_closed");
  STATUS(CONNECTION_RESET, 37, "connection_reset");
  STATUS(TRANSPORT_ERROR, 38, "transport_error");
  STATUS(BIND_FAILED, 39, "bind_failed");
  STATUS(TLS_HANDSHAKE_FAILED, 64, "tls_handshake_failed");
  STATUS(TLS_ALERT, 65, "tls_alert");
  STATUS(TLS_VERSION_UNAVAILABLE, 66, "tls_version_unavailable");
  STATUS(TLS_VERSION_REFUSED, 67, "tls_version_refused");
  STATUS(TLS_CERTIFICATE_EXPIRED, 68, "tls_certificate_expired");
  STATUS(TLS_CERTIFICATE_NOT_YET_VALID, 69, "tls_certificate_not_yet_valid");
  STATUS(TLS_WRONG_HOST, 70, "tls_wrong_host");
  STATUS(TLS_UNTRUSTED, 71, "tls_untrusted");
  STATUS(TLS_PIN_MISMATCH, 72, "tls_pin_mismatch");
  STATUS(TLS_BAD_CERTIFICATE, 73, "tls_bad_certificate");
  STATUS(TLS_CLOCK_NOT_SET, 74, "tls_clock_not_set");
  STATUS(TLS_NO_TRUST, 75, "tls_no_trust");
  STATUS(TLS_INVALID_CA, 76, "tls_invalid_ca");
  STATUS(TLS_INVALID_KEY, 77, "tls_invalid_key");
  STATUS(TLS_CLIENT_CERTIFICATE_REFUSED, 78, "tls_client_certificate_refused");
  STATUS(TLS_OUT_OF_MEMORY, 79, "tls_out_of_memory");
  STATUS(TLS_PLAIN_TEXT, 80, "tls_plain_text");
  STATUS(TLS_TRUNCATED, 81, "tls_truncated");
  STATUS(TLS_BROKEN_RECORD, 82, "tls_broken_record");
  STATUS(TLS_INVALID_OPTIONS, 83, "tls_invalid_options");
  STATUS(PROXY_UNREACHABLE, 96, "proxy_unreachable");
  STATUS(PROXY_AUTH_REQUIRED, 97, "proxy_auth_required");
  STATUS(PROXY_AUTH_REJECTED, 98, "proxy_auth_rejected");
  STATUS(PROXY_REFUSED, 99, "proxy_refused");
  STATUS(PROXY_HOST_UNREACHABLE, 100, "proxy_host_unreachable");
  STATUS(PROXY_CONNECTION_REFUSED, 101, "proxy_connection_refused");
  STATUS(PROXY_UNSUPPORTED, 102, "proxy_unsupported");
  STATUS(PROXY_FAILED, 103, "proxy_failed");
  STATUS(PROXY_PROTOCOL, 104, "proxy_protocol");
  STATUS(PROXY_CLOSED, 105, "proxy_closed");
  STATUS(MALFORMED_REPLY, 128, "malformed_reply");
  STATUS(REPLY_CODE_CHANGED, 129, "reply_code_changed");
  STATUS(UNEXPECTED_REPLY, 130, "unexpected_reply");
  STATUS(REPLY_WITHOUT_COMMAND, 131, "reply_without_command");
  STATUS(EARLY_SUCCESS, 132, "early_success");
  STATUS(REPLY_TOO_LONG, 133, "reply_too_long");
  STATUS(STARTTLS_INJECTION, 134, "starttls_injection");
  STATUS(TLS_BEFORE_GREETING, 135, "tls_before_greeting");
  STATUS(MALFORMED_CHALLENGE, 136, "malformed_challenge");
  STATUS(SERVER_NOT_VERIFIED, 137, "server_not_verified");
  STATUS(ITERATIONS_REFUSED, 138, "iterations_refused");
  STATUS(GREETING_REJECTED, 160, "greeting_rejected");
  STATUS(EHLO_REJECTED, 161, "ehlo_rejected");
  STATUS(SENDER_REJECTED, 162, "sender_rejected");
  STATUS(RECIPIENTS_REJECTED, 163, "recipients_rejected");
  STATUS(DATA_REJECTED, 164, "data_rejected");
  STATUS(CONTENT_REJECTED, 165, "content_rejected");
  STATUS(SERVICE_CLOSING, 166, "service_closing");
  STATUS(CHUNKING_REJECTED, 167, "chunking_rejected");
  STATUS(MESSAGE_TOO_BIG, 168, "message_too_big");
  STATUS(SMTPUTF8_NOT_OFFERED, 169, "smtputf8_not_offered");
  STATUS(EIGHT_BIT_NOT_OFFERED, 170, "eight_bit_not_offered");
  STATUS(COMMAND_REJECTED, 171, "command_rejected");
  STATUS(STARTTLS_NOT_OFFERED, 172, "starttls_not_offered");
  STATUS(STARTTLS_REJECTED, 173, "starttls_rejected");
  STATUS(AUTH_NOT_OFFERED, 174, "auth_not_offered");
  STATUS(NO_COMMON_MECHANISM, 175, "no_common_mechanism");
  STATUS(AUTH_REJECTED, 176, "auth_rejected");
  STATUS(AUTH_MECHANISM_REJECTED, 177, "auth_mechanism_rejected");
  STATUS(CONNECT_TIMEOUT, 192, "connect_timeout");
  STATUS(GREETING_TIMEOUT, 193, "greeting_timeout");
  STATUS(REPLY_TIMEOUT, 194, "reply_timeout");
  STATUS(WRITE_TIMEOUT, 195, "write_timeout");
  STATUS(SOURCE_TIMEOUT, 196, "source_timeout");
  STATUS(OPERATION_TIMEOUT, 197, "operation_timeout");
  STATUS(TLS_TIMEOUT, 198, "tls_timeout");
  STATUS(TOKEN_TIMEOUT, 199, "token_timeout");
  STATUS(PROXY_TIMEOUT, 200, "proxy_timeout");
  STATUS(TOO_MANY_RECIPIENTS, 224, "too_many_recipients");
  STATUS(CHALLENGE_TOO_LONG, 225, "challenge_too_long");
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
