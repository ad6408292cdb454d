#include "wire/base64.hpp"

namespace mailmote {

void base64_group(const char* octets, std::size_t size, char (&out)[4]) {
  constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  unsigned long bits = 0;
  for (std::size_t i = 0; i < 3; ++i) bits = bits << 8U | (i < size ? static_cast<unsigned char>(octets[i]) : 0U);
  for (std::size_t i = 4; i-- != 0; bits >>= 6U) out[i] = i <= size ? kAlphabet[bits & 63U] : '=';
}

}  // namespace mailmote
