#include "mailmote/message.hpp"

namespace mailmote {
namespace {

bool any(const Recipients& recipients, RecipientOutcome outcome) {
  for (std::size_t i = 0; i < recipients.count; ++i) {
    if (recipients.data[i].outcome() == outcome) return true;
  }
  return false;
}

// 530 and 5.7.x say that the sender lacks a right, which a login or another setting may give.
bool is_policy(const Error& error) {
  return error.smtp_code == 530 || (error.enhanced.status_class == 5 && error.enhanced.subject == 7);
}

Advice for_refusal(const Error& error, const Recipients& recipients) {
  if (any(recipients, RecipientOutcome::rejected_temporarily) || any(recipients, RecipientOutcome::not_sent)) {
    return Advice::retry_later;
  }
  return is_policy(error) ? Advice::fix_configuration : Advice::never;
}

Advice for_rejected_session(const Error& error) {
  const Status status = error.status;
  if (status == Status::message_too_big) return Advice::never;
  const bool needs_more = status == Status::smtputf8_not_offered || status == Status::eight_bit_not_offered ||
                          status == Status::dsn_not_offered || status == Status::binary_mime_not_offered;
  if (needs_more) return Advice::retry_elsewhere;
  if (status == Status::chunking_rejected || status == Status::starttls_not_offered) return Advice::fix_configuration;
  const bool temporary = error.smtp_code != 0 && error.smtp_code < 500;  // 0: it is what the server offers
  if (status == Status::service_closing || temporary) return Advice::retry_later;
  return status == Status::greeting_rejected ? Advice::retry_elsewhere : Advice::fix_configuration;
}

Advice for_usage(Status status) {
  const bool passing = status == Status::cancelled || status == Status::source_failed ||
                       status == Status::source_not_rewindable || status == Status::busy;
  return passing ? Advice::retry_later : Advice::fix_configuration;
}

Advice for_transport(Status status) {
  if (status == Status::name_not_found || status == Status::bind_failed) return Advice::fix_configuration;
  const bool broke = status == Status::connection_closed || status == Status::connection_reset;
  return broke ? Advice::retry_later : Advice::retry_elsewhere;
}

Advice for_protocol(Status status) {
  return status == Status::tls_before_greeting ? Advice::fix_configuration : Advice::retry_elsewhere;
}

Advice for_proxy(Status status) {
  const bool passing = status == Status::proxy_unreachable || status == Status::proxy_failed ||
                       status == Status::proxy_closed || status == Status::proxy_host_unreachable ||
                       status == Status::proxy_connection_refused;
  return passing ? Advice::retry_later : Advice::fix_configuration;
}

// What may be other by itself next time; the rest needs a person.
Advice for_tls(Status status) {
  const bool passing = status == Status::tls_truncated || status == Status::tls_broken_record;
  return passing ? Advice::retry_later : Advice::fix_configuration;
}

Advice for_timeout(Status status) {
  const bool silent = status == Status::connect_timeout || status == Status::greeting_timeout;
  return silent ? Advice::retry_elsewhere : Advice::retry_later;
}

}  // namespace

Advice advise(Outcome outcome, const Error& error, const Recipients& recipients) {
  if (outcome == Outcome::accepted) return Advice::done;
  if (outcome == Outcome::unknown) return Advice::never;
  if (outcome != Outcome::not_sent) return for_refusal(error, recipients);
  switch (group(error.status)) {
    case StatusGroup::usage: return error.status == Status::ok ? Advice::done : for_usage(error.status);
    case StatusGroup::transport: return for_transport(error.status);
    case StatusGroup::rejected: return for_rejected_session(error);
    case StatusGroup::timeout: return for_timeout(error.status);
    case StatusGroup::protocol: return for_protocol(error.status);
    case StatusGroup::tls: return for_tls(error.status);
    case StatusGroup::proxy: return for_proxy(error.status);
    case StatusGroup::capacity: break;
  }
  return Advice::fix_configuration;
}

}  // namespace mailmote
