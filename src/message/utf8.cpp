#include "message/utf8.hpp"

#include <cstdint>

namespace mailmote {
namespace {

std::uint8_t octet(Text text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

std::size_t length_by_first(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}

// Forms that are too long, surrogates, and what lies beyond Unicode.
bool is_second(std::uint8_t first, std::uint8_t second) {
  const std::uint8_t low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const std::uint8_t high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  return second >= low && second <= high;
}

}  // namespace

std::size_t utf8_length(Text text, std::size_t at) {
  const std::size_t n = length_by_first(octet(text, at));
  if (n > text.size() - at) return 0;
  if (n > 1 && !is_second(octet(text, at), octet(text, at + 1))) return 0;
  for (std::size_t i = 2; i < n; ++i) {
    if ((octet(text, at + i) & 0xc0U) != 0x80) return 0;
  }
  return n;
}

}  // namespace mailmote
