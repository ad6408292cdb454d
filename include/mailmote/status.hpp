// What happened: Status, Phase, Outcome, Advice, Error. One set of numbers for C++ and C (mailmote.h).
#ifndef MAILMOTE_STATUS_HPP
#define MAILMOTE_STATUS_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"

namespace mailmote {

/// Why something did not go as asked. The value's upper three bits are its group: see `group()`.
enum class [[nodiscard]] Status : std::uint8_t {
  ok = 0,

  // Usage: the call, the options or the message; nothing was sent because of it.
  busy = 1,                       ///< an operation is still under way
  window_too_small = 2,           ///< tx below 64 or rx below 128 octets
  timeout_out_of_range = 3,       ///< a timeout of 0 or above 2^31 - 1 ms
  no_host = 4,                    ///< the server's host name is empty
  invalid_host = 5,               ///< the host name holds a blank or control character, or is longer than 253
  invalid_helo = 6,               ///< the EHLO name holds a blank or control character, or is longer than 255
  invalid_sender = 7,             ///< the envelope sender is not an address (RFC 5321 section 4.1.2) and not empty
  invalid_recipient = 8,          ///< a recipient is not an address (RFC 5321 section 4.1.2)
  no_recipients = 9,              ///< the message has no recipient
  invalid_header = 10,            ///< a header's name or value holds what would break the header (RFC 5322)
  duplicate_header = 11,          ///< a header that may stand once was given twice (RFC 5322 section 3.6)
  clear_text_refused = 12,        ///< the connection is not encrypted, not to this machine, and `allow_clear` is not set
  no_tls_layer = 13,              ///< the security asked for needs TLS and the stream has no TLS layer
  no_random_source = 14,          ///< something needs random octets and none were given
  source_failed = 15,             ///< the body source reported an error
  source_length = 16,             ///< the body source delivered more or fewer octets than it announced
  source_not_rewindable = 17,     ///< the content had to be read again and its source cannot start again
  bare_line_end = 18,             ///< the content holds a CR or LF on its own and `LineEnds::refuse` is set
  cancelled = 19,                 ///< `cancel()` was called
  nothing_to_do = 20,             ///< the connection is not open, so there is nothing to quit
  out_of_space = 21,              ///< the caller's buffer is too small for the result
  no_security_plan = 22,          ///< the security is `automatic` and `Options::plan` is not set

  cleartext_credentials_refused = 23,  ///< the connection is not encrypted and `allow_cleartext_credentials` is not set
  invalid_credentials = 24,            ///< user, password, identity or token hold a character that the mechanism cannot carry
  token_failed = 25,                   ///< the source of the token reported an error
  invalid_proxy = 26,                  ///< the proxy's host, user or password is empty, too long or cannot be sent
  invalid_dsn = 27,                    ///< what Message::dsn asks for cannot be sent, or contradicts itself

  // Transport.
  name_not_found = 32,            ///< the host name has no address
  name_lookup_failed = 33,        ///< the name server did not answer, or with an error
  connection_refused = 34,        ///< nothing listens at that address and port
  unreachable = 35,               ///< no route to the host or network
  connection_closed = 36,         ///< the server closed the connection
  connection_reset = 37,          ///< the connection broke: reset, or the peer vanished
  transport_error = 38,           ///< any other error of the socket layer; see Error::native
  bind_failed = 39,               ///< the local address, port or interface that was asked for cannot be used

  // TLS.
  tls_handshake_failed = 64,            ///< for a reason that has no name here; see Error::native
  tls_alert = 65,                       ///< the server ended TLS with an alert: TlsReport::alert
  tls_version_unavailable = 66,         ///< the TLS library lacks a version that TlsOptions asks for
  tls_version_refused = 67,             ///< the server turns TLS down before its answer, by alert or by closing: see versions
  tls_certificate_expired = 68,         ///< the server's certificate, or one above it, has expired
  tls_certificate_not_yet_valid = 69,   ///< its time has not come, or the clock is wrong
  tls_wrong_host = 70,                  ///< the server's certificate was issued for other names
  tls_untrusted = 71,                   ///< no trusted certificate vouches for the server's
  tls_pin_mismatch = 72,                ///< the server's key is none of the pins
  tls_bad_certificate = 73,             ///< revoked, too weak, for another use, or broken; flags in Error::native
  tls_clock_not_set = 74,               ///< the time of day is needed for certificates and not known
  tls_no_trust = 75,                    ///< neither trusted certificates nor a pin were given
  tls_invalid_ca = 76,                  ///< the trusted certificates cannot be read
  tls_invalid_key = 77,                 ///< the client's own certificate or key cannot be read, or do not fit together
  tls_client_certificate_refused = 78,  ///< the server wants another client certificate, or one at all
  tls_out_of_memory = 79,               ///< the TLS library's memory or arena is too small
  tls_plain_text = 80,                  ///< what the server sent is not TLS: it speaks in clear here
  tls_truncated = 81,                   ///< the connection ended without TLS's own end
  tls_broken_record = 82,               ///< octets that do not belong to this TLS connection
  tls_invalid_options = 83,             ///< TlsOptions contradict each other, such as min above max

