#include "proxy.hpp"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <charconv>

#include "failure.hpp"
#include "mailmote/ip.hpp"

namespace mailmote::cli {
namespace {

struct Scheme {
  std::string_view name;
  ProxyKind kind;
  bool look_up;
  bool tls;
  std::uint16_t port;
};

constexpr Scheme kSchemes[] = {
    {"socks4", ProxyKind::socks4, true, false, 1080}, {"socks4a", ProxyKind::socks4a, false, false, 1080},
    {"socks5", ProxyKind::socks5, true, false, 1080}, {"socks5h", ProxyKind::socks5, false, false, 1080},
    {"http", ProxyKind::http, false, false, 1080},    {"https", ProxyKind::http, false, true, 443},
};

bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

// Nothing: it is no number, or a greater one.
std::optional<unsigned> number(std::string_view digits, unsigned most) {
  unsigned value = 0;
  const char* const last = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), last, value);
  if (error != std::errc() || stop != last || value > most) return std::nullopt;
  return value;
}

// Takes the scheme off the front.
const Scheme& take_scheme(std::string_view& url, const std::string& where) {
  const std::size_t end = url.find("://");
  const std::string_view name = end == std::string_view::npos ? "http" : url.substr(0, end);
  if (end != std::string_view::npos) url.remove_prefix(end + 3);
  for (const Scheme& scheme : kSchemes) {
    if (equal(scheme.name, name)) return scheme;
  }
  throw Failure::usage(where +
                       ": a proxy is socks4://, socks4a://, socks5://, socks5h://, http:// or https://host:port");
}

std::string decoded(std::string_view text, const std::string& where) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    unsigned value = 0;
    const char* const digits = text.data() + i + 1;
    if (i + 2 >= text.size() || std::from_chars(digits, digits + 2, value, 16).ptr != digits + 2) {
      throw Failure::usage(where + ": a % in user or password is written %25");
    }
    out += static_cast<char>(value);
    i += 2;
  }
  return out;
}

// Takes "user:password@" off the front.
void take_login(std::string_view& url, ProxyPlace& out, const std::string& where) {
  const std::size_t at = url.rfind('@');
  if (at == std::string_view::npos) return;
  const std::string_view login = url.substr(0, at);
  url.remove_prefix(at + 1);
  const std::size_t colon = login.find(':');
  out.user = decoded(login.substr(0, colon), where);
  if (colon == std::string_view::npos) return;
  std::string password = decoded(login.substr(colon + 1), where);
  out.password = SecretText(password);
  explicit_bzero(password.data(), password.size());
}

// "host", "host:port", "[::1]" or "[::1]:port".
void take_place(std::string_view text, ProxyPlace& out, const std::string& where) {
  const bool bracketed = !text.empty() && text.front() == '[';
  const std::size_t end = text.find(bracketed ? ']' : ':');
  std::string_view rest = end == std::string_view::npos ? std::string_view() : text.substr(bracketed ? end + 1 : end);
  out.host = text.substr(bracketed ? 1 : 0, bracketed && end != std::string_view::npos ? end - 1 : end);
  const bool closed = !bracketed || (end != std::string_view::npos && (rest.empty() || rest.front() == ':'));
  if (out.host.empty() || !closed) throw Failure::usage(where + ": the proxy's host is missing, or its brackets are");
  if (rest.empty()) return;
  out.port = static_cast<std::uint16_t>(number(rest.substr(1), 65535).value_or(0));
  if (out.port == 0) throw Failure::usage(where + ": the proxy's port must be a number from 1 to 65535");
}

// As other programs do it: the small letters count first.
const char* variable(const char* small, const char* capital) {
  const char* const value = getenv(small);
  return value != nullptr ? value : getenv(capital);
}

// Takes ":port" and brackets off; false: it is another port.
bool take_port(std::string_view& entry, std::uint16_t port) {
  const bool bracketed = !entry.empty() && entry.front() == '[';
  const std::size_t colon = bracketed ? entry.find("]:") + 1 : entry.find(':');
  const bool has_port = bracketed ? colon != 0 : colon != std::string_view::npos && colon == entry.rfind(':');
  if (has_port && (port == 0 || number(entry.substr(colon + 1), 65535) != port)) return false;
  if (has_port) entry = entry.substr(0, colon);
  if (bracketed && entry.back() == ']') entry = entry.substr(1, entry.size() - 2);
  return true;
}

// "192.0.2.1" or "192.0.2.0/24".
bool has_address(std::string_view network, const std::uint8_t* address, std::size_t size) {
  const std::size_t slash = network.find('/');
  const auto all = static_cast<unsigned>(8 * size);
  const bool whole = slash == std::string_view::npos;
  std::uint8_t base[16];
  if (parse_ip(Text(network.substr(0, slash)), base) != size) return false;
  const std::optional<unsigned> bits = whole ? all : number(network.substr(slash + 1), all);
  if (!bits || memcmp(base, address, *bits / 8) != 0) return false;
  return *bits % 8 == 0 || ((base[*bits / 8] ^ address[*bits / 8]) >> (8 - *bits % 8)) == 0;
}

bool names(std::string_view entry, std::string_view host, std::uint16_t port) {
  if (entry == "*") return true;
  if (!take_port(entry, port)) return false;
  std::uint8_t address[16];
  const std::size_t size = parse_ip(Text(host), address);
  if (size != 0) return has_address(entry, address, size);
  if (!entry.empty() && entry.front() == '.') entry.remove_prefix(1);
  if (entry.empty() || host.size() < entry.size()) return false;
  const std::size_t ahead = host.size() - entry.size();
  return equal(entry, host.substr(ahead)) && (ahead == 0 || host[ahead - 1] == '.');
}

}  // namespace

ProxyPlace parse_proxy(std::string_view url, const std::string& where) {
  ProxyPlace out;
  const Scheme& scheme = take_scheme(url, where);
  out.kind = scheme.kind;
  out.look_up = scheme.look_up;
  out.tls = scheme.tls;
  out.port = scheme.port;
  take_login(url, out, where);
  if (!url.empty() && url.back() == '/') url.remove_suffix(1);
  take_place(url, out, where);
  return out;
}

std::optional<ProxyPlace> proxy_of_environment(std::string_view host, std::uint16_t port) {
  const char* const url = variable("all_proxy", "ALL_PROXY");
  const char* const exceptions = variable("no_proxy", "NO_PROXY");
  if (url == nullptr || *url == '\0') return std::nullopt;
  if (exceptions != nullptr && is_excluded(exceptions, host, port)) return std::nullopt;
  return parse_proxy(url, "ALL_PROXY");
}

bool is_excluded(std::string_view list, std::string_view host, std::uint16_t port) {
  constexpr std::string_view kSeparators = ", \t";
  while (!list.empty()) {
    const std::size_t end = list.find_first_of(kSeparators);
    if (names(list.substr(0, end), host, port)) return true;
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
  return false;
}

}  // namespace mailmote::cli
