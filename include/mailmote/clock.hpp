// Time is passed in: mailmote has no clock of its own.
#ifndef MAILMOTE_CLOCK_HPP
#define MAILMOTE_CLOCK_HPP

#include <cstdint>

namespace mailmote {

/// Milliseconds of any steady clock. It may start anywhere and wraps around after 2^32 ms (49.7 days).
using Millis = std::uint32_t;

/// The longest time that a wrapping clock can measure: 2^31 - 1 ms (24.8 days). A longer timeout is a usage error.
constexpr Millis kMaxTimeout = 0x7fffffff;

/// "No limit", where an option or a wait says so.
constexpr Millis kForever = 0xffffffff;

/// Seconds since 1970-01-01 00:00 UTC, good until the year 2106; 0 means that the time of day is not known.
using UnixTime = std::uint32_t;

/// The time of day, asked for when a message needs a Date or a certificate's dates are checked.
struct WallClock {
  UnixTime (*read)(void* context) = nullptr;  ///< returns 0 while the time is not known
  void* context = nullptr;
};

/// A moment that may be armed. Right across the clock's wrap-around, as long as it is looked at once in 24 days; but a
/// moment at which the clock shows 0 comes a millisecond early.
class Deadline {
 public:
  /// Arms it `timeout` ms after `now`; kForever disarms it.
  void set(Millis now, Millis timeout);
  constexpr void clear() { at_ = kNever; }
  constexpr bool armed() const { return at_ != kNever; }
  constexpr bool expired(Millis now) const { return left(now) == 0; }

  /// Milliseconds that are left: 0 when expired, kForever when not armed.
  constexpr Millis left(Millis now) const {
    if (!armed()) return kForever;
    const Millis left = at_ - now;
    return left > kMaxTimeout ? 0 : left;
  }

 private:
  static constexpr Millis kNever = 0;

  Millis at_ = kNever;
};

}  // namespace mailmote

#endif
