#include "wire/words.hpp"

namespace mailmote {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

bool equal_words(const Text& a, const Text& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (upper(a[i]) != upper(b[i])) return false;
  }
  return true;
}

Text take_word(Text& line, char also) {
  const char* begin = line.data();
  const char* const end = begin + line.size();
  while (begin != end && is_blank(*begin)) ++begin;
  const char* at = begin;
  while (at != end && !is_blank(*at) && *at != also) ++at;
  const Text word = std::string_view(begin, static_cast<std::size_t>(at - begin));
  if (at != end && !is_blank(*at)) ++at;
  line = std::string_view(at, static_cast<std::size_t>(end - at));
  return word;
}

bool parse_decimal(const Text& digits, std::uint32_t& value) {
  constexpr std::uint32_t kTop = 0xffffffff;
  value = 0;
  std::uint32_t sum = 0;
  for (const char c : digits) {
    const auto digit = static_cast<std::uint32_t>(c - '0');
    if (digit > 9) return false;
    sum = sum > (kTop - digit) / 10 ? kTop : sum * 10 + digit;
  }
  value = sum;
  return !digits.empty();
}

int find_word(const char* list, const Text& word) {
  for (int index = 0; *list != '\0'; ++index) {
    const Text one = word_at(list, 0);
    if (equal_words(one, word)) return index;
    list = one.data() + one.size();
  }
  return -1;
}

Text word_at(const char* list, unsigned index) {
  for (; index != 0 && *list != '\0'; --index) list += 1 + *list;
  return std::string_view(list + 1, static_cast<std::size_t>(*list));
}

}  // namespace mailmote
