// What runs before main(): the vector table, and memory as C++ expects it. Objects that need code before main() are
// none of mailmote's; the linker script refuses them.
#include <cstdint>

#include "semihosting.hpp"

extern "C" {
extern std::uint32_t stack_top[], data_source[], data_begin[], data_end[], bss_begin[], bss_end[];

int program() __asm__("main");  // C++ lets nobody call it by its name
void on_reset();
void on_fault();
void on_tick();
void on_network();

void on_reset() {
  const std::uint32_t* from = data_source;
  for (std::uint32_t* to = data_begin; to != data_end; ++to, ++from) *to = *from;
  for (std::uint32_t* to = bss_begin; to != bss_end; ++to) *to = 0;
  semihosting::exit(program());
}

void on_fault() {
  semihosting::print("fault\n");
  semihosting::exit(70);
}

// For programs that use no interrupt.
[[gnu::weak]] void on_tick() {}
[[gnu::weak]] void on_network() {}
}

namespace {

using Handler = void (*)();

// Exception numbers; number 0 is the place of the first stack pointer.
constexpr int kReset = 1, kTick = 15, kNetwork = 16 + 13;

struct Vectors {
  std::uint32_t* stack;
  Handler handlers[kNetwork];
};

constexpr Vectors vectors() {
  Vectors table = {stack_top, {}};
  for (Handler& handler : table.handlers) handler = on_fault;
  table.handlers[kReset - 1] = on_reset;
  table.handlers[kTick - 1] = on_tick;
  table.handlers[kNetwork - 1] = on_network;
  return table;
}

[[gnu::section(".vectors"), gnu::used]] constexpr Vectors kVectors = vectors();

}  // namespace
