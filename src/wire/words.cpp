#include "wire/words.hpp"

namespace mailmote {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

bool equal_words(Text a, Text b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (upper(a[i]) != upper(b[i])) return false;
  }
  return true;
}

Text take_word(Text& line, char also) {
  while (!line.empty() && is_blank(line[0])) line.remove_prefix(1);
  std::size_t n = 0;
  while (n < line.size() && !is_blank(line[n]) && line[n] != also) ++n;
  const Text word = std::string_view(line.data(), n);
  line.remove_prefix(n);
  if (!line.empty() && !is_blank(line[0])) line.remove_prefix(1);
  return word;
}

bool parse_decimal(Text digits, std::uint32_t& value) {
  constexpr std::uint32_t kTop = 0xffffffff;
  value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return false;
    const auto digit = static_cast<std::uint32_t>(c - '0');
    value = value > (kTop - digit) / 10 ? kTop : value * 10 + digit;
  }
  return !digits.empty();
}

int find_word(Text list, Text word) {
  for (int index = 0; !list.empty(); ++index) {
    if (equal_words(take_word(list), word)) return index;
  }
  return -1;
}

}  // namespace mailmote
