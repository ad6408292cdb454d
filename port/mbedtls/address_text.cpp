#include "address_text.hpp"

namespace mailmote::mbedtls {
namespace {

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
  const std::size_t size = parse_ip(text, address.octets);
  if (size != 0) address.family = size == 4 ? IpFamily::v4 : IpFamily::v6;
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
