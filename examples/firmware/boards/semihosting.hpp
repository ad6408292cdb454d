// Semihosting of Arm and RISC-V: what the emulator, or a debugger, does for a program that has nothing of its own.
#ifndef MAILMOTE_FIRMWARE_SEMIHOSTING_HPP
#define MAILMOTE_FIRMWARE_SEMIHOSTING_HPP

#include <cstddef>
#include <cstdint>

namespace semihosting {

#ifdef __riscv

// The three instructions are known by standing together, none of them compressed.
inline std::int32_t call(std::uint32_t operation, const void* argument) {
  register std::uint32_t a0 asm("a0") = operation;
  register const void* a1 asm("a1") = argument;
  asm volatile(
      ".option push\n\t.option norvc\n\t.balign 16\n\t"
      "slli zero, zero, 0x1f\n\tebreak\n\tsrai zero, zero, 7\n\t.option pop"
      : "+r"(a0)
      : "r"(a1)
      : "memory");
  return static_cast<std::int32_t>(a0);
}

#else

inline std::int32_t call(std::uint32_t operation, const void* argument) {
  register std::uint32_t r0 asm("r0") = operation;
  register const void* r1 asm("r1") = argument;
  asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return static_cast<std::int32_t>(r0);
}

#endif

/// Prints a text that ends with NUL.
inline void print(const char* text) { call(0x04, text); }

/// Seconds since 1970.
inline std::uint32_t unix_time() { return static_cast<std::uint32_t>(call(0x11, nullptr)); }

/// Octets from the random device of the machine that runs the emulator.
inline bool random(void* into, std::size_t size) {
  static constexpr char kDevice[] = "/dev/urandom";
  const std::uintptr_t name[] = {reinterpret_cast<std::uintptr_t>(kDevice), 1, sizeof kDevice - 1};
  const std::int32_t file = call(0x01, name);
  if (file < 0) return false;
  const std::uintptr_t reading[] = {static_cast<std::uintptr_t>(file), reinterpret_cast<std::uintptr_t>(into), size};
  const bool complete = call(0x06, reading) == 0;  // octets that are missing
  call(0x02, &file);
  return complete;
}

/// Ends the program; 0 is success.
[[noreturn]] inline void exit(int status) {
  const std::uint32_t block[] = {0x20026, static_cast<std::uint32_t>(status)};
  for (;;) call(0x20, block);
}

/// The words that the emulator was given for the program, with blanks between them, ended by NUL.
inline bool arguments(char* out, std::size_t size) {
  const std::uintptr_t block[] = {reinterpret_cast<std::uintptr_t>(out), size};
  return call(0x15, block) == 0 && *out != '\0';
}

}  // namespace semihosting

#endif
