#include "support/chance.hpp"

#include <cstdio>
#include <cstdlib>

extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace mailmote::test {
namespace {

const char* suite_now = "";
unsigned long seed_now = 0;

std::string how_to_replay() {
  return "to play this one again: tools/sim --suite " + std::string(suite_now) + " --first " + std::to_string(seed_now) +
         " --seeds 1 --trace\n";
}

void on_death() { std::fputs(how_to_replay().c_str(), stderr); }

bool is_sanitized() { return __sanitizer_set_death_callback != nullptr; }

unsigned long from_environment(const char* name, unsigned long otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoul(value, nullptr, 10);
}

}  // namespace

std::string play_shard(const RandomSuite& suite, unsigned long shard, const std::function<std::string(unsigned long)>& play) {
  const unsigned long share = suite.sessions / suite.shards / (is_sanitized() ? 5 : 1);
  const unsigned long first = from_environment("MAILMOTE_SIM_SEED", shard * share);
  const unsigned long end = first + from_environment("MAILMOTE_SIM_COUNT", share);
  if (is_sanitized()) __sanitizer_set_death_callback(on_death);
  suite_now = suite.name;
  for (seed_now = first; seed_now != end; ++seed_now) {
    const std::string problem = play(seed_now);
    if (!problem.empty()) return problem + "; " + how_to_replay();
  }
  return {};
}

bool trace_wanted() { return std::getenv("MAILMOTE_SIM_TRACE") != nullptr; }

}  // namespace mailmote::test
