// One set of numbers for C and C++.
#include "c_api/objects.hpp"
#include "mailmote/dsn.hpp"
#include "mailmote/mime.hpp"
#include "mailmote/oauth.hpp"
#include "mailmote/observer.hpp"

namespace mailmote {
namespace {

template <class C, class Value>
struct Same {
  C in_c;
  Value value;
};

template <class C, class Value, std::size_t N>
constexpr bool are_same(const Same<C, Value> (&all)[N]) {
  for (const Same<C, Value>& row : all) {
    if (static_cast<unsigned>(row.in_c) != static_cast<unsigned>(row.value)) return false;
  }
  return true;
}

constexpr Same<mailmote_status_t, Status> kStatuses[] = {
    {MAILMOTE_OK, Status::ok},
    {MAILMOTE_BUSY, Status::busy},
    {MAILMOTE_WINDOW_TOO_SMALL, Status::window_too_small},
    {MAILMOTE_TIMEOUT_OUT_OF_RANGE, Status::timeout_out_of_range},
    {MAILMOTE_NO_HOST, Status::no_host},
    {MAILMOTE_INVALID_HOST, Status::invalid_host},
    {MAILMOTE_INVALID_HELO, Status::invalid_helo},
    {MAILMOTE_INVALID_SENDER, Status::invalid_sender},
    {MAILMOTE_INVALID_RECIPIENT, Status::invalid_recipient},
    {MAILMOTE_NO_RECIPIENTS, Status::no_recipients},
    {MAILMOTE_INVALID_HEADER, Status::invalid_header},
    {MAILMOTE_DUPLICATE_HEADER, Status::duplicate_header},
    {MAILMOTE_CLEAR_TEXT_REFUSED, Status::clear_text_refused},
    {MAILMOTE_NO_TLS_LAYER, Status::no_tls_layer},
    {MAILMOTE_NO_RANDOM_SOURCE, Status::no_random_source},
    {MAILMOTE_SOURCE_FAILED, Status::source_failed},
    {MAILMOTE_SOURCE_LENGTH, Status::source_length},
    {MAILMOTE_SOURCE_NOT_REWINDABLE, Status::source_not_rewindable},
    {MAILMOTE_BARE_LINE_END, Status::bare_line_end},
    {MAILMOTE_CANCELLED, Status::cancelled},
    {MAILMOTE_NOTHING_TO_DO, Status::nothing_to_do},
    {MAILMOTE_OUT_OF_SPACE, Status::out_of_space},
    {MAILMOTE_NO_SECURITY_PLAN, Status::no_security_plan},
    {MAILMOTE_CLEARTEXT_CREDENTIALS_REFUSED, Status::cleartext_credentials_refused},
    {MAILMOTE_INVALID_CREDENTIALS, Status::invalid_credentials},
    {MAILMOTE_TOKEN_FAILED, Status::token_failed},
    {MAILMOTE_INVALID_PROXY, Status::invalid_proxy},
    {MAILMOTE_INVALID_DSN, Status::invalid_dsn},
    {MAILMOTE_NAME_NOT_FOUND, Status::name_not_found},
    {MAILMOTE_NAME_LOOKUP_FAILED, Status::name_lookup_failed},
    {MAILMOTE_CONNECTION_REFUSED, Status::connection_refused},
    {MAILMOTE_UNREACHABLE, Status::unreachable},
    {MAILMOTE_CONNECTION_CLOSED, Status::connection_closed},
    {MAILMOTE_CONNECTION_RESET, Status::connection_reset},
    {MAILMOTE_TRANSPORT_ERROR, Status::transport_error},
    {MAILMOTE_BIND_FAILED, Status::bind_failed},
    {MAILMOTE_TLS_HANDSHAKE_FAILED, Status::tls_handshake_failed},
    {MAILMOTE_TLS_ALERT, Status::tls_alert},
    {MAILMOTE_TLS_VERSION_UNAVAILABLE, Status::tls_version_unavailable},
    {MAILMOTE_TLS_VERSION_REFUSED, Status::tls_version_refused},
    {MAILMOTE_TLS_CERTIFICATE_EXPIRED, Status::tls_certificate_expired},
    {MAILMOTE_TLS_CERTIFICATE_NOT_YET_VALID, Status::tls_certificate_not_yet_valid},
    {MAILMOTE_TLS_WRONG_HOST, Status::tls_wrong_host},
    {MAILMOTE_TLS_UNTRUSTED, Status::tls_untrusted},
    {MAILMOTE_TLS_PIN_MISMATCH, Status::tls_pin_mismatch},
    {MAILMOTE_TLS_BAD_CERTIFICATE, Status::tls_bad_certificate},
    {MAILMOTE_TLS_CLOCK_NOT_SET, Status::tls_clock_not_set},
    {MAILMOTE_TLS_NO_TRUST, Status::tls_no_trust},
    {MAILMOTE_TLS_INVALID_CA, Status::tls_invalid_ca},
    {MAILMOTE_TLS_INVALID_KEY, Status::tls_invalid_key},
    {MAILMOTE_TLS_CLIENT_CERTIFICATE_REFUSED, Status::tls_client_certificate_refused},
    {MAILMOTE_TLS_OUT_OF_MEMORY, Status::tls_out_of_memory},
    {MAILMOTE_TLS_PLAIN_TEXT, Status::tls_plain_text},
    {MAILMOTE_TLS_TRUNCATED, Status::tls_truncated},
    {MAILMOTE_TLS_BROKEN_RECORD, Status::tls_broken_record},
    {MAILMOTE_TLS_INVALID_OPTIONS, Status::tls_invalid_options},
    {MAILMOTE_PROXY_UNREACHABLE, Status::proxy_unreachable},
    {MAILMOTE_PROXY_AUTH_REQUIRED, Status::proxy_auth_required},
    {MAILMOTE_PROXY_AUTH_REJECTED, Status::proxy_auth_rejected},
    {MAILMOTE_PROXY_REFUSED, Status::proxy_refused},
    {MAILMOTE_PROXY_HOST_UNREACHABLE, Status::proxy_host_unreachable},
    {MAILMOTE_PROXY_CONNECTION_REFUSED, Status::proxy_connection_refused},
    {MAILMOTE_PROXY_UNSUPPORTED, Status::proxy_unsupported},
    {MAILMOTE_PROXY_FAILED, Status::proxy_failed},
    {MAILMOTE_PROXY_PROTOCOL, Status::proxy_protocol},
    {MAILMOTE_PROXY_CLOSED, Status::proxy_closed},
    {MAILMOTE_MALFORMED_REPLY, Status::malformed_reply},
    {MAILMOTE_REPLY_CODE_CHANGED, Status::reply_code_changed},
    {MAILMOTE_UNEXPECTED_REPLY, Status::unexpected_reply},
    {MAILMOTE_REPLY_WITHOUT_COMMAND, Status::reply_without_command},
    {MAILMOTE_EARLY_SUCCESS, Status::early_success},
    {MAILMOTE_REPLY_TOO_LONG, Status::reply_too_long},
    {MAILMOTE_STARTTLS_INJECTION, Status::starttls_injection},
    {MAILMOTE_TLS_BEFORE_GREETING, Status::tls_before_greeting},
    {MAILMOTE_MALFORMED_CHALLENGE, Status::malformed_challenge},
    {MAILMOTE_SERVER_NOT_VERIFIED, Status::server_not_verified},
    {MAILMOTE_ITERATIONS_REFUSED, Status::iterations_refused},
    {MAILMOTE_GREETING_REJECTED, Status::greeting_rejected},
    {MAILMOTE_EHLO_REJECTED, Status::ehlo_rejected},
    {MAILMOTE_SENDER_REJECTED, Status::sender_rejected},
    {MAILMOTE_RECIPIENTS_REJECTED, Status::recipients_rejected},
    {MAILMOTE_DATA_REJECTED, Status::data_rejected},
    {MAILMOTE_CONTENT_REJECTED, Status::content_rejected},
    {MAILMOTE_SERVICE_CLOSING, Status::service_closing},
    {MAILMOTE_CHUNKING_REJECTED, Status::chunking_rejected},
    {MAILMOTE_MESSAGE_TOO_BIG, Status::message_too_big},
    {MAILMOTE_SMTPUTF8_NOT_OFFERED, Status::smtputf8_not_offered},
    {MAILMOTE_EIGHT_BIT_NOT_OFFERED, Status::eight_bit_not_offered},
    {MAILMOTE_COMMAND_REJECTED, Status::command_rejected},
    {MAILMOTE_STARTTLS_NOT_OFFERED, Status::starttls_not_offered},
    {MAILMOTE_STARTTLS_REJECTED, Status::starttls_rejected},
    {MAILMOTE_AUTH_NOT_OFFERED, Status::auth_not_offered},
    {MAILMOTE_NO_COMMON_MECHANISM, Status::no_common_mechanism},
    {MAILMOTE_AUTH_REJECTED, Status::auth_rejected},
    {MAILMOTE_AUTH_MECHANISM_REJECTED, Status::auth_mechanism_rejected},
    {MAILMOTE_DSN_NOT_OFFERED, Status::dsn_not_offered},
    {MAILMOTE_BINARY_MIME_NOT_OFFERED, Status::binary_mime_not_offered},
    {MAILMOTE_CONNECT_TIMEOUT, Status::connect_timeout},
    {MAILMOTE_GREETING_TIMEOUT, Status::greeting_timeout},
    {MAILMOTE_REPLY_TIMEOUT, Status::reply_timeout},
    {MAILMOTE_WRITE_TIMEOUT, Status::write_timeout},
    {MAILMOTE_SOURCE_TIMEOUT, Status::source_timeout},
    {MAILMOTE_OPERATION_TIMEOUT, Status::operation_timeout},
    {MAILMOTE_TLS_TIMEOUT, Status::tls_timeout},
    {MAILMOTE_TOKEN_TIMEOUT, Status::token_timeout},
    {MAILMOTE_PROXY_TIMEOUT, Status::proxy_timeout},
    {MAILMOTE_TOO_MANY_RECIPIENTS, Status::too_many_recipients},
    {MAILMOTE_CHALLENGE_TOO_LONG, Status::challenge_too_long},
};
static_assert(are_same(kStatuses) && sizeof kStatuses / sizeof kStatuses[0] == kStatusCount);

constexpr Same<mailmote_status_group_t, StatusGroup> kStatusGroups[] = {
    {MAILMOTE_GROUP_USAGE, StatusGroup::usage},
    {MAILMOTE_GROUP_TRANSPORT, StatusGroup::transport},
    {MAILMOTE_GROUP_TLS, StatusGroup::tls},
    {MAILMOTE_GROUP_PROXY, StatusGroup::proxy},
    {MAILMOTE_GROUP_PROTOCOL, StatusGroup::protocol},
    {MAILMOTE_GROUP_REJECTED, StatusGroup::rejected},
    {MAILMOTE_GROUP_TIMEOUT, StatusGroup::timeout},
    {MAILMOTE_GROUP_CAPACITY, StatusGroup::capacity},
};
static_assert(are_same(kStatusGroups));

constexpr Same<mailmote_phase_t, Phase> kPhases[] = {
    {MAILMOTE_PHASE_IDLE, Phase::idle},
    {MAILMOTE_PHASE_CONNECT, Phase::connect},
    {MAILMOTE_PHASE_PROXY, Phase::proxy},
    {MAILMOTE_PHASE_TLS, Phase::tls},
    {MAILMOTE_PHASE_GREETING, Phase::greeting},
    {MAILMOTE_PHASE_EHLO, Phase::ehlo},
    {MAILMOTE_PHASE_HELO, Phase::helo},
    {MAILMOTE_PHASE_STARTTLS, Phase::starttls},
    {MAILMOTE_PHASE_AUTH, Phase::auth},
    {MAILMOTE_PHASE_MEASURE, Phase::measure},
    {MAILMOTE_PHASE_RSET, Phase::rset},
    {MAILMOTE_PHASE_MAIL, Phase::mail},
    {MAILMOTE_PHASE_RCPT, Phase::rcpt},
    {MAILMOTE_PHASE_DATA, Phase::data},
    {MAILMOTE_PHASE_CONTENT, Phase::content},
    {MAILMOTE_PHASE_BDAT, Phase::bdat},
    {MAILMOTE_PHASE_NOOP, Phase::noop},
    {MAILMOTE_PHASE_QUIT, Phase::quit},
};
static_assert(are_same(kPhases));

constexpr Same<mailmote_recipient_outcome_t, RecipientOutcome> kRecipientOutcomes[] = {
    {MAILMOTE_RECIPIENT_NOT_SENT, RecipientOutcome::not_sent},
    {MAILMOTE_RECIPIENT_ACCEPTED, RecipientOutcome::accepted},
    {MAILMOTE_RECIPIENT_REJECTED_TEMPORARILY, RecipientOutcome::rejected_temporarily},
    {MAILMOTE_RECIPIENT_REJECTED_PERMANENTLY, RecipientOutcome::rejected_permanently},
    {MAILMOTE_RECIPIENT_UNKNOWN, RecipientOutcome::unknown},
};
static_assert(are_same(kRecipientOutcomes));

constexpr Same<mailmote_outcome_t, Outcome> kOutcomes[] = {
    {MAILMOTE_OUTCOME_NOT_SENT, Outcome::not_sent},
    {MAILMOTE_OUTCOME_ACCEPTED, Outcome::accepted},
    {MAILMOTE_OUTCOME_PARTLY_ACCEPTED, Outcome::partly_accepted},
    {MAILMOTE_OUTCOME_REJECTED, Outcome::rejected},
    {MAILMOTE_OUTCOME_UNKNOWN, Outcome::unknown},
};
static_assert(are_same(kOutcomes));

constexpr Same<mailmote_advice_t, Advice> kAdvice[] = {
    {MAILMOTE_ADVICE_DONE, Advice::done},
    {MAILMOTE_ADVICE_RETRY_LATER, Advice::retry_later},
    {MAILMOTE_ADVICE_RETRY_ELSEWHERE, Advice::retry_elsewhere},
    {MAILMOTE_ADVICE_FIX_CONFIGURATION, Advice::fix_configuration},
    {MAILMOTE_ADVICE_NEVER, Advice::never},
};
static_assert(are_same(kAdvice));

constexpr Same<mailmote_io_t, IoStatus> kIoStatuses[] = {
    {MAILMOTE_IO_OK, IoStatus::ok},
    {MAILMOTE_IO_WOULD_BLOCK, IoStatus::would_block},
    {MAILMOTE_IO_CLOSED, IoStatus::closed},
    {MAILMOTE_IO_ERROR, IoStatus::error},
};
static_assert(are_same(kIoStatuses));

constexpr Same<mailmote_security_t, Security> kSecurities[] = {
    {MAILMOTE_SECURITY_AUTO, Security::automatic},
    {MAILMOTE_SECURITY_NONE, Security::none},
    {MAILMOTE_SECURITY_STARTTLS, Security::starttls},
    {MAILMOTE_SECURITY_IMPLICIT, Security::implicit},
    {MAILMOTE_SECURITY_STARTTLS_IF_OFFERED, Security::starttls_if_offered},
};
static_assert(are_same(kSecurities));

constexpr Same<mailmote_refused_recipient_t, RefusedRecipient> kRefusedRecipients[] = {
    {MAILMOTE_REFUSED_RECIPIENT_CONTINUE, RefusedRecipient::proceed},
    {MAILMOTE_REFUSED_RECIPIENT_ABORT, RefusedRecipient::abort},
};
static_assert(are_same(kRefusedRecipients));

constexpr Same<mailmote_line_ends_t, LineEnds> kLineEnds[] = {
    {MAILMOTE_LINE_ENDS_REPAIR, LineEnds::repair},
    {MAILMOTE_LINE_ENDS_REFUSE, LineEnds::refuse},
};
static_assert(are_same(kLineEnds));

constexpr Same<mailmote_recipient_kind_t, RecipientKind> kRecipientKinds[] = {
    {MAILMOTE_TO, RecipientKind::to},
    {MAILMOTE_CC, RecipientKind::cc},
    {MAILMOTE_BCC, RecipientKind::bcc},
};
static_assert(are_same(kRecipientKinds));

constexpr Same<mailmote_content_form_t, ContentForm> kContentForms[] = {
    {MAILMOTE_CONTENT_ANY, ContentForm::any},
    {MAILMOTE_CONTENT_CANONICAL, ContentForm::canonical},
    {MAILMOTE_CONTENT_SAFE, ContentForm::safe},
};
static_assert(are_same(kContentForms));

constexpr Same<mailmote_read_t, ReadStatus> kReadStatuses[] = {
    {MAILMOTE_READ_OK, ReadStatus::ok},
    {MAILMOTE_READ_WOULD_BLOCK, ReadStatus::would_block},
    {MAILMOTE_READ_END, ReadStatus::end},
    {MAILMOTE_READ_ERROR, ReadStatus::error},
};
static_assert(are_same(kReadStatuses));

constexpr Same<mailmote_poll_t, Poll> kPolls[] = {
    {MAILMOTE_POLL_AGAIN, Poll::again},
    {MAILMOTE_POLL_WAIT, Poll::wait},
    {MAILMOTE_POLL_DONE, Poll::done},
    {MAILMOTE_POLL_IDLE, Poll::idle},
};
static_assert(are_same(kPolls));

constexpr Same<mailmote_after_t, After> kAfters[] = {
    {MAILMOTE_AFTER_QUIT, After::quit},
    {MAILMOTE_AFTER_KEEP, After::keep},
};
static_assert(are_same(kAfters));

constexpr Same<mailmote_extension_t, Extension> kExtensions[] = {
    {MAILMOTE_EXTENSION_SIZE, Extension::size},
    {MAILMOTE_EXTENSION_PIPELINING, Extension::pipelining},
    {MAILMOTE_EXTENSION_EIGHT_BIT_MIME, Extension::eight_bit_mime},
    {MAILMOTE_EXTENSION_SMTPUTF8, Extension::smtputf8},
    {MAILMOTE_EXTENSION_CHUNKING, Extension::chunking},
    {MAILMOTE_EXTENSION_BINARY_MIME, Extension::binary_mime},
    {MAILMOTE_EXTENSION_DSN, Extension::dsn},
    {MAILMOTE_EXTENSION_ENHANCED_STATUS_CODES, Extension::enhanced_status_codes},
    {MAILMOTE_EXTENSION_STARTTLS, Extension::starttls},
    {MAILMOTE_EXTENSION_REQUIRE_TLS, Extension::require_tls},
    {MAILMOTE_EXTENSION_LIMITS, Extension::limits},
    {MAILMOTE_EXTENSION_AUTH, Extension::auth},
};
static_assert(are_same(kExtensions));

constexpr Same<mailmote_credential_check_t, CredentialCheck> kCredentialChecks[] = {
    {MAILMOTE_CREDENTIALS_VALID, CredentialCheck::valid},
    {MAILMOTE_CREDENTIALS_INVALID, CredentialCheck::invalid},
    {MAILMOTE_CREDENTIALS_COULD_NOT_TELL, CredentialCheck::could_not_tell},
};
static_assert(are_same(kCredentialChecks));

constexpr Same<mailmote_sent_t, Sent> kSent[] = {
    {MAILMOTE_SENT_COMMAND, Sent::command},
    {MAILMOTE_SENT_SECRET, Sent::secret},
    {MAILMOTE_SENT_CONTENT, Sent::content},
};
static_assert(are_same(kSent));

constexpr Same<mailmote_mechanism_id_t, Mechanism> kMechanisms[] = {
    {MAILMOTE_MECHANISM_PLAIN, Mechanism::plain},
    {MAILMOTE_MECHANISM_LOGIN, Mechanism::login},
    {MAILMOTE_MECHANISM_CRAM_MD5, Mechanism::cram_md5},
    {MAILMOTE_MECHANISM_DIGEST_MD5, Mechanism::digest_md5},
    {MAILMOTE_MECHANISM_SCRAM_SHA_1, Mechanism::scram_sha_1},
    {MAILMOTE_MECHANISM_SCRAM_SHA_1_PLUS, Mechanism::scram_sha_1_plus},
    {MAILMOTE_MECHANISM_SCRAM_SHA_256, Mechanism::scram_sha_256},
    {MAILMOTE_MECHANISM_SCRAM_SHA_256_PLUS, Mechanism::scram_sha_256_plus},
    {MAILMOTE_MECHANISM_XOAUTH2, Mechanism::xoauth2},
    {MAILMOTE_MECHANISM_OAUTHBEARER, Mechanism::oauthbearer},
    {MAILMOTE_MECHANISM_EXTERNAL, Mechanism::external},
    {MAILMOTE_MECHANISM_NTLM, Mechanism::ntlm},
    {MAILMOTE_MECHANISM_GSSAPI, Mechanism::gssapi},
};
static_assert(are_same(kMechanisms));

constexpr Same<mailmote_token_state_t, TokenState> kTokenStates[] = {
    {MAILMOTE_TOKEN_READY, TokenState::ready},
    {MAILMOTE_TOKEN_NOT_YET, TokenState::not_yet},
    {MAILMOTE_TOKEN_NOT_AVAILABLE, TokenState::failed},
};
static_assert(are_same(kTokenStates));

constexpr Same<mailmote_tls_version_t, TlsVersion> kTlsVersions[] = {
    {MAILMOTE_TLS_NONE, TlsVersion::none},
    {MAILMOTE_TLS_1_2, TlsVersion::tls1_2},
    {MAILMOTE_TLS_1_3, TlsVersion::tls1_3},
};
static_assert(are_same(kTlsVersions));

constexpr Same<mailmote_clock_not_set_t, ClockNotSet> kClockNotSet[] = {
    {MAILMOTE_CLOCK_NOT_SET_REFUSE, ClockNotSet::refuse},
    {MAILMOTE_CLOCK_NOT_SET_ACCEPT, ClockNotSet::accept},
};
static_assert(are_same(kClockNotSet));

constexpr Same<mailmote_encoding_t, TransferEncoding> kEncodings[] = {
    {MAILMOTE_ENCODING_AUTO, TransferEncoding::automatic},
    {MAILMOTE_ENCODING_7BIT, TransferEncoding::seven_bit},
    {MAILMOTE_ENCODING_8BIT, TransferEncoding::eight_bit},
    {MAILMOTE_ENCODING_QUOTED_PRINTABLE, TransferEncoding::quoted_printable},
    {MAILMOTE_ENCODING_BASE64, TransferEncoding::base64},
    {MAILMOTE_ENCODING_BINARY, TransferEncoding::binary},
    {MAILMOTE_ENCODING_BINARY_IF_OFFERED, TransferEncoding::binary_if_offered},
};
static_assert(are_same(kEncodings));

constexpr Same<mailmote_notify_t, Notify> kNotify[] = {
    {MAILMOTE_NOTIFY_DEFAULT, Notify::server_default},
    {MAILMOTE_NOTIFY_NEVER, Notify::never},
    {MAILMOTE_NOTIFY_SUCCESS, Notify::success},
    {MAILMOTE_NOTIFY_FAILURE, Notify::failure},
    {MAILMOTE_NOTIFY_DELAY, Notify::delay},
};
static_assert(are_same(kNotify));

constexpr Same<mailmote_dsn_return_t, DsnReturn> kDsnReturns[] = {
    {MAILMOTE_DSN_RETURN_DEFAULT, DsnReturn::server_default},
    {MAILMOTE_DSN_RETURN_FULL, DsnReturn::full},
    {MAILMOTE_DSN_RETURN_HEADERS, DsnReturn::headers},
};
static_assert(are_same(kDsnReturns));

static_assert(MAILMOTE_MAX_TIMEOUT == kMaxTimeout && MAILMOTE_FOREVER == kForever);
static_assert(MAILMOTE_MIN_RX == kMinRx && MAILMOTE_MIN_TX == kMinTx && MAILMOTE_REPLY_TEXT == kReplyTextSize);
static_assert(static_cast<unsigned>(IpFamily::v4) == 4 && static_cast<unsigned>(IpFamily::v6) == 6);

}  // namespace
}  // namespace mailmote
