#include "wire/address.hpp"

namespace mailmote {
namespace {

bool is_visible(char c) { return (c > ' ' && c != 0x7f) || (static_cast<unsigned char>(c) & 0x80U) != 0; }

bool is_special(char c) {
  constexpr char kSpecials[] = "<>(),:;\"\\[]@";
  for (const char special : kSpecials) {
    if (c == special) return true;
  }
  return false;
}

// The end of the local part, at the "@"; 0 when it is not well formed.
std::size_t dot_string_end(Text address) {
  std::size_t at = 0;
  bool dot = true;  // a dot may stand neither first, nor last, nor twice
  for (; at < address.size() && address[at] != '@'; ++at) {
    if (!is_visible(address[at]) || is_special(address[at]) || (dot && address[at] == '.')) return 0;
    dot = address[at] == '.';
  }
  return dot ? 0 : at;
}

std::size_t quoted_string_end(Text address) {
  for (std::size_t at = 1; at < address.size(); ++at) {
    if (address[at] == '"') return at + 1;
    if (address[at] == '\\') ++at;
    if (at == address.size() || !(is_visible(address[at]) || address[at] == ' ')) return 0;
  }
  return 0;
}

bool is_domain(Text domain) {
  const bool literal = domain.size() > 2 && domain[0] == '[' && domain[domain.size() - 1] == ']';
  if (literal) domain = std::string_view(domain.data() + 1, domain.size() - 2);
  for (const char c : domain) {
    if (!is_visible(c) || (is_special(c) && !(literal && c == ':'))) return false;
  }
  return !domain.empty() && domain.size() <= 255;
}

}  // namespace

bool is_mailbox(Text address) {
  if (address.empty() || address.size() > 254) return false;
  const std::size_t at = address[0] == '"' ? quoted_string_end(address) : dot_string_end(address);
  if (at == 0 || at > 64 || at >= address.size() || address[at] != '@') return false;
  return is_domain(std::string_view(address.data() + at + 1, address.size() - at - 1));
}

bool is_name(Text name, std::size_t most) {
  for (const char c : name) {
    if (!is_visible(c)) return false;
  }
  return !name.empty() && name.size() <= most;
}

bool has_eight_bit(Text text) {
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0x80U) != 0) return true;
  }
  return false;
}

Text domain_of(Text address) {
  std::size_t at = address.size();
  while (at != 0 && address[at - 1] != '@') --at;
  return std::string_view(address.data() + at, address.size() - at);
}

}  // namespace mailmote
