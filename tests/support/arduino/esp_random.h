// The ESP32's random octets, which are this machine's here.
#ifndef MAILMOTE_TESTS_ARDUINO_ESP_RANDOM_H
#define MAILMOTE_TESTS_ARDUINO_ESP_RANDOM_H

#include <sys/random.h>

inline void esp_fill_random(void* out, size_t size) {
  if (getrandom(out, size, 0) != static_cast<ssize_t>(size)) __builtin_trap();
}

#endif
