#include "domain.hpp"

#include <algorithm>

namespace mailmote::cli {

std::string ascii_domain(const std::string& domain, Status wrong) {
  const auto is_ascii = [](char octet) { return static_cast<unsigned char>(octet) < 128; };
  return std::all_of(domain.begin(), domain.end(), is_ascii) ? domain : to_ascii(domain, wrong);
}

std::string with_ascii_domain(const std::string& address, Status wrong) {
  const std::size_t at = address.rfind('@');
  if (at == std::string::npos) return address;
  return address.substr(0, at + 1) + ascii_domain(address.substr(at + 1), wrong);
}

}  // namespace mailmote::cli
