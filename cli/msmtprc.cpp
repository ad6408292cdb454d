#include <algorithm>

#include "settings_file.hpp"

namespace mailmote::cli {
namespace {

constexpr std::string_view kBlanks = " \t\r";

// What means the same here, under another name.
constexpr std::pair<std::string_view, const char*> kSame[] = {
    {"host", "host"},           {"port", "port"},
    {"user", "user"},           {"password", "password"},
    {"from", "from"},           {"domain", "helo"},
    {"tls_cert_file", "cert"},  {"tls_key_file", "key"},
    {"source_ip", "bind"},      {"passwordeval", "password-command"},
    {"tls_trust_file", "ca-file"},
};

// What is read together with other commands.
constexpr std::string_view kJoined[] = {"auth",   "tls",        "tls_starttls", "tls_certcheck",
                                        "timeout", "proxy_host", "proxy_port"};

// What is no matter of the connection, or what this program does anyway.
constexpr std::string_view kIgnored[] = {
    "logfile", "logfile_time_format", "syslog", "aliases", "auto_from", "maildomain", "from_full_name",
    "allow_from_override", "set_from_header", "set_date_header", "set_msgid_header", "remove_bcc_headers",
    "undisclosed_recipients", "dsn_notify", "dsn_return", "add_missing_from_header", "add_missing_date_header",
    "tls_min_dh_prime_bits"};

std::string_view take_line(std::string_view& rest) {
  const std::size_t n = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, n);
  rest.remove_prefix(std::min(n + 1, rest.size()));
  return line;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string_view take_word(std::string_view& line, std::string_view ends) {
  const std::size_t n = std::min(line.find_first_of(ends), line.size());
  const std::string_view word = line.substr(0, n);
  line = trimmed(line.substr(n));
  return word;
}

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

std::vector<Setting> copy_of(const std::vector<Setting>& settings) {
  std::vector<Setting> out;
  for (const Setting& one : settings) out.push_back({one.key, one.value.copy(), one.place});
  return out;
}

// The settings as msmtp names them; a later one takes the place of an earlier one.
void set(std::vector<Setting>& settings, Setting setting) {
  const auto same = [&setting](const Setting& one) {
    const auto is_secret = [](const std::string& key) { return key == "password" || key == "passwordeval"; };
    return one.key == setting.key || (is_secret(one.key) && is_secret(setting.key));
  };
  settings.erase(std::remove_if(settings.begin(), settings.end(), same), settings.end());
  settings.push_back(std::move(setting));
}

class Reader {
 public:
  explicit Reader(const std::string& path) { place_.file = path; }

