#include "mailmote/posix/waiter.hpp"

#include <errno.h>
#include <poll.h>
#include <sys/random.h>
#include <time.h>

#include <limits>

namespace mailmote::posix {

Millis now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<Millis>(time.tv_sec) * 1000U + static_cast<Millis>(time.tv_nsec / 1000000);
}

// A descriptor for which nothing is wanted is left out, because poll(2) reports its end all the same.
void wait(const Wait& wait, TcpStream& stream) {
  pollfd list[TcpStream::kMaxDescriptors];
  const unsigned count = stream.descriptors(wait, list);
  const int timeout = wait.timeout == kForever ? -1 : static_cast<int>(wait.timeout);
  if (poll(list, count, timeout) > 0) stream.ready(list, count);
}

Outcome run(Client& client, TcpStream& stream) {
  for (;;) {
    const Millis time = now();
    switch (client.poll(time)) {
      case Poll::again: break;
      case Poll::wait: wait(client.wait(time), stream); break;
      case Poll::done:
      case Poll::idle: return client.outcome();
    }
  }
}

void drain(Client& client, TcpStream& stream) {
  for (;;) {
    const Millis time = now();
    const Poll poll = client.poll(time);
    if (poll == Poll::idle) return;
    if (poll == Poll::wait) wait(client.wait(time), stream);
  }
}

// A machine without a battery for its clock starts in 1970, or when its system was made.
UnixTime wall_clock(void*) {
  constexpr time_t k2025 = 1735689600;
  const time_t seconds = time(nullptr);
  const bool fits = seconds >= k2025 && static_cast<std::uint64_t>(seconds) <= std::numeric_limits<UnixTime>::max();
  return fits ? static_cast<UnixTime>(seconds) : 0;
}

bool random(void*, std::uint8_t* out, std::size_t size) {
  while (size != 0) {
    const ssize_t n = getrandom(out, size, 0);
    if (n < 0 && errno != EINTR) return false;
    if (n <= 0) continue;
    out += n;
    size -= static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace mailmote::posix
