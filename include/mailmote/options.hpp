// What a client is told: where, how safely, how patiently. One object, usually constant, that outlives the client.
#ifndef MAILMOTE_OPTIONS_HPP
#define MAILMOTE_OPTIONS_HPP

#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/clock.hpp"
#include "mailmote/status.hpp"

namespace mailmote {

class Authentication;
class Observer;
struct ChunkingFeature;
class SecurityPlan;

/// The port of message submission (RFC 6409).
constexpr std::uint16_t kSubmissionPort = 587;

/// The port of submission over implicit TLS (RFC 8314).
constexpr std::uint16_t kSubmissionsPort = 465;

/// How the connection is protected. Any but `none` needs a stream with a TLS layer.
enum class Security : std::uint8_t {
  automatic = 0,           ///< TLS as the server has it: needs Options::plan
  none = 1,                ///< no TLS: only to this machine, or with Options::allow_clear
  starttls = 2,            ///< plain, then STARTTLS, or an error (RFC 3207)
  implicit = 3,            ///< TLS from the first octet (RFC 8314)
  starttls_if_offered = 4, ///< STARTTLS where offered, else as `none`
};

/// One bound a phase, in ms: 1..kMaxTimeout, or kForever. A reply's bound is absolute: a server that drips octets does
/// not prolong it.
struct Timeouts {
  Millis connect;     ///< name look-up and TCP connect
  Millis tls;         ///< TLS handshake
  Millis greeting;    ///< the 220; the server may be starting a process
  Millis command;     ///< reply to EHLO, HELO, RSET, NOOP
  Millis mail;        ///< reply to MAIL
  Millis rcpt;        ///< reply to each RCPT
  Millis data;        ///< reply to DATA
  Millis data_block;  ///< for each time the connection takes octets while something is to be written
  Millis content;     ///< reply to the end of the content; short values lead to duplicates (RFC 1047)
  Millis source;      ///< a body source that has nothing yet
  Millis operation;   ///< the whole of an operation, from start() to the outcome
};

/// RFC 5321 section 4.5.3.2: 5 min for greeting, MAIL and RCPT, 2 min for DATA, 3 min a block, 10 min for the final reply.
inline constexpr Timeouts kRfcTimeouts = {60000,  60000,  300000, 300000, 300000, 300000,
                                          120000, 180000, 600000, 180000, kForever};

/// For devices: 10-60 s a phase, 2 min for the final reply, 5 min for the whole operation.
inline constexpr Timeouts kDeviceTimeouts = {15000, 30000, 30000,  30000, 30000, 60000,
                                             30000, 30000, 120000, 30000, 300000};

/// What to do when some recipients are refused and others are not.
enum class RefusedRecipient : std::uint8_t {
  proceed = 0,  ///< send to the others ("continue")
  abort = 1,    ///< send to none: all of them end as not_sent or refused. Costs one more round trip
};

/// What to do with a CR or LF that stands alone in the content. It is never passed on as it is (RFC 5321 section 2.3.8).
enum class LineEnds : std::uint8_t {
  repair = 0,  ///< make it CRLF
  refuse = 1,  ///< close the connection: not sent, Status::bare_line_end
};

/// All views must stay valid as long as a client uses the options.
struct Options {
  Text host;                                ///< a name of at most 253 octets, or a numeric address without brackets
  std::uint16_t port = 0;                   ///< 0: the standard port of the security mode: 465 or 587
  Security security = Security::automatic;
  Text helo;                                ///< the name to say in EHLO; empty: the local address as a literal
  const Timeouts* timeouts = &kRfcTimeouts;
  Millis greeting_timeout = kForever;       ///< bound for the greeting instead of timeouts->greeting; kForever: that one
  Millis timeout = kForever;                ///< bound for each operation instead of timeouts->operation; kForever: that one
  SecurityPlan* plan = nullptr;             ///< for Security::automatic: an AutoSecurity
  Authentication* auth = nullptr;           ///< an Authenticator: AUTH comes before everything else; null: no login
  bool allow_cleartext_credentials = false;  ///< AUTH may go unencrypted, also to this machine
  bool allow_clear = false;                 ///< mail may go unencrypted to another machine
  bool pipelining = true;                   ///< use PIPELINING where offered
  RefusedRecipient refused_recipient = RefusedRecipient::proceed;
  LineEnds line_ends = LineEnds::repair;
  const ChunkingFeature* chunking = nullptr;  ///< &kChunking: use BDAT where offered; null: DATA always
  WallClock clock;                          ///< none: messages go out without a Date of ours
  Observer* observer = nullptr;             ///< sees the dialogue
};

/// BDAT (RFC 3030). Linked when named.
extern const ChunkingFeature kChunking;

/// ok; or no_host, invalid_host, invalid_helo, timeout_out_of_range. A client's start does the same check.
[[nodiscard]] Status check(const Options& options);

}  // namespace mailmote

#endif
