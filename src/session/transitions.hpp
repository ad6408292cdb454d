// The states of a session in one table: what each accepts, how long it waits, what may be written while it waits.
#ifndef MAILMOTE_SESSION_TRANSITIONS_HPP
#define MAILMOTE_SESSION_TRANSITIONS_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "mailmote/options.hpp"
#include "mailmote/status.hpp"

namespace mailmote {

/// One row a state that waits for a reply.
struct StateRow {
  Phase phase;
  std::uint8_t accepts;         ///< first digit of the replies that mean yes; 4 and 5 mean no; others break the protocol
  bool may_follow;              ///< its command may be written while earlier replies are due (RFC 2920)
  std::uint8_t timeout;         ///< where Timeouts has it
};

constexpr std::uint8_t kNoTimeout = 0xff;  // waits for no reply

// In the order of Phase.
inline constexpr StateRow kStates[] = {
    {Phase::idle, 0, false, kNoTimeout},
    {Phase::connect, 0, false, offsetof(Timeouts, connect)},
    {Phase::proxy, 0, false, kNoTimeout},
    {Phase::tls, 0, false, offsetof(Timeouts, tls)},
    {Phase::greeting, 2, false, offsetof(Timeouts, greeting)},
    {Phase::ehlo, 2, false, offsetof(Timeouts, command)},
    {Phase::helo, 2, false, offsetof(Timeouts, command)},
    {Phase::starttls, 2, false, offsetof(Timeouts, command)},
    {Phase::auth, 2, false, offsetof(Timeouts, command)},
    {Phase::measure, 0, false, kNoTimeout},
    {Phase::rset, 2, false, offsetof(Timeouts, command)},
    {Phase::mail, 2, true, offsetof(Timeouts, mail)},
    {Phase::rcpt, 2, true, offsetof(Timeouts, rcpt)},
    {Phase::data, 3, true, offsetof(Timeouts, data)},
    {Phase::content, 2, false, offsetof(Timeouts, content)},
    {Phase::bdat, 2, true, offsetof(Timeouts, content)},
    {Phase::noop, 2, false, offsetof(Timeouts, command)},
    {Phase::quit, 2, true, offsetof(Timeouts, command)},
};

constexpr bool states_in_order() {
  for (std::uint8_t i = 0; i < sizeof kStates / sizeof kStates[0]; ++i) {
    if (kStates[i].phase != static_cast<Phase>(i)) return false;
  }
  return sizeof kStates / sizeof kStates[0] == static_cast<std::size_t>(Phase::quit) + 1;
}
static_assert(states_in_order(), "kStates must have one row for each Phase, in its order");

constexpr const StateRow& row(Phase phase) { return kStates[static_cast<std::uint8_t>(phase)]; }

/// The one that stands `place` octets behind the beginning.
inline Millis timeout_at(const Timeouts& timeouts, std::size_t place) {
  Millis timeout = 0;
  std::memcpy(&timeout, reinterpret_cast<const char*>(&timeouts) + place, sizeof timeout);
  return timeout;
}

/// How long the reply in `phase` is waited for.
inline Millis timeout_of(Phase phase, const Timeouts& timeouts) { return timeout_at(timeouts, row(phase).timeout); }

/// What a state's yes and no lead to. Drawn as the diagram in docs/architecture.md; the tests hold the sessions they run
/// against it.
struct Transition {
  Phase from;
  Phase to;
  const char* when;
};

inline constexpr Transition kTransitions[] = {
    {Phase::idle, Phase::connect, "start"},
    {Phase::idle, Phase::measure, "start, kept, the content is to be looked through"},
    {Phase::idle, Phase::rset, "start, kept, transaction open"},
    {Phase::idle, Phase::mail, "start, kept"},
    {Phase::idle, Phase::noop, "noop(), kept"},
    {Phase::idle, Phase::quit, "quit()"},
    {Phase::connect, Phase::greeting, "open"},
    {Phase::connect, Phase::proxy, "open, proxy"},
    {Phase::proxy, Phase::greeting, "through the proxy"},
    {Phase::proxy, Phase::tls, "through the proxy, implicit TLS"},
    {Phase::connect, Phase::tls, "open, implicit TLS"},
    {Phase::tls, Phase::greeting, "secured, implicit TLS"},
    {Phase::tls, Phase::ehlo, "secured, STARTTLS"},
    {Phase::greeting, Phase::ehlo, "220"},
    {Phase::greeting, Phase::quit, "4xx 5xx"},
    {Phase::ehlo, Phase::helo, "500 502 504 550"},
    {Phase::ehlo, Phase::starttls, "250, STARTTLS asked for"},
    {Phase::ehlo, Phase::measure, "250, the content is to be looked through"},
    {Phase::ehlo, Phase::mail, "250"},
    {Phase::ehlo, Phase::noop, "250, noop()"},
    {Phase::ehlo, Phase::idle, "250, connect()"},
    {Phase::ehlo, Phase::quit, "other 4xx 5xx, or 250 and no STARTTLS or the message does not fit"},
    {Phase::helo, Phase::mail, "250"},
    {Phase::helo, Phase::noop, "250, noop()"},
    {Phase::helo, Phase::idle, "250, connect()"},
    {Phase::helo, Phase::quit, "4xx 5xx, or 250 and no STARTTLS or the message does not fit"},
    {Phase::ehlo, Phase::auth, "250, credentials"},
    {Phase::auth, Phase::auth, "334, or another mechanism"},
    {Phase::auth, Phase::measure, "235, the content is to be looked through"},
    {Phase::auth, Phase::mail, "235"},
    {Phase::auth, Phase::noop, "235, noop()"},
    {Phase::auth, Phase::idle, "235, connect()"},
    {Phase::auth, Phase::quit, "4xx 5xx, or 235 and the message does not fit"},
    {Phase::starttls, Phase::tls, "220"},
    {Phase::starttls, Phase::quit, "4xx 5xx"},
    {Phase::measure, Phase::rset, "done, transaction open"},
    {Phase::measure, Phase::mail, "done"},
    {Phase::measure, Phase::idle, "keep, too big, or the source failed"},
    {Phase::measure, Phase::quit, "too big, or the source failed"},
    {Phase::rset, Phase::mail, "250"},
    {Phase::mail, Phase::rcpt, "250"},
    {Phase::mail, Phase::idle, "4xx 5xx, keep"},
    {Phase::mail, Phase::quit, "4xx 5xx"},
    {Phase::rcpt, Phase::rcpt, "next recipient"},
    {Phase::rcpt, Phase::data, "250 4xx 5xx"},
    {Phase::rcpt, Phase::bdat, "250 4xx 5xx, CHUNKING"},
    {Phase::rcpt, Phase::rset, "all refused, more recipients"},
    {Phase::rcpt, Phase::measure, "all refused, more recipients, content to be looked through"},
    {Phase::rcpt, Phase::idle, "all refused, keep"},
    {Phase::rcpt, Phase::quit, "all refused"},
    {Phase::data, Phase::content, "354"},
    {Phase::data, Phase::rset, "4xx 5xx, more recipients"},
    {Phase::data, Phase::idle, "4xx 5xx, keep"},
    {Phase::data, Phase::quit, "4xx 5xx"},
    {Phase::content, Phase::mail, "250, more recipients"},
    {Phase::content, Phase::measure, "250, more recipients, content to be looked through"},
    {Phase::content, Phase::idle, "keep"},
    {Phase::content, Phase::quit, "250 4xx 5xx"},
    {Phase::bdat, Phase::rset, "4xx 5xx and nobody accepted, more recipients"},
    {Phase::bdat, Phase::mail, "250, more recipients"},
    {Phase::bdat, Phase::measure, "250, more recipients, content to be looked through"},
    {Phase::bdat, Phase::idle, "keep"},
    {Phase::bdat, Phase::quit, "250 4xx 5xx"},
    {Phase::noop, Phase::idle, "250 4xx 5xx"},
    {Phase::quit, Phase::idle, "221, close"},
    {Phase::quit, Phase::connect, "recipients are left"},
};

}  // namespace mailmote

#endif
