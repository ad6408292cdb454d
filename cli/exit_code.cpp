#include "exit_code.hpp"

namespace mailmote::cli {
namespace {

struct Row {
  Status status;
  ExitCode code;
};

// A refusal for now (4xx) is asked for first; the code here is for the others.
constexpr Row kTable[] = {
    {Status::ok, ExitCode::sent},
    {Status::busy, ExitCode::software},
    {Status::window_too_small, ExitCode::software},
    {Status::timeout_out_of_range, ExitCode::usage},
    {Status::no_host, ExitCode::usage},
    {Status::invalid_host, ExitCode::usage},
    {Status::invalid_helo, ExitCode::usage},
    {Status::invalid_sender, ExitCode::data},
    {Status::invalid_recipient, ExitCode::data},
    {Status::no_recipients, ExitCode::usage},
    {Status::invalid_header, ExitCode::data},
    {Status::duplicate_header, ExitCode::data},
    {Status::clear_text_refused, ExitCode::configuration},
    {Status::no_tls_layer, ExitCode::configuration},
    {Status::no_security_plan, ExitCode::software},
    {Status::cleartext_credentials_refused, ExitCode::configuration},
    {Status::invalid_credentials, ExitCode::configuration},
    {Status::token_failed, ExitCode::io},
    {Status::invalid_proxy, ExitCode::configuration},
    {Status::invalid_dsn, ExitCode::data},
    {Status::no_random_source, ExitCode::io},
    {Status::source_failed, ExitCode::io},
    {Status::source_length, ExitCode::io},
    {Status::source_not_rewindable, ExitCode::software},
    {Status::bare_line_end, ExitCode::data},
    {Status::cancelled, ExitCode::software},
    {Status::nothing_to_do, ExitCode::software},
    {Status::out_of_space, ExitCode::software},
    {Status::too_many_recipients, ExitCode::usage},
    {Status::name_not_found, ExitCode::no_host},
    {Status::name_lookup_failed, ExitCode::try_later},
    {Status::connection_refused, ExitCode::io},
    {Status::unreachable, ExitCode::io},
    {Status::connection_closed, ExitCode::io},
    {Status::connection_reset, ExitCode::io},
    {Status::transport_error, ExitCode::io},
    {Status::bind_failed, ExitCode::configuration},
    {Status::tls_handshake_failed, ExitCode::protocol},
    {Status::tls_alert, ExitCode::protocol},
    {Status::tls_version_unavailable, ExitCode::configuration},
    {Status::tls_version_refused, ExitCode::protocol},
    {Status::tls_certificate_expired, ExitCode::protocol},
    {Status::tls_certificate_not_yet_valid, ExitCode::protocol},
    {Status::tls_wrong_host, ExitCode::protocol},
    {Status::tls_untrusted, ExitCode::protocol},
    {Status::tls_pin_mismatch, ExitCode::protocol},
    {Status::tls_bad_certificate, ExitCode::protocol},
    {Status::tls_clock_not_set, ExitCode::configuration},
    {Status::tls_no_trust, ExitCode::configuration},
    {Status::tls_invalid_ca, ExitCode::configuration},
    {Status::tls_invalid_key, ExitCode::configuration},
    {Status::tls_client_certificate_refused, ExitCode::protocol},
    {Status::tls_out_of_memory, ExitCode::configuration},
    {Status::tls_plain_text, ExitCode::protocol},
    {Status::tls_truncated, ExitCode::protocol},
    {Status::tls_broken_record, ExitCode::protocol},
    {Status::tls_invalid_options, ExitCode::configuration},
    {Status::proxy_unreachable, ExitCode::try_later},
    {Status::proxy_auth_required, ExitCode::no_permission},
    {Status::proxy_auth_rejected, ExitCode::no_permission},
    {Status::proxy_refused, ExitCode::unavailable},
    {Status::proxy_host_unreachable, ExitCode::io},
    {Status::proxy_connection_refused, ExitCode::io},
    {Status::proxy_unsupported, ExitCode::configuration},
    {Status::proxy_failed, ExitCode::try_later},
    {Status::proxy_protocol, ExitCode::protocol},
    {Status::proxy_closed, ExitCode::io},
    {Status::malformed_reply, ExitCode::protocol},
    {Status::reply_code_changed, ExitCode::protocol},
    {Status::unexpected_reply, ExitCode::protocol},
    {Status::reply_without_command, ExitCode::protocol},
    {Status::early_success, ExitCode::protocol},
    {Status::reply_too_long, ExitCode::protocol},
    {Status::starttls_injection, ExitCode::protocol},
    {Status::tls_before_greeting, ExitCode::protocol},
    {Status::malformed_challenge, ExitCode::protocol},
    {Status::server_not_verified, ExitCode::no_permission},
    {Status::iterations_refused, ExitCode::protocol},
    {Status::greeting_rejected, ExitCode::unavailable},
    {Status::ehlo_rejected, ExitCode::unavailable},
    {Status::sender_rejected, ExitCode::unavailable},
    {Status::recipients_rejected, ExitCode::unavailable},
    {Status::data_rejected, ExitCode::unavailable},
    {Status::content_rejected, ExitCode::unavailable},
    {Status::service_closing, ExitCode::try_later},
    {Status::chunking_rejected, ExitCode::unavailable},
    {Status::message_too_big, ExitCode::unavailable},
    {Status::smtputf8_not_offered, ExitCode::unavailable},
    {Status::eight_bit_not_offered, ExitCode::unavailable},
    {Status::command_rejected, ExitCode::unavailable},
    {Status::starttls_not_offered, ExitCode::protocol},
    {Status::starttls_rejected, ExitCode::protocol},
    {Status::auth_not_offered, ExitCode::no_permission},
    {Status::no_common_mechanism, ExitCode::no_permission},
    {Status::auth_rejected, ExitCode::no_permission},
    {Status::auth_mechanism_rejected, ExitCode::no_permission},
    {Status::dsn_not_offered, ExitCode::unavailable},
    {Status::binary_mime_not_offered, ExitCode::unavailable},
    {Status::connect_timeout, ExitCode::try_later},
    {Status::greeting_timeout, ExitCode::try_later},
    {Status::reply_timeout, ExitCode::try_later},
    {Status::write_timeout, ExitCode::try_later},
    {Status::source_timeout, ExitCode::try_later},
    {Status::operation_timeout, ExitCode::try_later},
    {Status::tls_timeout, ExitCode::try_later},
    {Status::token_timeout, ExitCode::try_later},
    {Status::proxy_timeout, ExitCode::try_later},
    {Status::challenge_too_long, ExitCode::protocol},
};

constexpr bool is_complete() {
  constexpr std::size_t rows = sizeof kTable / sizeof kTable[0];
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t other = i + 1; other < rows; ++other) {
      if (kTable[i].status == kTable[other].status) return false;
    }
  }
  return rows == kStatusCount;
}
static_assert(is_complete(), "each Status has exactly one row");

