#include "wire/address.hpp"

namespace mailmote {
namespace {

bool is_visible(char c) { return (c > ' ' && c != 0x7f) || (static_cast<unsigned char>(c) & 0x80U) != 0; }

// Bits of the characters 32..127 that stand only in quoted strings and literals (RFC 5321 section 4.1.2): "(),:;<>@[\]
constexpr std::uint32_t kSpecials[] = {0x5c001304, 0x38000001, 0};

bool is_special(char c) {
  const auto at = static_cast<unsigned>(static_cast<unsigned char>(c)) - 32U;
  return at < 96 && ((kSpecials[at / 32] >> (at % 32)) & 1U) != 0;
}

// Nothing that could end the path or the line, or begin another address. A quoted string and a literal may hold more.
bool is_path_text(const Text& text, std::size_t most) {
  const char last = text.empty() ? ' ' : text[text.size() - 1];
  const bool enclosed = text.size() > 1 && ((text[0] == '"' && last == '"') || (text[0] == '[' && last == ']'));
  for (const char c : text) {
    if (!is_visible(c) || (enclosed ? c == '<' || c == '>' : is_special(c))) return false;
  }
  return !text.empty() && text.size() <= most;
}

}  // namespace

bool is_mailbox(const Text& address) {
  const Text domain = domain_of(address);
  if (address.size() > 254 || domain.size() == address.size()) return false;
  const std::size_t local = address.size() - domain.size() - 1;
  return is_path_text(std::string_view(address.data(), local), 64) && is_path_text(domain, 254);
}

bool is_name(const Text& name, std::size_t most) {
  for (const char c : name) {
    if (!is_visible(c)) return false;
  }
  return !name.empty() && name.size() <= most;
}

bool has_eight_bit(const Text& text) {
  unsigned seen = 0;
  for (const char c : text) seen |= static_cast<unsigned char>(c);
  return seen > 0x7f;
}

Text domain_of(const Text& address) {
  std::size_t at = address.size();
  while (at != 0 && address[at - 1] != '@') --at;
  return std::string_view(address.data() + at, address.size() - at);
}

}  // namespace mailmote
