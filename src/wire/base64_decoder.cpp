#include "wire/base64_decoder.hpp"

#include "wire/base64.hpp"

namespace mailmote {
namespace {

// The only place in the alphabet where `c` can stand.
unsigned place_of(char c) {
  if (c >= 'a') return static_cast<unsigned>(c - 'a') + 26U;
  if (c >= 'A') return static_cast<unsigned>(c - 'A');
  if (c >= '0') return static_cast<unsigned>(c - '0') + 52U;
  return c == '+' ? 62U : 63U;
}

}  // namespace

bool decode_base64(const Text& text, MutableBytes into, ByteView& octets) {
  std::size_t n = 0;
  unsigned count = 0, padding = 0;
  unsigned long bits = 0;
  for (const char c : text) {
    if (c == ' ') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const unsigned value = place_of(c) % 64U;
    if (kBase64Alphabet[value] != c || padding != 0) return false;
    bits = bits << 6U | value;
    const unsigned place = count++ % 4U;
    if (place == 0) continue;
    if (n == into.size) return false;
    into.data[n++] = static_cast<std::uint8_t>(bits >> (6U - 2U * place));
  }
  octets = {into.data, n};
  if (count == 0) return padding <= 1;
  return count % 4U != 1 && padding == (0U - count) % 4U;
}

}  // namespace mailmote
