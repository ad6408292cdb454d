#include "message/hexadecimal.hpp"

namespace mailmote {

char* write_escaped(char* out, char octet) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(octet);
  *out++ = '=';
  *out++ = kDigits[value >> 4U];
  *out++ = kDigits[value & 15U];
  return out;
}

}  // namespace mailmote
