// What the boards with an Xtensa core have from the emulator. It has no clock: the time of day comes as the word
// "time=N".
#include "simcall.hpp"

#include "board.hpp"

namespace {

std::uint32_t time_at_start() {
  char words[128];
  if (!simcall::arguments(words, sizeof words)) return 0;
  const char* at = std::strstr(words, "time=");
  std::uint32_t seconds = 0;
  if (at != nullptr) {
    for (at += 5; *at >= '0' && *at <= '9'; ++at) seconds = seconds * 10 + static_cast<std::uint32_t>(*at - '0');
  }
  return seconds;
}

}  // namespace

namespace board {

std::uint32_t unix_time() { return time_at_start() + milliseconds() / 1000; }

bool random(std::uint8_t* out, std::size_t size) { return simcall::random(out, size); }

bool arguments(char* out, std::size_t size) { return simcall::arguments(out, size); }

void print(const char* text) { simcall::print(text); }

void exit(int status) { simcall::exit(status); }

}  // namespace board