  // Proxy.
  proxy_unreachable = 96,         ///< the proxy itself cannot be reached; see Error::native
  proxy_auth_required = 97,       ///< the proxy wants a user and password, or another kind of login
  proxy_auth_rejected = 98,       ///< the proxy refuses the user and password
  proxy_refused = 99,             ///< the proxy does not allow this connection
  proxy_host_unreachable = 100,   ///< the proxy cannot reach or find the server
  proxy_connection_refused = 101, ///< the server refused the proxy's connection
  proxy_unsupported = 102,        ///< the proxy, or its protocol, cannot do what is asked, such as IPv6 by SOCKS4
  proxy_failed = 103,             ///< the proxy failed for a reason of its own
  proxy_protocol = 104,           ///< what the proxy said does not belong to its protocol
  proxy_closed = 105,             ///< the proxy closed the connection before it was through

  // Protocol: the server broke SMTP.
  malformed_reply = 128,          ///< a line that is not a reply (RFC 5321 section 4.2)
  reply_code_changed = 129,       ///< the code changed inside a reply of many lines
  unexpected_reply = 130,         ///< a code that does not fit the command
  reply_without_command = 131,    ///< a reply that nothing had asked for
  early_success = 132,            ///< "accepted" before the end of the content was sent
  reply_too_long = 133,           ///< one reply of more than 64 KiB

  starttls_injection = 134,       ///< octets in clear behind the reply to STARTTLS: somebody tampers with the connection
  tls_before_greeting = 135,      ///< the server speaks TLS from the first octet

  malformed_challenge = 136,      ///< what the server said during AUTH does not belong to the mechanism
  server_not_verified = 137,      ///< the server said yes to AUTH without having shown that it knows the credentials
  iterations_refused = 138,       ///< SCRAM with fewer iterations than 4096 (RFC 7677) or more than the limit

  // Rejected: the server understood and said no, or what it offers does not suffice.
  greeting_rejected = 160,        ///< the server greeted with 4xx or 5xx
  ehlo_rejected = 161,            ///< EHLO and HELO were refused
  sender_rejected = 162,          ///< MAIL was refused
  recipients_rejected = 163,      ///< some or all recipients were refused; see each Recipient
  data_rejected = 164,            ///< DATA was refused though a recipient was accepted
  content_rejected = 165,         ///< the message was refused after its content
  service_closing = 166,          ///< 421: the server closes the connection
  chunking_rejected = 167,        ///< BDAT was refused although CHUNKING was offered
  message_too_big = 168,          ///< larger than the limit in the server's SIZE (RFC 1870)
  smtputf8_not_offered = 169,     ///< an address or header needs SMTPUTF8 (RFC 6531) and the server lacks it
  eight_bit_not_offered = 170,    ///< the content holds 8-bit octets and the server lacks 8BITMIME (RFC 6152)
  command_rejected = 171,         ///< RSET or NOOP was refused

  starttls_not_offered = 172,     ///< the server does not offer STARTTLS, or somebody removed the offer
  starttls_rejected = 173,        ///< STARTTLS was refused
  auth_not_offered = 174,         ///< the server offers no AUTH here
  no_common_mechanism = 175,      ///< the server offers none of the allowed mechanisms
  auth_rejected = 176,            ///< the server refuses the credentials, for now (4xx) or for good
  auth_mechanism_rejected = 177,  ///< the server offers the allowed mechanisms and refuses them all the same

  dsn_not_offered = 178,          ///< `Dsn::required`, and the server lacks DSN (RFC 3461)
  binary_mime_not_offered = 179,  ///< the content is binary, and the server lacks BINARYMIME or CHUNKING (RFC 3030), or
                                  ///< Options::chunking is not set, or the length cannot be known beforehand

