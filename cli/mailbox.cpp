#include "mailbox.hpp"

#include "failure.hpp"
#include "mailmote/url.hpp"

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

const char* words(UrlProblem problem) {
  switch (problem) {
    case UrlProblem::none: break;
    case UrlProblem::scheme: return "it begins with smtp:// or smtps://";
    case UrlProblem::host: return "a host, or an IPv6 address in brackets, is missing";
    case UrlProblem::port: return "the port must be a number from 1 to 65535";
    case UrlProblem::user: return "the user before the @ is empty or not well encoded";
    case UrlProblem::password: return "a password does not belong there: give --password-file, --password-env or "
                                      "--password-command";
    case UrlProblem::path: return "only a host and a port may follow smtp:// or smtps://";
    case UrlProblem::query: return "behind the ? only auth= may stand, with names of mechanisms";
  }
  return "";
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

Server parse_server(std::string_view text) {
  std::string user(text.size(), '\0');
  Url url;
  const UrlProblem problem = parse_url(text, user.data(), user.size(), url);
  if (problem != UrlProblem::none) throw Failure::usage(words(problem));
  return {std::string(url.host), url.port, url.security == Security::implicit, std::string(url.user), url.auth};
}

}  // namespace mailmote::cli
