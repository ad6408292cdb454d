// What runs before main(). Interrupts end wfi and are never taken, so that a trap is a fault.
#include <cstdint>

#include "semihosting.hpp"

extern "C" {
extern std::uint32_t bss_begin[], bss_end[];

int program() __asm__("main");  // C++ lets nobody call it by its name
void start_program();
void on_fault();

void start_program() {
  for (std::uint32_t* to = bss_begin; to != bss_end; ++to) *to = 0;
  semihosting::exit(program());
}

[[gnu::aligned(4)]] void on_fault() {
  semihosting::print("fault\n");
  semihosting::exit(70);
}
}

asm(R"(
  .section .start, "ax"
  .global on_reset
on_reset:
  .option push
  .option norelax
  .option arch, +zicsr
  la sp, stack_top
  la t0, on_fault
  csrw mtvec, t0
  j start_program
  .option pop
  .text
)");
