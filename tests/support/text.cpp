#include "support/text.hpp"

#include <cctype>
#include <cstdio>
#include <cstdlib>

namespace mailmote::test {
namespace {

constexpr std::size_t kShownMost = 400;

std::string escaped(std::string_view octets) {
  std::string out;
  for (const char c : octets) {
    const auto value = static_cast<unsigned char>(c);
    if (c == '\r') {
      out += "\\r";
    } else if (c == '\n') {
      out += "\\n";
    } else if (value < 0x20 || value > 0x7e) {
      char hex[8];
      std::snprintf(hex, sizeof hex, "\\x%02x", value);
      out += hex;
    } else {
      out += c;
    }
  }
  return out;
}

/// The octet that the escape at text[at] (behind the backslash) means; moves `at` behind it.
char unescaped_octet(std::string_view text, std::size_t& at) {
  const char kind = text[at++];
  switch (kind) {
    case 'r': return '\r';
    case 'n': return '\n';
    case 't': return '\t';
    case 'x': {
      const std::string digits(text.substr(at, 2));
      at += 2;
      return static_cast<char>(std::strtoul(digits.c_str(), nullptr, 16));
    }
    default: return kind;
  }
}

/// Expands "{N x TEXT}" at text[at]; false when there is none.
bool repeat(std::string_view text, std::size_t& at, std::string& out) {
  const std::size_t times = text.find(" x ", at);
  const std::size_t end = text.find('}', at);
  if (times == std::string_view::npos || end == std::string_view::npos || times > end) return false;
  const std::string number(text.substr(at + 1, times - at - 1));
  if (number.empty() || number.find_first_not_of("0123456789") != std::string::npos) return false;
  const std::string piece = unescaped(text.substr(times + 3, end - times - 3));
  for (unsigned long n = std::strtoul(number.c_str(), nullptr, 10); n > 0; --n) out += piece;
  at = end + 1;
  return true;
}

}  // namespace

std::string shown(std::string_view octets) {
  if (octets.size() <= kShownMost) return '"' + escaped(octets) + '"';
  return '"' + escaped(octets.substr(0, kShownMost / 2)) + "\" ... \"" +
         escaped(octets.substr(octets.size() - kShownMost / 2)) + "\" (" + std::to_string(octets.size()) + " octets)";
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '{' && repeat(text, at, out)) continue;
    if (text[at] != '\\' || at + 1 == text.size()) {
      out += text[at++];
    } else {
      out += unescaped_octet(text, ++at);
    }
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = text.find(separator, begin);
    if (end == std::string_view::npos) end = text.size();
    parts.emplace_back(trimmed(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string canonical(std::string_view content) {
  std::string out;
  for (std::size_t i = 0; i < content.size(); ++i) {
    const bool pair = content[i] == '\r' && i + 1 < content.size() && content[i + 1] == '\n';
    if (content[i] == '\r' || content[i] == '\n') {
      out += "\r\n";
    } else {
      out += content[i];
    }
    if (pair) ++i;
  }
  const bool ended = out.size() >= 2 && out.compare(out.size() - 2, 2, "\r\n") == 0;
  return out.empty() || ended ? out : out + "\r\n";
}

std::string stuffed(std::string_view canonical_content) {
  std::string out;
  bool line_start = true;
  for (const char c : canonical_content) {
    if (line_start && c == '.') out += '.';
    out += c;
    line_start = c == '\n';
  }
  return out;
}

}  // namespace mailmote::test
