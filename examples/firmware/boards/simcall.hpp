// Xtensa's simcall: what the emulator does for a program that has nothing of its own.
#ifndef MAILMOTE_FIRMWARE_SIMCALL_HPP
#define MAILMOTE_FIRMWARE_SIMCALL_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace simcall {

enum class Operation : std::uint32_t { exit = 1, read = 3, write = 4, open = 5, close = 6, count = 1000, words = 1002 };

inline std::int32_t call(Operation operation, std::uint32_t first = 0, const void* second = nullptr,
                         std::uint32_t third = 0) {
  register std::uint32_t a2 asm("a2") = static_cast<std::uint32_t>(operation);
  register std::uint32_t a3 asm("a3") = first;
  register const void* a4 asm("a4") = second;
  register std::uint32_t a5 asm("a5") = third;
  asm volatile("simcall" : "+r"(a2), "+r"(a3) : "r"(a4), "r"(a5) : "memory");
  return static_cast<std::int32_t>(a2);
}

inline std::uint32_t address(const void* object) { return reinterpret_cast<std::uintptr_t>(object); }

/// Prints a text that ends with NUL.
inline void print(const char* text) { call(Operation::write, 1, text, std::strlen(text)); }

/// Ends the program; 0 is success.
[[noreturn]] inline void exit(int status) {
  for (;;) call(Operation::exit, static_cast<std::uint32_t>(status));
}

/// Octets from the random device of the machine that runs the emulator.
inline bool random(void* into, std::size_t size) {
  const std::int32_t file = call(Operation::open, address("/dev/urandom"));
  if (file < 0) return false;
  const auto number = static_cast<std::uint32_t>(file);
  const bool complete = call(Operation::read, number, into, size) == static_cast<std::int32_t>(size);
  call(Operation::close, number);
  return complete;
}

/// The words that the emulator was given for the program, with blanks between them, ended by NUL.
inline bool arguments(char* out, std::size_t size) {
  alignas(4) char table[256];  // pointers, a null one behind them, and the words
  const std::int32_t count = call(Operation::count);
  if (count <= 0 || call(Operation::words, address(table)) < 0) return false;
  const char* from = table + (static_cast<std::size_t>(count) + 1) * sizeof(char*);
  for (std::int32_t words = 0; size != 0; --size, ++from, ++out) {
    const bool last = *from == '\0' && ++words == count;
    *out = *from != '\0' || last ? *from : ' ';
    if (last) return true;
  }
  return false;
}

}  // namespace simcall

#endif