ExitCode by_status(const Error& error) {
  const bool for_now = group(error.status) == StatusGroup::rejected && error.smtp_code != 0 && error.smtp_code < 500;
  if (for_now && error.status != Status::starttls_rejected) return ExitCode::try_later;
  for (const Row& row : kTable) {
    if (row.status == error.status) return row.code;
  }
  return ExitCode::software;
}

// RFC 3463: X.1.x is about the address. Without an enhanced code the basic one must do (RFC 5321 section 4.2.3).
ExitCode of_refused(const Recipient& recipient) {
  const EnhancedCode enhanced = recipient.enhanced();
  const std::uint16_t code = recipient.result.code;
  const bool no_user = enhanced.status_class != 0 ? enhanced.subject == 1 : code == 550 || code == 551 || code == 553;
  return no_user ? ExitCode::no_user : ExitCode::unavailable;
}

const Recipient* first_with(const Recipients& recipients, RecipientOutcome outcome) {
  for (std::size_t i = 0; i < recipients.count; ++i) {
    if (recipients.data[i].outcome() == outcome) return &recipients.data[i];
  }
  return nullptr;
}

ExitCode by_recipients(const Error& error, const Recipients& recipients) {
  const Recipient* worst = first_with(recipients, RecipientOutcome::rejected_permanently);
  if (worst != nullptr) {
    return error.status == Status::recipients_rejected ? of_refused(*worst) : ExitCode::unavailable;
  }
  if (first_with(recipients, RecipientOutcome::rejected_temporarily) != nullptr) return ExitCode::try_later;
  return by_status(error);
}

}  // namespace

ExitCode exit_code(Outcome outcome, const Error& error, const Recipients& recipients) {
  switch (outcome) {
    case Outcome::accepted: return ExitCode::sent;
    case Outcome::unknown: return ExitCode::unknown;
    case Outcome::partly_accepted:
    case Outcome::rejected: return by_recipients(error, recipients);
    case Outcome::not_sent: break;
  }
  return by_status(error);
}

}  // namespace mailmote::cli
