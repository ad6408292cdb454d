#include "message/utf8.hpp"

#include <cstdint>

namespace mailmote {
namespace {

std::uint8_t octet(const Text& text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

}  // namespace

// Forms that are too long, surrogates, and what lies beyond Unicode are not well formed.
std::size_t utf8_length(const Text& text, std::size_t at) {
  const std::uint8_t first = octet(text, at);
  if (first < 0x80) return 1;
  const std::size_t n = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (first < 0xc2 || first > 0xf4 || n > text.size() - at) return 0;
  std::uint32_t code = first & (0x7fU >> n);
  for (std::size_t i = 1; i < n; ++i) {
    const std::uint8_t tail = octet(text, at + i);
    if ((tail & 0xc0U) != 0x80) return 0;
    code = code << 6U | (tail & 0x3fU);
  }
  const bool too_long = code >> (5 * n - 4) == 0;
  const bool surrogate = code >> 11U == 0x1b;
  return too_long || surrogate || code > 0x10ffff ? 0 : n;
}

}  // namespace mailmote
