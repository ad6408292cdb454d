// What the boards with semihosting have from it.
#include "semihosting.hpp"

#include "board.hpp"

namespace board {

std::uint32_t unix_time() { return semihosting::unix_time(); }

bool random(std::uint8_t* out, std::size_t size) { return semihosting::random(out, size); }

bool arguments(char* out, std::size_t size) { return semihosting::arguments(out, size); }

void print(const char* text) { semihosting::print(text); }

void exit(int status) { semihosting::exit(status); }

}  // namespace board
