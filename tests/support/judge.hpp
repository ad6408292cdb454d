// What must hold after every operation, whatever happened.
#ifndef MAILMOTE_TESTS_SUPPORT_JUDGE_HPP
#define MAILMOTE_TESTS_SUPPORT_JUDGE_HPP

#include <string>

#include "mailmote/client.hpp"
#include "support/virtual_server.hpp"
#include "support/wire_watch.hpp"

namespace mailmote::test {

/// Holds a send's results against the wire: each recipient's outcome against its fate, the mail's outcome against its
/// recipients', and the error against the outcome. Returns what is wrong; empty: nothing.
std::string judge(const Client& client, const Message& message, const WireWatch& watch);

/// Holds them against what the server has: accepted means one copy with these octets, not sent and refused mean none.
std::string judge_store(const Message& message, const VirtualServer& server, const std::string& content);

}  // namespace mailmote::test

#endif
