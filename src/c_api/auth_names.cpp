#include <cstring>

#include "c_api/objects.hpp"

using namespace mailmote;

// In front of the words stands the reply's code: "250-" or "250 ".
uint16_t mailmote_parse_auth(const void* line, size_t size, uint16_t set) {
  constexpr std::size_t kCode = 4;
  AuthSet all = {set};
  if (line != nullptr && size > kCode) {
    parse_auth(std::string_view(static_cast<const char*>(line) + kCode, size - kCode), all);
  }
  return all.bits;
}

const char* mailmote_mechanism_name(mailmote_mechanism_id_t mechanism, char* out, size_t size) {
  if (size == 0) return "";
  const Text words = name(static_cast<Mechanism>(mechanism));
  const std::size_t n = words.size() < size ? words.size() : size - 1;
  std::memcpy(out, words.data(), n);
  out[n] = '\0';
  return out;
}
