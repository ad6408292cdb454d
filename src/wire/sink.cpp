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

void Sink::put_decimal(std::uint32_t value) {
  char digits[10];
  std::size_t at = sizeof digits;
  do {
    digits[--at] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  put(digits + at, sizeof digits - at);
}

}  // namespace mailmote
