#include "wire/xtext.hpp"

#include <cstdint>

namespace mailmote {
namespace {

bool is_plain(std::uint8_t octet) { return octet > ' ' && octet < 0x7f && octet != '+' && octet != '='; }

void put_hex(Sink& sink, std::uint32_t value, unsigned digits) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  while (digits-- != 0) sink.put(kDigits[value >> (4 * digits) & 15U]);
}

// Two digits at least (RFC 6533: HEXPOINT).
unsigned digits_of(std::uint32_t code) {
  unsigned digits = 2;
  while (code >> (4 * digits) != 0) ++digits;
  return digits;
}

// Takes a character off the front.
std::uint32_t take_code_point(const char*& at) {
  const auto first = static_cast<std::uint8_t>(*at++);
  if (first < 0x80) return first;
  unsigned tail = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
  std::uint32_t code = first & (0x3fU >> tail);
  while (tail-- != 0) code = code << 6U | (static_cast<std::uint8_t>(*at++) & 0x3fU);
  return code;
}

}  // namespace

void put_xtext(Sink& sink, const Text& text) {
  for (const char c : text) {
    const auto octet = static_cast<std::uint8_t>(c);
    if (is_plain(octet)) {
      sink.put(c);
    } else {
      sink.put('+');
      put_hex(sink, octet, 2);
    }
  }
}

void put_utf8_xtext(Sink& sink, const Text& text) {
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    const std::uint32_t code = take_code_point(at);
    if (code < 0x80 && is_plain(static_cast<std::uint8_t>(code)) && code != '\\') {
      sink.put(static_cast<char>(code));
    } else {
      sink.put("\\x{");
      put_hex(sink, code, digits_of(code));
      sink.put('}');
    }
  }
}

}  // namespace mailmote