  void read(std::string_view content) {
    while (!content.empty()) {
      std::string_view line = trimmed(take_line(content));
      ++place_.line;
      if (line.empty() || line.front() == '#') continue;
      const std::string key(take_word(line, " \t="));
      if (!line.empty() && line.front() == '=') line = trimmed(line.substr(1));
      if (line.size() > 1 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
      on_command(key, line);
    }
  }

  std::vector<Account>& accounts() { return accounts_; }

 private:
  void on_command(const std::string& key, std::string_view value) {
    if (key == "defaults") {
      in_defaults_ = true;
    } else if (key == "account") {
      begin_account(value);
    } else if (contains(kIgnored, key)) {
      return;
    } else if (is_known(key)) {
      set(current(), {key, SecretText(value), place_});
    } else if (key != "protocol" || value != "smtp") {
      throw wrong_at(place_, key + ": mailmote cannot do what this says: take it out, or write a file of its own");
    }
  }

  static bool is_known(const std::string& key) {
    const auto same = [&key](const auto& pair) { return pair.first == key; };
    return contains(kJoined, key) || std::any_of(std::begin(kSame), std::end(kSame), same);
  }

  std::vector<Setting>& current() {
    if (in_defaults_) return defaults_;
    if (accounts_.empty()) accounts_.push_back({"default", copy_of(defaults_), place_});
    return accounts_.back().settings;
  }

  // "NAME", or "NAME : BASE,BASE": with what the others say.
  void begin_account(std::string_view value) {
    in_defaults_ = false;
    Account account{std::string(trimmed(take_word(value, ":"))), copy_of(defaults_), place_};
    if (!value.empty()) value = trimmed(value.substr(1));
    while (!value.empty()) {
      const std::string_view name = trimmed(take_word(value, ","));
      if (!value.empty()) value = trimmed(value.substr(1));
      const Account* const base = find(accounts_, name);
      if (base == nullptr) throw wrong_at(place_, "there is no account " + std::string(name) + " before this");
      for (Setting& setting : copy_of(base->settings)) set(account.settings, std::move(setting));
    }
    accounts_.push_back(std::move(account));
  }

  Place place_;
  bool in_defaults_ = false;
  std::vector<Setting> defaults_;
  std::vector<Account> accounts_;
};

std::string_view value_of(const Account& account, std::string_view key, std::string_view otherwise = {}) {
  const Setting* const setting = find(account, key);
  return setting != nullptr ? setting->value.view() : otherwise;
}

bool is_on(const Account& account, std::string_view key, bool otherwise) {
  const Setting* const setting = find(account, key);
  return setting != nullptr ? is_yes(*setting) : otherwise;
}

void add(Account& to, const char* key, std::string_view value, const Place& place) {
  to.settings.push_back({key, SecretText(value), place});
}

// Without a word on TLS msmtp would send in clear; here that has to be said.
void add_security(const Account& from, Account& to) {
  const Setting* const tls = find(from, "tls");
  if (tls == nullptr) return;
  const char* const with_tls = is_on(from, "tls_starttls", true) ? "starttls" : "implicit";
  add(to, "security", is_yes(*tls) ? with_tls : "none", tls->place);
  const Setting* const check = find(from, "tls_certcheck");
  if (check != nullptr && !is_yes(*check)) add(to, "insecure", "yes", check->place);
}

// Seconds there, milliseconds here.
void add_timeout(const Account& from, Account& to) {
  const Setting* const timeout = find(from, "timeout");
  if (timeout == nullptr || timeout->value.view() == "off") return;
  add(to, "greeting-timeout", std::string(timeout->value.view()) + "000", timeout->place);
}

void add_proxy(const Account& from, Account& to) {
  const Setting* const host = find(from, "proxy_host");
  if (host == nullptr || host->value.empty()) return;
  const std::string_view port = value_of(from, "proxy_port", "1080");
  add(to, "proxy", "socks5h://" + std::string(host->value.view()) + ":" + std::string(port), host->place);
}

bool is_token(std::string_view method) { return method == "oauthbearer" || method == "xoauth2"; }

// msmtp gives the command to a shell.
void check_command(const Setting& command) {
  if (command.value.view().find_first_of("|&;<>()$`*?~\n") == std::string_view::npos) return;
  throw wrong_at(command.place, "passwordeval: the command needs a shell, and none is run: write it as sh -c '...' "
                                "in a file of mailmote's own");
}

bool is_login(std::string_view key) { return key == "user" || key == "password" || key == "passwordeval"; }

void add_same(const Account& from, std::string_view method, Account& to) {
  for (const Setting& setting : from.settings) {
    const auto same = std::find_if(std::begin(kSame), std::end(kSame),
                                   [&setting](const auto& pair) { return pair.first == setting.key; });
    if (same == std::end(kSame) || (is_login(setting.key) && method == "off")) continue;
    if (setting.key == "tls_trust_file" && setting.value.view() == "system") continue;
    if (setting.key == "passwordeval") check_command(setting);
    if (setting.key == "password" && is_token(method)) {
      throw wrong_at(setting.place, "password: a token comes from a command: give passwordeval");
    }
    const bool is_token_command = setting.key == "passwordeval" && is_token(method);
    add(to, is_token_command ? "token-command" : same->second, setting.value.view(), setting.place);
  }
}

Account translated(const Account& from) {
  Account to{from.name, {}, from.place};
  const Setting* const auth = find(from, "auth");
  const std::string_view method = auth != nullptr ? auth->value.view() : "off";
  add_same(from, method, to);
  if (method != "off" && method != "on" && !method.empty()) add(to, "auth", method, auth->place);
  add_security(from, to);
  add_timeout(from, to);
  add_proxy(from, to);
  return to;
}

}  // namespace

std::vector<Account> read_msmtprc(const std::string& path, MutableBytes content) {
  Reader reader(path);
  reader.read({reinterpret_cast<const char*>(content.data), content.size});
  std::vector<Account> out;
  for (const Account& account : reader.accounts()) out.push_back(translated(account));
  return out;
}

}  // namespace mailmote::cli
