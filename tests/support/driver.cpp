#include "support/driver.hpp"

#include <algorithm>

namespace mailmote::test {

void Driver::pass(Millis ms) {
  clock_.now += ms;
  elapsed_ += ms;
}

void Driver::pause(Millis ms) {
  pass(ms);
  stream_.exchange();
}

std::string Driver::run(Poll until) {
  for (const std::size_t limit = polls_ + poll_limit; polls_ < limit;) {
    Poll said = Poll::idle;
    std::string problem = poll_once(said);
    if (!problem.empty()) return problem;
    if (said == until) return {};
    if (said == Poll::done) return "done was said twice";
    if (said == Poll::idle) return "idle was said before done";
    if (said == Poll::wait) problem = sleep();
    if (!problem.empty()) return problem;
  }
  return "still busy after " + std::to_string(poll_limit) + " polls";
}

std::string Driver::poll_once(Poll& said) {
  const std::size_t reads = stream_.reads();
  const std::size_t writes = stream_.writes();
  said = client_.poll(clock_.now);
  ++polls_;
  if (stream_.reads() > reads + io_limit) return "one poll read " + std::to_string(stream_.reads() - reads) + " times";
  if (stream_.writes() > writes + io_limit) return "one poll wrote " + std::to_string(stream_.writes() - writes) + " times";
  if (!stream_.complaint().empty()) return "stream: " + stream_.complaint();
  if (!stream_.watch().complaint().empty()) return "wire: " + stream_.watch().complaint();
  return {};
}

std::string Driver::sleep() {
  ++waits_;
  for (;;) {
    stream_.exchange();
    const Wait wait = client_.wait(clock_.now);
    if (wait.want_read && stream_.readable()) return {};
    if (wait.want_write && stream_.writable()) return {};
    if (wait.timeout == 0) return {};
    const Millis event = stream_.next_event();
    if (wait.timeout == kForever && event == kForever) return "stall: it waits for ever, and nothing will come";
    if (event == kForever && !stream_.mute() && !(patient && patient())) {
      return "stall: it waits " + std::to_string(wait.timeout) + " ms for a deadline, and nothing will come";
    }
    pass(std::min(wait.timeout, event));
    if (event >= wait.timeout) return {};
  }
}

}  // namespace mailmote::test