  // Timeout.
  connect_timeout = 192,
  greeting_timeout = 193,
  reply_timeout = 194,            ///< a command's reply did not come; Error::phase says which
  write_timeout = 195,            ///< the connection took no octet for the data-block timeout
  source_timeout = 196,           ///< the body source delivered nothing for its timeout
  operation_timeout = 197,        ///< the whole operation took longer than `Options::timeout`

  tls_timeout = 198,              ///< the TLS handshake did not end in time

  token_timeout = 199,            ///< the source of the token had none in time

  proxy_timeout = 200,            ///< the proxy did not answer in time

  // Capacity.
  too_many_recipients = 224,      ///< more than 65,535
  challenge_too_long = 225,       ///< a challenge does not fit the rx window or the mechanism's own room
};

/// How many values Status has.
constexpr std::size_t kStatusCount = 108;

enum class StatusGroup : std::uint8_t { usage = 0, transport = 1, tls = 2, proxy = 3, protocol = 4, rejected = 5, timeout = 6, capacity = 7 };

constexpr StatusGroup group(Status status) {
  return static_cast<StatusGroup>(static_cast<std::uint8_t>(status) >> 5U);
}

/// Where in the dialogue something happened. Also the states of the session: see docs/architecture.md for the diagram.
enum class Phase : std::uint8_t {
  idle = 0,   ///< nothing under way
  connect,    ///< name look-up and TCP connect
  proxy,      ///< the dialogue with the proxy
  tls,        ///< TLS handshake
  greeting,
  ehlo,
  helo,
  starttls,
  auth,
  measure,    ///< looking through the content before it is sent; nothing is on the wire
  rset,
  mail,
  rcpt,
  data,
  content,    ///< the content after DATA's 354, up to the final reply
  bdat,       ///< BDAT with its chunk, up to its reply
  noop,
  quit,
};

/// What became of one recipient.
enum class RecipientOutcome : std::uint8_t {
  not_sent = 0,              ///< certainly not accepted; it may be sent again
  accepted = 1,              ///< the server took responsibility (RFC 5321 section 4.2.5)
  rejected_temporarily = 2,  ///< 4xx: later may help
  rejected_permanently = 3,  ///< 5xx: as it stands, never
  unknown = 4,               ///< the connection ended between the end of the content and the reply (RFC 1047)
};

/// What became of the mail, derived from its recipients: any unknown -> unknown; all accepted -> accepted; some ->
/// partly_accepted; none but at least one refused -> rejected; else not_sent.
enum class Outcome : std::uint8_t { not_sent = 0, accepted = 1, partly_accepted = 2, rejected = 3, unknown = 4 };

/// What the application may sensibly do next.
enum class Advice : std::uint8_t {
  done = 0,               ///< nothing: all recipients have it
  retry_later = 1,        ///< the same mail to the same server, after a pause
  retry_elsewhere = 2,    ///< another server, if there is one; else later
  fix_configuration = 3,  ///< a person must change options or credentials
  never = 4,              ///< this mail (or what is left of it) will not be accepted as it is; for an unknown outcome:
                          ///< do not send again without a person's decision, it may arrive twice
};

/// An enhanced status code, RFC 3463: class.subject.detail; all zero when there is none.
struct EnhancedCode {
  std::uint8_t status_class = 0;  ///< 2, 4 or 5
  std::uint16_t subject = 0;      ///< 0..999
  std::uint16_t detail = 0;       ///< 0..999
};

/// What went wrong first; all zero when nothing did. A later error never replaces it, except that a server's reply
/// explains a connection that broke while it was written.
struct Error {
  Status status = Status::ok;
  Phase phase = Phase::idle;
  std::uint16_t smtp_code = 0;  ///< the reply's code, 0 when no reply was the reason
  EnhancedCode enhanced;
  std::int32_t native = 0;      ///< errno, err_t or the port's own number; 0 when there is none
};

/// The identifier of a status, phase, outcome or advice, such as "recipients_rejected", ended by NUL. Linked when named.
Text name(Status status);
Text name(Phase phase);
Text name(Outcome outcome);
Text name(RecipientOutcome outcome);
Text name(Advice advice);

/// Writes one sentence into `out` that says what failed, where, and what to do, ended by NUL. Returns the sentence.
/// 192 octets hold every sentence; a smaller buffer cuts it. Linked when named.
Text describe(const Error& error, char* out, std::size_t size);

template <std::size_t N>
Text describe(const Error& error, char (&out)[N]) {
  return describe(error, out, N);
}

}  // namespace mailmote

#endif
