#include "message/encoded_word.hpp"

#include <cstring>

#include "message/hexadecimal.hpp"
#include "message/utf8.hpp"
#include "wire/base64.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kLongest = 75;
constexpr std::size_t kStart = 10;            // =?utf-8?Q?
constexpr std::size_t kEnd = 2;               // ?=
constexpr std::size_t kWidestCharacter = 12;  // columns: four octets in Q

char* write_q(char* out, Text text, std::size_t at, std::size_t end) {
  for (; at < end; ++at) {
    const char c = text[at];
    if (c == ' ') *out++ = '_';
    else if (stands_for_itself(c)) *out++ = c;
    else out = write_escaped(out, c);
  }
  return out;
}

char* write_b(char* out, Text text, std::size_t at, std::size_t end) {
  for (; at < end; at += 3, out += 4) base64_group(text.data() + at, end - at < 3 ? end - at : 3, out);
  return out;
}

}  // namespace

bool stands_for_itself(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || (c >= '-' && c <= '9' && c != '.') || c == '!' || c == '*' || c == '+';
}

// Characters are added as long as the word is not too long. In base64 their number decides, and they are encoded last.
std::size_t put_encoded_word(Sink& sink, Text text, std::size_t at, bool base64, std::size_t room) {
  char word[kLongest + kWidestCharacter];
  std::memcpy(word, base64 ? "=?utf-8?B?" : "=?utf-8?Q?", kStart);
  char* out = word + kStart;
  const char* const limit = word + (room < kLongest ? room : kLongest) - kEnd;
  const std::size_t start = at;
  while (at < text.size()) {
    const std::size_t size = (text[at] & 0x80) == 0 ? 1 : utf8_length(text, at);
    char* const next = base64 ? word + kStart + base64_length(at + size - start) : write_q(out, text, at, at + size);
    if (next > limit || size == 0) break;
    out = next;
    at += size;
  }
  if (base64) write_b(word + kStart, text, start, at);
  std::memcpy(out, "?=", kEnd);
  sink.put(word, static_cast<std::size_t>(out - word) + kEnd);
  return at;
}

}  // namespace mailmote
