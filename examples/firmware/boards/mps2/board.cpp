// Clock, sleep and network interface of Arm's MPS2 boards.
#include "board.hpp"

#include "lan9118.hpp"

namespace {

constexpr std::uint32_t kClockHz = 25000000;

volatile std::uint32_t ticks;
volatile bool frame_came;

volatile std::uint32_t& core_register(std::uintptr_t address) {
  return *reinterpret_cast<volatile std::uint32_t*>(address);
}

void start_clock() {
  core_register(0xe000e014) = kClockHz / 1000 - 1;  // SysTick: reload,
  core_register(0xe000e018) = 0;                    // value,
  core_register(0xe000e010) = 7;                    // and on, with interrupts
}

}  // namespace

extern "C" {
void on_tick();
void on_network();

void on_tick() { ticks = ticks + 1; }
void on_network() {
  lan9118::disable_interrupt();
  frame_came = true;
}
}

namespace board {

void start(const std::uint8_t (&mac)[6]) {
  start_clock();
  lan9118::start(mac);
  core_register(0xe000e100) = 1U << lan9118::kInterrupt;  // NVIC
}

std::uint32_t milliseconds() { return ticks; }

// With interrupts held back one that comes before wfi still ends it.
void sleep(std::uint32_t limit) {
  const std::uint32_t start = ticks;
  asm volatile("cpsid i" ::: "memory");
  frame_came = false;
  lan9118::enable_interrupt();
  while (!frame_came && ticks - start < limit) asm volatile("wfi\n\tcpsie i\n\tisb\n\tcpsid i" ::: "memory");
  asm volatile("cpsie i" ::: "memory");
}

std::size_t receive(std::uint8_t* out) { return lan9118::receive(out); }

void send(const std::uint8_t* frame, std::size_t size) { lan9118::send(frame, size); }

}  // namespace board
