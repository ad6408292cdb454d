// Clock, sleep and network interface of an LX106 on QEMU's board kc705-nommu.
#include "board.hpp"

#include "open_eth.hpp"

namespace {

constexpr std::uintptr_t kFrequency = 0x7d020004;
constexpr std::uint32_t kTimer = 1U << 6;
constexpr std::uint32_t kLongest = 10000;  // ms that the counter can measure

std::uint32_t ticks_a_millisecond, last_tick, now;

std::uint32_t ticks() {
  std::uint32_t count;
  asm volatile("rsr %0, ccount" : "=r"(count));
  return count;
}

}  // namespace

namespace board {

void start(const std::uint8_t (&mac)[6]) {
  ticks_a_millisecond = *reinterpret_cast<volatile std::uint32_t*>(kFrequency) / 1000;
  last_tick = ticks();
  open_eth::start(mac);
}

// The counter wraps around after some minutes, and is looked at much more often.
std::uint32_t milliseconds() {
  const std::uint32_t passed = (ticks() - last_tick) / ticks_a_millisecond;
  last_tick += passed * ticks_a_millisecond;
  return now += passed;
}

// An interrupt that comes before waiti is held back until then.
void sleep(std::uint32_t limit) {
  const std::uint32_t next = ticks() + (limit < kLongest ? limit : kLongest) * ticks_a_millisecond;
  asm volatile(
      "rsil a8, 15\n\t"
      "wsr %0, ccompare0\n\t"
      "wsr %1, intenable\n\t"
      "rsync\n\t"
      "waiti 0" ::"r"(next), "r"(kTimer | 1U << open_eth::kInterrupt)
      : "a8", "memory");
}

std::size_t receive(std::uint8_t* out) { return open_eth::receive(out); }

void send(const std::uint8_t* frame, std::size_t size) { open_eth::send(frame, size); }

}  // namespace board
