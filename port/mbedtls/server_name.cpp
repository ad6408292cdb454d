#include "server_name.hpp"

#include <mbedtls/asn1.h>

#include <cstring>

#include "address_text.hpp"

namespace mailmote::mbedtls {
namespace {

constexpr int kDnsName = MBEDTLS_ASN1_CONTEXT_SPECIFIC | 2;  // RFC 5280 section 4.2.1.6
constexpr int kIpAddress = MBEDTLS_ASN1_CONTEXT_SPECIFIC | 7;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_same(Text a, Text b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

Text after(Text text, std::size_t n) {
  text.remove_prefix(n);
  return text;
}

bool matches(Text presented, Text host) {
  if (presented.size() < 3 || presented[0] != '*' || presented[1] != '.') return is_same(presented, host);
  const std::size_t dot = host.find('.');
  const Text parent = after(presented, 2);
  return dot != 0 && dot != Text::npos && parent.find('.') != Text::npos && is_same(parent, after(host, dot + 1));
}

bool is_same(const mbedtls_x509_buf& presented, const IpAddress& address) {
  return presented.len == (address.family == IpFamily::v4 ? 4U : 16U) &&
         std::memcmp(presented.p, address.octets, presented.len) == 0;
}

}  // namespace

bool is_address(const mbedtls_x509_buf& name) { return name.tag == kIpAddress && (name.len == 4 || name.len == 16); }

Text dns_name(const mbedtls_x509_buf& name) {
  if (name.tag != kDnsName) return {};
  return std::string_view(reinterpret_cast<const char*>(name.p), name.len);
}

bool names(const mbedtls_x509_crt& certificate, Text host) {
  const IpAddress address = parse_address(host);
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  for (const mbedtls_x509_sequence* item = &certificate.subject_alt_names; item != nullptr; item = item->next) {
    const bool is_it = address.family == IpFamily::none
                           ? item->buf.tag == kDnsName && matches(dns_name(item->buf), host)
                           : is_address(item->buf) && is_same(item->buf, address);
    if (is_it) return true;
  }
  return false;
}

}  // namespace mailmote::mbedtls
