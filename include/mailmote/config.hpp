// The compile-time limits: default, range, cost. A library and an application built with different values do not link,
// because the values are part of the names of functions of Session and Client (the type Layout).
#ifndef MAILMOTE_CONFIG_HPP
#define MAILMOTE_CONFIG_HPP

#include <cstddef>
#include <cstdint>

/// Octets of a reply's text that are kept for the error and for Recipient results: 16..1000. Costs as many octets of RAM
/// a client.
#ifndef MAILMOTE_REPLY_TEXT
#define MAILMOTE_REPLY_TEXT 48
#endif

/// What runs when mailmote finds a bug of its own: an expression statement. Nothing by default.
#ifndef MAILMOTE_ASSERT
#define MAILMOTE_ASSERT(condition) static_cast<void>(0)
#endif

namespace mailmote {

constexpr std::size_t kReplyTextSize = MAILMOTE_REPLY_TEXT;
static_assert(kReplyTextSize >= 16 && kReplyTextSize <= 1000, "MAILMOTE_REPLY_TEXT must be 16..1000");

/// A type that differs with each set of limits: a parameter of this type makes a mismatch a link error.
template <std::size_t ReplyText>
struct LayoutOf {};
using Layout = LayoutOf<kReplyTextSize>;

/// Lines of the server that one poll handles; more wait for the next one. Bounds a poll's work.
constexpr int kLinesPerPoll = 8;

/// Octets after which a poll reads no more content. Bounds a poll's work.
constexpr std::size_t kOctetsPerPoll = 128;

/// Reads from a body source in one poll. Bounds a poll's work where a source delivers crumbs.
constexpr int kReadsPerPoll = 4;

/// Octets that one reply may have, all lines together; above is Status::reply_too_long.
constexpr std::uint16_t kMaxReplyOctets = 65535;

/// Recipients in one transaction (RFC 5321 section 4.5.3.1.8); more go out in further transactions.
constexpr std::uint16_t kRecipientsPerTransaction = 100;

/// Smallest windows, in octets.
constexpr std::size_t kMinTx = 64;
constexpr std::size_t kMinRx = 128;

/// How long a connection may have been silent for BDAT in the first group, ms.
constexpr std::uint32_t kFreshConnection = 5000;

/// How long the reply to QUIT is waited for in the background, ms.
constexpr std::uint32_t kQuitWait = 5000;

/// How often a body source that has nothing yet is asked again, ms.
constexpr std::uint32_t kSourcePoll = 20;

}  // namespace mailmote

#endif
