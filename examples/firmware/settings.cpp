#include "settings.hpp"

#include <cstring>

#include "board.hpp"

namespace {

/// The text behind `name` at the beginning of a word; null when there is none.
const char* find(const char* words, const char* name) {
  for (const char* at = std::strstr(words, name); at != nullptr; at = std::strstr(at + 1, name)) {
    if (at == words || at[-1] == ' ') return at + std::strlen(name);
  }
  return nullptr;
}

std::uint32_t number(const char* words, const char* name, std::uint32_t otherwise) {
  const char* at = find(words, name);
  if (at == nullptr) return otherwise;
  std::uint32_t value = 0;
  for (; *at >= '0' && *at <= '9'; ++at) value = value * 10 + static_cast<std::uint32_t>(*at - '0');
  return value;
}

mailmote::Security security(const char* words) {
  if (find(words, "none") != nullptr) return mailmote::Security::none;
  if (find(words, "starttls") != nullptr) return mailmote::Security::starttls;
  return find(words, "implicit") != nullptr ? mailmote::Security::implicit : mailmote::Security::automatic;
}

mailmote::TlsVersion version(const char* words) {
  if (find(words, "tls=1.2") != nullptr) return mailmote::TlsVersion::tls1_2;
  return find(words, "tls=1.3") != nullptr ? mailmote::TlsVersion::tls1_3 : mailmote::TlsVersion::none;
}

}  // namespace

Settings read_settings() {
  Settings settings;
  char words[160];
  if (!board::arguments(words, sizeof words)) return settings;
  settings.security = security(words);
  settings.tls = version(words);
  settings.port = static_cast<std::uint16_t>(number(words, "port=", 0));
  settings.proxy = find(words, "proxy") != nullptr;
  settings.login = find(words, "login") != nullptr;
  settings.attempts = number(words, "attempts=", settings.attempts);
  settings.rows = number(words, "rows=", settings.rows);
  settings.tick = number(words, "tick=", settings.tick);
  return settings;
}
