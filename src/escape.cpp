#include "mailmote/observer.hpp"

namespace mailmote {
namespace {

bool is_tail(std::uint8_t octet) { return (octet & 0xc0U) == 0x80; }

// The length of the well-formed UTF-8 sequence at the start of `octets` that is no control character; 0 when there is
// none (RFC 3629).
std::size_t utf8_length(ByteView octets) {
  const std::uint8_t first = octets.data[0];
  const std::size_t n = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (n == 0 || n > octets.size) return 0;
  for (std::size_t i = 1; i < n; ++i) {
    if (!is_tail(octets.data[i])) return 0;
  }
  if (n == 1) return first >= 0x20 && first != 0x7f && first != '\\' ? 1 : 0;
  const std::uint8_t second = octets.data[1];
  if (first == 0xc2 && second < 0xa0) return 0;                                    // C1 controls
  if ((first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90)) return 0;  // too long a form
  if ((first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90)) return 0;  // surrogates, beyond Unicode
  return n;
}

}  // namespace

Text escape(ByteView octets, char* out, std::size_t size) {
  constexpr char kDigits[] = "0123456789abcdef";
  if (size == 0) return {};
  std::size_t used = 0;
  while (octets.size != 0) {
    const std::size_t n = utf8_length(octets);
    const std::size_t width = n != 0 ? n : 4;
    if (used + width >= size) break;
    const std::uint8_t octet = octets.data[0];
    const char escaped[4] = {'\\', 'x', kDigits[octet >> 4U], kDigits[octet & 15U]};
    for (std::size_t i = 0; i < width; ++i) out[used++] = n != 0 ? static_cast<char>(octets.data[i]) : escaped[i];
    octets.data += n != 0 ? n : 1;
    octets.size -= n != 0 ? n : 1;
  }
  out[used] = '\0';
  return {std::string_view(out, used)};
}

}  // namespace mailmote
