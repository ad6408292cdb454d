#include "shell_words.hpp"

namespace mailmote::cli {
namespace {

constexpr std::string_view kBlanks = " \t";

bool is_escape(std::string_view text, std::size_t at, char quote) {
  if (text[at] != '\\' || at + 1 == text.size() || quote == '\'') return false;
  return quote == '\0' || text[at + 1] == '"' || text[at + 1] == '\\';
}

// Takes one word, without the quotes. False: a quote is not closed.
bool take_shell_word(std::string_view& text, std::string& word) {
  char quote = '\0';
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (is_escape(text, at, quote)) word += text[++at];
    else if (quote != '\0' && c == quote) quote = '\0';
    else if (quote == '\0' && (c == '\'' || c == '"')) quote = c;
    else if (quote == '\0' && kBlanks.find(c) != std::string_view::npos) break;
    else word += c;
  }
  text.remove_prefix(at);
  return quote == '\0';
}

}  // namespace

std::optional<std::vector<std::string>> shell_words(std::string_view text) {
  std::vector<std::string> words;
  for (;;) {
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) break;
    text.remove_prefix(begin);
    words.emplace_back();
    if (!take_shell_word(text, words.back())) return std::nullopt;
  }
  if (words.empty()) return std::nullopt;
  return words;
}

}  // namespace mailmote::cli
