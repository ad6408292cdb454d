// What runs before main(). An interrupt only ends a sleep: its handler turns all of them off.
#include <cstdint>

#include "simcall.hpp"

extern "C" {
extern std::uint32_t bss_begin[], bss_end[];

int program() __asm__("main");  // C++ lets nobody call it by its name
void start_program();
void on_fault();

void start_program() {
  for (std::uint32_t* to = bss_begin; to != bss_end; ++to) *to = 0;
  simcall::exit(program());
}

void on_fault() {
  simcall::print("fault\n");
  simcall::exit(70);
}
}

// The vectors stand at fixed distances. Interrupts are held back from here on (PS 0x2f) until board::sleep() lets them
// in.
asm(R"(
  .section .vectors, "ax"
  .align 4096
vectors:
  .org 0x30
  j fault
  .org 0x50
  j on_exception
  .org 0x70
  j fault

on_exception:
  wsr a0, excsave1
  rsr a0, exccause
  bnei a0, 4, fault
  movi a0, 0
  wsr a0, intenable
  rsr a0, excsave1
  rsync
  rfe

  .align 4
  .literal_position
fault:
  call0 on_fault

  .align 4
  .literal_position
  .global on_reset
on_reset:
  movi a0, 0x2f
  wsr a0, ps
  movi a0, 0
  wsr a0, intenable
  movi a0, vectors
  wsr a0, vecbase
  movi sp, stack_top
  rsync
  call0 start_program
  .text
)");
