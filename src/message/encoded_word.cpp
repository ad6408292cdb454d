#include "message/encoded_word.hpp"

#include <cstddef>

#include "message/hexadecimal.hpp"
#include "message/utf8.hpp"
#include "wire/base64.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kLongest = 75;
constexpr std::size_t kAround = 12;           // =?utf-8?Q? and ?=
constexpr std::size_t kWidestCharacter = 12;  // columns: four octets in Q
constexpr std::size_t kPiece = 16;            // octets that are collected before they are put

std::size_t character_length(const Text& text, std::size_t at) { return (text[at] & 0x80) == 0 ? 1 : utf8_length(text, at); }

char* write_q(char* out, const Text& text, std::size_t at, std::size_t end) {
  for (; at < end; ++at) {
    const char c = text[at];
    if (c == ' ') *out++ = '_';
    else if (stands_for_itself(c)) *out++ = c;
    else out = write_escaped(out, c);
  }
  return out;
}

// Characters are added as long as the word is not too long; some of them are put at a time.
std::size_t put_q(Sink& sink, const Text& text, std::size_t at, std::size_t most) {
  char piece[kPiece];
  char* out = piece;
  for (std::size_t size = 0; at < text.size(); at += size) {
    size = character_length(text, at);
    char* const next = write_q(out, text, at, at + size);
    const auto columns = static_cast<std::size_t>(next - out);
    if (columns > most || size == 0) break;
    most -= columns;
    out = next;
    if (out - piece <= static_cast<std::ptrdiff_t>(kPiece - kWidestCharacter)) continue;
    sink.put(piece, static_cast<std::size_t>(out - piece));
    out = piece;
  }
  sink.put(piece, static_cast<std::size_t>(out - piece));
  return at;
}

// The number of characters decides, and they are encoded last; where more is to come the word ends without padding,
// because there are readers that join words before they decode them.
std::size_t put_b(Sink& sink, const Text& text, std::size_t at, std::size_t most) {
  const std::size_t start = at;
  std::size_t unpadded = at;
  while (at < text.size()) {
    const std::size_t size = character_length(text, at);
    if (size == 0 || base64_length(at + size - start) > most) break;
    at += size;
    if ((at - start) % 3 == 0) unpadded = at;
  }
  if (at < text.size() && unpadded != start) at = unpadded;
  for (std::size_t from = start; from < at; from += 3) {
    char group[4];
    base64_group(text.data() + from, at - from < 3 ? at - from : 3, group);
    sink.put(group, sizeof group);
  }
  return at;
}

}  // namespace

bool stands_for_itself(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || (c >= '-' && c <= '9' && c != '.') || c == '!' || c == '*' || c == '+';
}

std::size_t put_encoded_word(Sink& sink, const Text& text, std::size_t at, bool base64, std::size_t room) {
  const std::size_t most = (room < kLongest ? room : kLongest) - kAround;
  sink.put(base64 ? "=?utf-8?B?" : "=?utf-8?Q?");
  at = base64 ? put_b(sink, text, at, most) : put_q(sink, text, at, most);
  sink.put("?=");
  return at;
}

}  // namespace mailmote
