#include "address_text.hpp"

#include <cstring>

namespace mailmote::mbedtls {
namespace {

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 16;
}

// Takes a number of at most `longest` digits from the front of `text`; -1: there is none, or it is too long.
int take_number(Text& text, int base, std::size_t longest) {
  int value = 0;
  std::size_t n = 0;
  for (; n < text.size() && digit_value(text[n]) < base; ++n) {
    if (n == longest) return -1;
    value = value * base + digit_value(text[n]);
  }
  text.remove_prefix(n);
  return n != 0 ? value : -1;
}

bool take(Text& text, Text what) {
  if (text.size() < what.size() || std::memcmp(text.data(), what.data(), what.size()) != 0) return false;
  text.remove_prefix(what.size());
  return true;
}

bool parse_v4(Text text, std::uint8_t* out) {
  for (int i = 0; i < 4; ++i) {
    if (i != 0 && !take(text, ".")) return false;
    const int value = take_number(text, 10, 3);
    if (value < 0 || value > 255) return false;
    out[i] = static_cast<std::uint8_t>(value);
  }
  return text.empty();
}

// What stands on one side of "::": groups of 16 bits, of which the last two may be an IPv4 address. Returns the octets
// written, or -1.
int parse_groups(Text text, std::uint8_t* out, int room) {
  int used = 0;
  while (!text.empty()) {
    if (used != 0 && !take(text, ":")) return -1;
    if (used + 4 <= room && parse_v4(text, out + used)) return used + 4;
    const int value = take_number(text, 16, 4);
    if (value < 0 || used + 2 > room) return -1;
    out[used++] = static_cast<std::uint8_t>(value >> 8);
    out[used++] = static_cast<std::uint8_t>(value & 0xff);
  }
  return used;
}

bool parse_v6(Text text, std::uint8_t* out) {
  const std::size_t gap = text.find(std::string_view("::", 2));
  if (gap == Text::npos) return parse_groups(text, out, 16) == 16;
  Text left = text;
  Text right = text;
  left.remove_suffix(text.size() - gap);
  right.remove_prefix(gap + 2);
  std::uint8_t tail[16];
  const int begin = parse_groups(left, out, 14);
  const int end = parse_groups(right, tail, 14);
  if (begin < 0 || end < 0 || begin + end > 14) return false;
  std::memcpy(out + 16 - end, tail, static_cast<std::size_t>(end));
  return true;
}

char* put_number(char* out, unsigned value, unsigned base) {
  if (value >= base) out = put_number(out, value / base, base);
  *out = "0123456789abcdef"[value % base];
  return out + 1;
}

}  // namespace

IpAddress parse_address(Text text) {
  const std::size_t zone = text.find('%');
  if (zone != Text::npos) text.remove_suffix(text.size() - zone);
  IpAddress address;
  const bool is_v6 = text.find(':') != Text::npos;
  if (is_v6 ? parse_v6(text, address.octets) : parse_v4(text, address.octets)) {
    address.family = is_v6 ? IpFamily::v6 : IpFamily::v4;
  }
  return address;
}

Text format_address(ByteView address, char (&out)[kAddressText]) {
  char* end = out;
  const bool is_v4 = address.size == 4;
  for (std::size_t i = 0; i < address.size; i += is_v4 ? 1 : 2) {
    if (i != 0) *end++ = is_v4 ? '.' : ':';
    end = is_v4 ? put_number(end, address.data[i], 10)
                : put_number(end, address.data[i] * 256U + address.data[i + 1], 16);
  }
  return std::string_view(out, static_cast<std::size_t>(end - out));
}

}  // namespace mailmote::mbedtls
