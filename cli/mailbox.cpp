#include "mailbox.hpp"

#include <charconv>

#include "failure.hpp"

namespace mailmote::cli {
namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// The first '<' outside of quotes.
std::size_t find_bracket(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') ++i;
    else if (text[i] == '"') quoted = !quoted;
    else if (text[i] == '<' && !quoted) return i;
  }
  return std::string_view::npos;
}

std::string unquoted(std::string_view name) {
  if (name.size() < 2 || name.front() != '"' || name.back() != '"') return std::string(name);
  const std::string_view inside = name.substr(1, name.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\\' && i + 1 < inside.size()) ++i;
    out += inside[i];
  }
  return out;
}

std::uint16_t parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc() || stop != end || port == 0) {
    throw Failure::usage("--server: the port must be a number from 1 to 65535");
  }
  return port;
}

// Takes the host off the front; what is left is empty or begins with a colon.
std::string_view take_host(std::string_view& rest) {
  const bool bracketed = !rest.empty() && rest.front() == '[';
  const std::size_t end = rest.find(bracketed ? ']' : ':');
  std::string_view host = rest.substr(0, end);
  rest.remove_prefix(host.size());
  if (!bracketed) return host;
  host.remove_prefix(1);
  if (!rest.empty()) rest.remove_prefix(1);
  const bool closed = end != std::string_view::npos && (rest.empty() || rest.front() == ':');
  if (!closed) throw Failure::usage("--server: an IPv6 address is written in brackets, as in smtp://[::1]:587");
  return host;
}

}  // namespace

NamedAddress parse_mailbox(std::string_view text) {
  text = trimmed(text);
  const std::size_t open = find_bracket(text);
  if (open == std::string_view::npos || text.back() != '>') return {std::string(text), {}};
  const std::string_view address = text.substr(open + 1, text.size() - open - 2);
  return {std::string(trimmed(address)), unquoted(trimmed(text.substr(0, open)))};
}

HeaderField parse_header(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) throw Failure::usage("--header: give it as 'Name: value'");
  return {std::string(trimmed(text.substr(0, colon))), std::string(trimmed(text.substr(colon + 1)))};
}

Server parse_server(std::string_view url) {
  constexpr std::string_view kScheme = "smtp://";
  if (url.substr(0, kScheme.size()) != kScheme) {
    throw Failure::usage("--server: give it as smtp://host or smtp://host:port");
  }
  std::string_view rest = url.substr(kScheme.size());
  if (!rest.empty() && rest.back() == '/') rest.remove_suffix(1);
  if (rest.find_first_of("@/?#") != std::string_view::npos) {
    throw Failure::usage("--server: only a host and a port may follow smtp://");
  }
  const std::string_view host = take_host(rest);
  if (rest.empty()) return {std::string(host), 0};
  return {std::string(host), parse_port(rest.substr(1))};
}

}  // namespace mailmote::cli
