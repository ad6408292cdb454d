// The other end of a stream under test, as the suite directs it and each link plays it.
#ifndef MAILMOTE_TESTS_CONTRACT_FAR_END_HPP
#define MAILMOTE_TESTS_CONTRACT_FAR_END_HPP

#include <cstdint>
#include <string>

namespace mailmote::contract {

enum class Ending : std::uint8_t { none, finish, reset };

/// One connection's other end. A new connection begins with a new FarEnd, but keeps what it was directed to do.
struct FarEnd {
  // Directed by the suite.
  std::string to_send;           ///< is sent as far as it goes, and shrinks
  bool reads = true;             ///< whether it takes what arrives
  Ending ending = Ending::none;  ///< what it does when to_send has gone out; it also finishes when the stream has ended

  // Seen by the suite.
  bool connected = false;
  bool ended = false;  ///< its own ending has gone out
  std::string received;
  bool saw_end = false;    ///< the stream was closed in an orderly way, and everything it had written arrived
  bool saw_reset = false;  ///< the connection broke
};

}  // namespace mailmote::contract

#endif
