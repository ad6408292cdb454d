// The clock and the random octets of a board under Arduino.
#ifndef MAILMOTE_ARDUINO_SYSTEM_HPP
#define MAILMOTE_ARDUINO_SYSTEM_HPP

#include <time.h>

#include <cstddef>
#include <cstdint>

#include "mailmote/clock.hpp"
#include "mailmote/random.hpp"

#if defined(ESP32)
#include <esp_random.h>
#elif defined(ESP8266)
extern "C" {
#include <user_interface.h>
}
#endif

namespace mailmote::arduino {

/// For WallClock::read: the time of day; 0 while it was not set, which is what a year before 2025 means.
inline UnixTime wall_clock(void*) {
  constexpr time_t k2025 = 1735689600;
  const time_t seconds = time(nullptr);
  return seconds >= k2025 ? static_cast<UnixTime>(seconds) : 0;
}

/// The chip's own random octets, which are cryptographic while Wi-Fi is on; none on a board that is not known here.
inline RandomSource random_source() {
#if defined(ESP32)
  return {[](void*, std::uint8_t* out, std::size_t size) { return esp_fill_random(out, size), true; }, nullptr};
#elif defined(ESP8266)
  return {[](void*, std::uint8_t* out, std::size_t size) { return os_get_random(out, size) == 0; }, nullptr};
#else
  return {};
#endif
}

}  // namespace mailmote::arduino

#endif
