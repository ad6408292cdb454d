#include "wire/base64.hpp"

namespace mailmote {

const char kBase64Alphabet[65] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_group(const char* octets, std::size_t size, char* out) {
  const unsigned first = static_cast<unsigned char>(octets[0]);
  const unsigned second = size > 1 ? static_cast<unsigned char>(octets[1]) : 0;
  const unsigned third = size > 2 ? static_cast<unsigned char>(octets[2]) : 0;
  out[0] = kBase64Alphabet[first >> 2U];
  out[1] = kBase64Alphabet[(first << 4U | second >> 4U) & 63U];
  out[2] = size > 1 ? kBase64Alphabet[(second << 2U | third >> 6U) & 63U] : '=';
  out[3] = size > 2 ? kBase64Alphabet[third & 63U] : '=';
}

}  // namespace mailmote
