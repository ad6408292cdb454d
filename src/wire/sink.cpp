#include "mailmote/sink.hpp"

#include <cstring>

namespace mailmote {

void Sink::put(const void* octets, std::size_t size) {
  const std::size_t start = total_;
  total_ += size;
  const std::size_t position = skip_ + written_;  // of the next octet to copy; never below start
  if (total_ <= position || full()) return;
  std::size_t n = total_ - position;
  if (n > room_ - written_) n = room_ - written_;
  std::memcpy(out_ + written_, static_cast<const std::uint8_t*>(octets) + (position - start), n);
  written_ += n;
}

void Sink::put(char octet) { put(&octet, 1); }

void Sink::put_number(std::uint32_t value, unsigned base) {
  char digits[10];
  std::size_t at = sizeof digits;
  do {
    const char digit = static_cast<char>(value % base);
    digits[--at] = static_cast<char>(digit + (digit < 10 ? '0' : 'a' - 10));
    value /= base;
  } while (value != 0);
  put(digits + at, sizeof digits - at);
}

}  // namespace mailmote
