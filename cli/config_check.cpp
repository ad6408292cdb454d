#include "config_check.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "connection_arguments.hpp"
#include "escaped.hpp"
#include "json.hpp"
#include "mechanisms.hpp"

namespace mailmote::cli {
namespace {

std::string shown(const Setting& setting) {
  return setting.key == "password" ? "(hidden)" : std::string(setting.value.view());
}

// What a command would make of the account. Throws Failure.
Arguments tried(const Account& account, const std::vector<Setting>& settings) {
  CLI::App app;
  ConnectionWords words;
  Arguments out;
  add_connection(app, words, out);
  apply(app, settings, out.login);
  try {
    resolve_connection(words, out);
  } catch (const Failure& failure) {
    throw wrong_at(account.place, "account " + account.name + ": " + failure.what());
  }
  return out;
}

std::string where(const Arguments& arguments) {
  if (!arguments.discover.empty()) return "the server that the DNS names for " + arguments.discover;
  if (arguments.server.host.empty()) return "no server: it is for the command line or for accounts that inherit this";
  const bool chooses = arguments.server.port == 0 && arguments.security == Security::automatic;
  const std::string standard = arguments.security == Security::implicit ? "465" : "587";
  const std::string port = chooses ? "465, then 587"
                           : arguments.server.port != 0 ? std::to_string(arguments.server.port)
                                                        : standard;
  return arguments.server.host + " port " + port;
}

std::string how(Security security) {
  switch (security) {
    case Security::none: return "in clear";
    case Security::starttls: return "by STARTTLS";
    case Security::implicit: return "in TLS from the first octet";
    case Security::starttls_if_offered:
    case Security::automatic: break;
  }
  return "in TLS of either kind";
}

std::string login(const LoginArguments& arguments) {
  if (!arguments.wanted()) return "no login";
  const char* const proof = arguments.has_password()           ? "with a password"
                            : !arguments.token_command.empty() ? "with a token"
                                                               : "";
  const std::string who = arguments.user.empty() ? "login" : "login as " + arguments.user;
  const std::string allowed = arguments.allowed.bits == 0 ? "" : " by " + to_text(arguments.allowed);
  return who + (*proof != '\0' ? std::string(" ") + proof : "") + allowed;
}

void show(const Account& account, const std::vector<Setting>& settings, const Arguments& means) {
  std::cout << "account " << escaped(account.name) << ": " << escaped(where(means)) << ", " << how(means.security)
            << ", " << escaped(login(means.login)) << '\n';
  for (const Setting& setting : settings) {
    const std::string key = setting.key + std::string(setting.key.size() < 20 ? 20 - setting.key.size() : 1, ' ');
    std::cout << "  " << key << ' ' << escaped(shown(setting)) << "  (" << escaped(setting.place.file) << ':'
              << setting.place.line << ")\n";
  }
}

std::string to_json(const Account& account, const std::vector<Setting>& settings) {
  std::vector<std::string> values;
  for (const Setting& setting : settings) {
    JsonObject object;
    object.add("key", setting.key);
    object.add_or_null("value", setting.key == "password" ? "" : setting.value.view());
    object.add("file", setting.place.file);
    object.add_number("line", setting.place.line);
    values.push_back(object.text());
  }
  JsonObject object;
  object.add("account", account.name);
  object.add_value("settings", json_list(values));
  return object.text();
}

}  // namespace

ExitCode check_configuration(const Arguments& arguments) {
  const std::vector<Account> accounts = read_accounts(arguments.configuration);
  const std::string& wanted = arguments.configuration.account;
  if (wanted.empty() && accounts.empty()) {
    throw Failure::settings("there is no configuration: no file, or no account in it");
  }
  if (!wanted.empty() && find(accounts, wanted) == nullptr) throw Failure::settings("there is no account " + wanted);
  std::vector<std::string> values;
  for (const Account& account : accounts) {
    if ((!wanted.empty() && account.name != wanted) || find(accounts, account.name) != &account) continue;
    const std::vector<Setting> settings = effective_settings(accounts, account);
    const Arguments means = tried(account, settings);
    if (arguments.style.json) values.push_back(to_json(account, settings));
    else if (!arguments.style.quiet) show(account, settings, means);
  }
  if (arguments.style.json) std::cout << json_list(values) << '\n';
  if (!std::cout.flush()) throw Failure::output("cannot write to standard output");
  return ExitCode::sent;
}

}  // namespace mailmote::cli
