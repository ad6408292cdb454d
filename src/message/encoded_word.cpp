#include "message/encoded_word.hpp"

#include "message/utf8.hpp"
#include "wire/base64.hpp"

namespace mailmote {
namespace {

constexpr char kDigits[] = "0123456789ABCDEF";
constexpr std::size_t kFrame = 12;  // =?utf-8?Q??=
constexpr std::size_t kLongest = 75;

bool stands_for_itself(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '!' || c == '*' || c == '+' || c == '-' ||
         c == '/';
}

std::size_t q_length(Text text, std::size_t at, std::size_t size) {
  std::size_t n = 0;
  for (std::size_t i = at; i < at + size; ++i) n += stands_for_itself(text[i]) || text[i] == ' ' ? 1 : 3;
  return n;
}

}  // namespace

EncodedWords::EncodedWords(Text text)
    : text_(text), base64_(base64_length(text.size()) < q_length(text, 0, text.size())) {}

// How many octets, whole characters of them, encode into `columns`.
std::size_t EncodedWords::fitting(std::size_t columns) const {
  std::size_t size = 0;
  std::size_t used = 0;
  while (at_ + size < text_.size()) {
    const std::size_t character = utf8_length(text_, at_ + size);
    used = base64_ ? base64_length(size + character) : used + q_length(text_, at_ + size, character);
    if (used > columns) break;
    size += character;
  }
  return size;
}

std::size_t EncodedWords::put_next(Sink& sink, std::size_t room) {
  const std::size_t before = sink.total();
  const std::size_t size = fitting((room < kLongest ? room : kLongest) - kFrame);
  sink.put(base64_ ? Text("=?utf-8?B?") : Text("=?utf-8?Q?"));
  if (base64_) put_b(sink, size);
  else put_q(sink, size);
  sink.put("?=");
  at_ += size;
  return sink.total() - before;
}

void EncodedWords::put_q(Sink& sink, std::size_t size) const {
  for (std::size_t i = at_; i < at_ + size; ++i) {
    const auto octet = static_cast<unsigned char>(text_[i]);
    const char escaped[3] = {'=', kDigits[octet >> 4U], kDigits[octet & 15U]};
    if (stands_for_itself(text_[i])) sink.put(text_[i]);
    else if (text_[i] == ' ') sink.put('_');
    else sink.put(escaped, sizeof escaped);
  }
}

void EncodedWords::put_b(Sink& sink, std::size_t size) const {
  for (std::size_t i = 0; i < size; i += 3) {
    const std::size_t n = size - i < 3 ? size - i : 3;
    char group[4];
    base64_group(text_.data() + at_ + i, n, group);
    sink.put(group, sizeof group);
  }
}

}  // namespace mailmote
