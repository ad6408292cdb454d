#include "mailmote/url.hpp"

#include "wire/address.hpp"
#include "wire/auth_names.hpp"
#include "wire/words.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kMaxHost = 253;

bool take(Text& text, Text beginning) {
  if (text.size() < beginning.size() || !equal_words({std::string_view(text.data(), beginning.size())}, beginning)) {
    return false;
  }
  text.remove_prefix(beginning.size());
  return true;
}

// The octets before the first `end`, which is taken too; without one all of them.
Text take_until(Text& text, char end) {
  std::size_t n = 0;
  while (n < text.size() && text[n] != end) ++n;
  const Text before(std::string_view(text.data(), n));
  text.remove_prefix(n < text.size() ? n + 1 : n);
  return before;
}

bool has(Text text, char octet) {
  for (const char c : text) {
    if (c == octet) return true;
  }
  return false;
}

int digit(char c) {
  const char big = upper(c);
  if (c >= '0' && c <= '9') return c - '0';
  return big >= 'A' && big <= 'F' ? big - 'A' + 10 : -1;
}

// Takes one octet off a text that is not empty; -1: a "%" without its digits.
int take_decoded(Text& text) {
  const char first = text.front();
  text.remove_prefix(1);
  if (first != '%') return static_cast<unsigned char>(first);
  if (text.size() < 2 || digit(text[0]) < 0 || digit(text[1]) < 0) return -1;
  const int octet = digit(text[0]) * 16 + digit(text[1]);
  text.remove_prefix(2);
  return octet;
}

UrlProblem parse_user(Text text, char* room, std::size_t size, Url& out) {
  if (text.empty()) return UrlProblem::user;
  if (has(text, ':')) return UrlProblem::password;
  std::size_t n = 0;
  while (!text.empty()) {
    const int octet = take_decoded(text);
    if (octet < ' ' || octet == 0x7f || n == size) return UrlProblem::user;
    room[n++] = static_cast<char>(octet);
  }
  out.user = std::string_view(room, n);
  return UrlProblem::none;
}

UrlProblem parse_port(Text digits, Url& out) {
  std::uint32_t port = 0;
  if (!parse_decimal(digits, port) || port == 0 || port > 0xffff) return UrlProblem::port;
  out.port = static_cast<std::uint16_t>(port);
  return UrlProblem::none;
}

UrlProblem parse_place(Text text, Url& out) {
  const bool bracketed = take(text, "[");
  if (bracketed && !has(text, ']')) return UrlProblem::host;
  const std::size_t all = text.size();
  out.host = take_until(text, bracketed ? ']' : ':');
  bool with_port = !bracketed && out.host.size() != all;
  if (!is_name(out.host, kMaxHost)) return UrlProblem::host;
  if (bracketed && !text.empty()) {
    with_port = take(text, ":");
    if (!with_port) return UrlProblem::host;
  }
  if (!with_port) return UrlProblem::none;
  return has(text, ':') ? UrlProblem::host : parse_port(text, out);
}

UrlProblem parse_query(Text query, Url& out) {
  if (!take(query, "auth=") || query.empty()) return UrlProblem::query;
  while (!query.empty()) {
    if (!add_mechanism(take_until(query, ','), out.auth)) return UrlProblem::query;
  }
  return UrlProblem::none;
}

// The part before the last "@".
Text take_user(Text& text) {
  std::size_t n = text.size();
  while (n != 0 && text[n - 1] != '@') --n;
  const Text user(std::string_view(text.data(), n == 0 ? 0 : n - 1));
  text.remove_prefix(n);
  return user;
}

}  // namespace

UrlProblem parse_url(Text text, char* room, std::size_t size, Url& out) {
  out = Url{};
  if (take(text, "smtps://")) out.security = Security::implicit;
  else if (!take(text, "smtp://")) return UrlProblem::scheme;
  Text place = take_until(text, '?');
  const bool with_query = place.data() + place.size() != text.data() + text.size();
  const std::size_t before = place.size();
  const Text user = take_user(place);
  UrlProblem problem = place.size() == before ? UrlProblem::none : parse_user(user, room, size, out);
  if (problem != UrlProblem::none) return problem;
  Text rest = place;
  place = take_until(rest, '/');
  if (!rest.empty()) return UrlProblem::path;
  problem = parse_place(place, out);
  return problem == UrlProblem::none && with_query ? parse_query(text, out) : problem;
}

}  // namespace mailmote
