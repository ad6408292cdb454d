// Identifiers of the enumerations, for logs, JSON and tests. Linked when named.
#include "mailmote/status.hpp"

namespace mailmote {
namespace {

struct StatusName {
  Status status;
  const char* name;
};

constexpr StatusName kStatusNames[] = {
    {Status::ok, "ok"},
    {Status::busy, "busy"},
    {Status::window_too_small, "window_too_small"},
    {Status::timeout_out_of_range, "timeout_out_of_range"},
    {Status::no_host, "no_host"},
    {Status::invalid_host, "invalid_host"},
    {Status::invalid_helo, "invalid_helo"},
    {Status::invalid_sender, "invalid_sender"},
    {Status::invalid_recipient, "invalid_recipient"},
    {Status::no_recipients, "no_recipients"},
    {Status::invalid_header, "invalid_header"},
    {Status::duplicate_header, "duplicate_header"},
    {Status::clear_text_refused, "clear_text_refused"},
    {Status::no_tls_layer, "no_tls_layer"},
    {Status::no_random_source, "no_random_source"},
    {Status::source_failed, "source_failed"},
    {Status::source_length, "source_length"},
    {Status::source_not_rewindable, "source_not_rewindable"},
    {Status::bare_line_end, "bare_line_end"},
    {Status::cancelled, "cancelled"},
    {Status::nothing_to_do, "nothing_to_do"},
    {Status::out_of_space, "out_of_space"},
    {Status::no_security_plan, "no_security_plan"},
    {Status::cleartext_credentials_refused, "cleartext_credentials_refused"},
    {Status::invalid_credentials, "invalid_credentials"},
    {Status::token_failed, "token_failed"},
    {Status::invalid_proxy, "invalid_proxy"},
    {Status::invalid_dsn, "invalid_dsn"},
    {Status::name_not_found, "name_not_found"},
    {Status::name_lookup_failed, "name_lookup_failed"},
    {Status::connection_refused, "connection_refused"},
    {Status::unreachable, "unreachable"},
    {Status::connection_closed, "connection_closed"},
    {Status::connection_reset, "connection_reset"},
    {Status::transport_error, "transport_error"},
    {Status::bind_failed, "bind_failed"},
    {Status::tls_handshake_failed, "tls_handshake_failed"},
    {Status::tls_alert, "tls_alert"},
    {Status::tls_version_unavailable, "tls_version_unavailable"},
    {Status::tls_version_refused, "tls_version_refused"},
    {Status::tls_certificate_expired, "tls_certificate_expired"},
    {Status::tls_certificate_not_yet_valid, "tls_certificate_not_yet_valid"},
    {Status::tls_wrong_host, "tls_wrong_host"},
    {Status::tls_untrusted, "tls_untrusted"},
    {Status::tls_pin_mismatch, "tls_pin_mismatch"},
    {Status::tls_bad_certificate, "tls_bad_certificate"},
    {Status::tls_clock_not_set, "tls_clock_not_set"},
    {Status::tls_no_trust, "tls_no_trust"},
    {Status::tls_invalid_ca, "tls_invalid_ca"},
    {Status::tls_invalid_key, "tls_invalid_key"},
    {Status::tls_client_certificate_refused, "tls_client_certificate_refused"},
    {Status::tls_out_of_memory, "tls_out_of_memory"},
    {Status::tls_plain_text, "tls_plain_text"},
    {Status::tls_truncated, "tls_truncated"},
    {Status::tls_broken_record, "tls_broken_record"},
    {Status::tls_invalid_options, "tls_invalid_options"},
    {Status::proxy_unreachable, "proxy_unreachable"},
    {Status::proxy_auth_required, "proxy_auth_required"},
    {Status::proxy_auth_rejected, "proxy_auth_rejected"},
    {Status::proxy_refused, "proxy_refused"},
    {Status::proxy_host_unreachable, "proxy_host_unreachable"},
    {Status::proxy_connection_refused, "proxy_connection_refused"},
    {Status::proxy_unsupported, "proxy_unsupported"},
    {Status::proxy_failed, "proxy_failed"},
    {Status::proxy_protocol, "proxy_protocol"},
    {Status::proxy_closed, "proxy_closed"},
    {Status::malformed_reply, "malformed_reply"},
    {Status::reply_code_changed, "reply_code_changed"},
    {Status::unexpected_reply, "unexpected_reply"},
    {Status::reply_without_command, "reply_without_command"},
    {Status::early_success, "early_success"},
    {Status::reply_too_long, "reply_too_long"},
    {Status::starttls_injection, "starttls_injection"},
    {Status::tls_before_greeting, "tls_before_greeting"},
    {Status::malformed_challenge, "malformed_challenge"},
    {Status::server_not_verified, "server_not_verified"},
    {Status::iterations_refused, "iterations_refused"},
    {Status::greeting_rejected, "greeting_rejected"},
    {Status::ehlo_rejected, "ehlo_rejected"},
    {Status::sender_rejected, "sender_rejected"},
    {Status::recipients_rejected, "recipients_rejected"},
    {Status::data_rejected, "data_rejected"},
    {Status::content_rejected, "content_rejected"},
    {Status::service_closing, "service_closing"},
    {Status::chunking_rejected, "chunking_rejected"},
    {Status::message_too_big, "message_too_big"},
    {Status::smtputf8_not_offered, "smtputf8_not_offered"},
    {Status::eight_bit_not_offered, "eight_bit_not_offered"},
    {Status::command_rejected, "command_rejected"},
    {Status::starttls_not_offered, "starttls_not_offered"},
    {Status::starttls_rejected, "starttls_rejected"},
    {Status::auth_not_offered, "auth_not_offered"},
    {Status::no_common_mechanism, "no_common_mechanism"},
    {Status::auth_rejected, "auth_rejected"},
    {Status::auth_mechanism_rejected, "auth_mechanism_rejected"},
    {Status::dsn_not_offered, "dsn_not_offered"},
    {Status::binary_mime_not_offered, "binary_mime_not_offered"},
    {Status::connect_timeout, "connect_timeout"},
    {Status::greeting_timeout, "greeting_timeout"},
    {Status::reply_timeout, "reply_timeout"},
    {Status::write_timeout, "write_timeout"},
    {Status::source_timeout, "source_timeout"},
    {Status::operation_timeout, "operation_timeout"},
    {Status::tls_timeout, "tls_timeout"},
    {Status::token_timeout, "token_timeout"},
    {Status::proxy_timeout, "proxy_timeout"},
    {Status::too_many_recipients, "too_many_recipients"},
    {Status::challenge_too_long, "challenge_too_long"},
};
static_assert(sizeof kStatusNames / sizeof kStatusNames[0] == kStatusCount);

constexpr const char* kPhaseNames[] = {"idle", "connect",  "proxy", "tls",     "greeting", "ehlo",
                                       "helo", "starttls", "auth",  "measure", "rset",     "mail",
                                       "rcpt", "data",     "content", "bdat",  "noop",     "quit"};
static_assert(sizeof kPhaseNames / sizeof kPhaseNames[0] == static_cast<std::size_t>(Phase::quit) + 1);

constexpr const char* kOutcomeNames[] = {"not_sent", "accepted", "partly_accepted", "rejected", "unknown"};
static_assert(sizeof kOutcomeNames / sizeof kOutcomeNames[0] == static_cast<std::size_t>(Outcome::unknown) + 1);

constexpr const char* kRecipientNames[] = {"not_sent", "accepted", "rejected_temporarily", "rejected_permanently",
                                           "unknown"};
static_assert(sizeof kRecipientNames / sizeof kRecipientNames[0] ==
              static_cast<std::size_t>(RecipientOutcome::unknown) + 1);

constexpr const char* kAdviceNames[] = {"done", "retry_later", "retry_elsewhere", "fix_configuration", "never"};
static_assert(sizeof kAdviceNames / sizeof kAdviceNames[0] == static_cast<std::size_t>(Advice::never) + 1);

}  // namespace

Text name(Status status) {
  for (const StatusName& row : kStatusNames) {
    if (row.status == status) return row.name;
  }
  return "undefined";
}

Text name(Phase phase) { return kPhaseNames[static_cast<std::uint8_t>(phase)]; }
Text name(Outcome outcome) { return kOutcomeNames[static_cast<std::uint8_t>(outcome)]; }
Text name(RecipientOutcome outcome) { return kRecipientNames[static_cast<std::uint8_t>(outcome)]; }
Text name(Advice advice) { return kAdviceNames[static_cast<std::uint8_t>(advice)]; }

}  // namespace mailmote
