// What a sketch and the Arduino port take from Arduino, on this machine.
#ifndef MAILMOTE_TESTS_ARDUINO_H
#define MAILMOTE_TESTS_ARDUINO_H

#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

inline uint32_t millis() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint32_t>(now.tv_sec) * 1000U + static_cast<uint32_t>(now.tv_nsec / 1000000);
}

inline void delay(uint32_t ms) { usleep(ms * 1000); }

inline void configTime(long, int, const char*) {}

struct FakeSerial {
  unsigned lines = 0;
  void begin(unsigned long) {}
  void println(const char* text) {
    ++lines;
    puts(text);
    fflush(stdout);
  }
};
inline FakeSerial Serial;

#endif
