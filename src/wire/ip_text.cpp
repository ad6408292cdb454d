// Internet addresses as text.
#include <cstring>

#include "mailmote/ip.hpp"
#include "wire/ip_text.hpp"

namespace mailmote {
namespace {

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 16;
}

// Takes a number of 1 to `longest` digits off the front of `text`; -1: there is none.
int take_number(Text& text, int base, std::size_t longest) {
  int value = 0;
  std::size_t n = 0;
  for (; n < text.size() && digit_of(text[n]) < base; ++n) {
    if (n == longest) return -1;
    value = value * base + digit_of(text[n]);
  }
  text.remove_prefix(n);
  return n != 0 ? value : -1;
}

bool take(Text& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

bool parse_ipv4(Text text, std::uint8_t* out) {
  for (int i = 0; i < 4; ++i) {
    if (i != 0 && !take(text, '.')) return false;
    const int value = take_number(text, 10, 3);
    if (value < 0 || value > 255) return false;
    out[i] = static_cast<std::uint8_t>(value);
  }
  return text.empty();
}

namespace {

// Takes one group of 16 bits, or the IPv4 address that may stand in place of the last two.
bool take_group(Text& text, std::uint8_t* out, std::size_t& used) {
  if (used <= 12 && parse_ipv4(text, out + used)) {
    used += 4;
    text = {};
    return true;
  }
  const int value = take_number(text, 16, 4);
  if (value < 0 || used > 14) return false;
  out[used++] = static_cast<std::uint8_t>(value >> 8);
  out[used++] = static_cast<std::uint8_t>(value & 0xff);
  return true;
}

bool parse_v6(Text text, std::uint8_t* out) {
  constexpr std::size_t kNoGap = 17;
  std::size_t used = 0;
  std::size_t gap = kNoGap;  // where "::" stands
  if (take(text, ':') && (text.empty() || text[0] != ':')) return false;
  while (!text.empty()) {
    const bool at_gap = take(text, ':');
    if (at_gap && gap != kNoGap) return false;
    if (at_gap) gap = used;
    if (at_gap && text.empty()) break;
    if (!take_group(text, out, used)) return false;
    if (!text.empty() && (!take(text, ':') || text.empty())) return false;
  }
  if (gap == kNoGap) return used == 16;
  if (used > 14) return false;
  std::memmove(out + gap + 16 - used, out + gap, used - gap);
  std::memset(out + gap, 0, 16 - used);
  return true;
}

}  // namespace

std::size_t parse_ip(Text text, std::uint8_t (&out)[16]) {
  if (parse_ipv4(text, out)) return 4;
  return parse_v6(text, out) ? 16 : 0;
}

}  // namespace mailmote
