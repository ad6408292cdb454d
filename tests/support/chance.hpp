// Random sessions by seed: how many, which, and what to say when one fails.
#ifndef MAILMOTE_TESTS_SUPPORT_CHANCE_HPP
#define MAILMOTE_TESTS_SUPPORT_CHANCE_HPP

#include <functional>
#include <string>

namespace mailmote::test {

/// A suite of random sessions, in shards that may run side by side. With sanitizers it is a fifth of them.
struct RandomSuite {
  const char* name;  ///< of the GoogleTest suite
  unsigned long sessions;
  unsigned long shards;
};

/// Plays the sessions of one shard, or those that MAILMOTE_SIM_SEED and MAILMOTE_SIM_COUNT name. `play` returns what went
/// wrong in a session; empty: nothing. Returns what went wrong first, and the command that plays it again; where a
/// sanitizer ends the program, that command is printed.
std::string play_shard(const RandomSuite& suite, unsigned long shard, const std::function<std::string(unsigned long seed)>& play);

/// Whether the dialogue is to be shown (MAILMOTE_SIM_TRACE).
bool trace_wanted();

}  // namespace mailmote::test

#endif
