#include "wire/base64_decoder.hpp"

namespace mailmote {
namespace {

// The value of a character, or 64.
unsigned value_of(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 26U;
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0') + 52U;
  return c == '+' ? 62U : c == '/' ? 63U : 64U;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

}  // namespace

bool decode_base64(Text text, MutableBytes into, ByteView& octets) {
  const char* at = text.data();
  const char* end = at + text.size();
  while (at != end && is_blank(*at)) ++at;
  while (at != end && is_blank(end[-1])) --end;
  if (end - at == 1 && *at == '=') ++at;
  if ((end - at) % 4 != 0) return false;
  std::size_t n = 0;
  for (; at != end; at += 4) {
    unsigned padding = 0;
    if (at + 4 == end && at[3] == '=') padding = at[2] == '=' ? 2 : 1;
    unsigned long bits = 0;
    for (unsigned i = 0; i < 4; ++i) {
      const unsigned value = i < 4 - padding ? value_of(at[i]) : 0;
      if (value == 64) return false;
      bits = bits << 6U | value;
    }
    const unsigned size = 3 - padding;
    if ((bits & ((1UL << (8 * padding)) - 1)) != 0 || into.size - n < size) return false;
    for (unsigned i = 0; i < size; ++i) into.data[n++] = static_cast<std::uint8_t>(bits >> (16U - 8U * i));
  }
  octets = {into.data, n};
  return true;
}

}  // namespace mailmote
