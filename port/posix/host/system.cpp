// The clocks and random octets, as the system has them.
#include <errno.h>
#include <sys/random.h>
#include <time.h>

#include <limits>

#include "mailmote/posix/waiter.hpp"

namespace mailmote::posix {

Millis now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<Millis>(time.tv_sec) * 1000U + static_cast<Millis>(time.tv_nsec / 1000000);
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
