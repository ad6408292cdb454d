#include "configuration.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "connection_arguments.hpp"
#include "settings_file.hpp"

namespace mailmote::cli {
namespace {

constexpr const char* kSystemFile = "/etc/mailmote.conf";
constexpr const char* kDefault = "default";

SettingsFormat format_of(const std::string& word) {
  if (word == "msmtprc") return SettingsFormat::msmtprc;
  return word == "dotnet" ? SettingsFormat::dotnet : SettingsFormat::ini;
}

// Empty: the user has no home.
std::string user_file() {
  const char* const configuration = getenv("XDG_CONFIG_HOME");
  if (configuration != nullptr && *configuration == '/') return std::string(configuration) + "/mailmote/config";
  const char* const home = getenv("HOME");
  return home != nullptr && *home == '/' ? std::string(home) + "/.config/mailmote/config" : std::string();
}

const std::vector<std::string>& known_keys() {
  static const std::vector<std::string> keys = [] {
    CLI::App app;
    ConnectionWords words;
    Arguments arguments;
    add_connection(app, words, arguments);
    std::vector<std::string> names = {"password", "from", "inherit"};
    for (const CLI::Option* const option : app.get_options()) {
      const std::vector<std::string>& longs = option->get_lnames();
      if (!longs.empty() && longs.front() != "help") names.push_back(longs.front());
    }
    return names;
  }();
  return keys;
}

void check_keys(const std::vector<Account>& accounts) {
  const std::vector<std::string>& keys = known_keys();
  for (const Account& account : accounts) {
    for (const Setting& setting : account.settings) {
      if (std::find(keys.begin(), keys.end(), setting.key) != keys.end()) continue;
      throw wrong_at(setting.place, "there is no setting " + setting.key + "; did you mean " +
                                        nearest(keys, setting.key) + "?");
    }
  }
}

bool names_server(const CLI::App& command) {
  return command.count("--server") + command.count("--host") + command.count("--discover") != 0;
}

// Whether an option of the command line stands in the way of a setting.
bool is_given(CLI::App& command, const Setting& setting) {
  if (names_server(command) && (setting.key == "port" || setting.key == "security")) return true;
  for (const std::string& key : known_keys()) {
    const CLI::Option* const option = command.get_option_no_throw("--" + key);
    if (option != nullptr && option->count() != 0 && replaces(key, setting.key)) return true;
  }
  return false;
}

void add_value(CLI::Option& option, const Setting& setting) {
  if (option.get_items_expected_max() != 0) option.add_result(std::string(setting.value.view()));
  else if (is_yes(setting)) option.add_result("true");
}

std::string names_of(const std::vector<Account>& accounts) {
  std::string names;
  for (const Account& account : accounts) names += (names.empty() ? "" : ", ") + account.name;
  return names.empty() ? "none" : names;
}

}  // namespace

void add_configuration(CLI::App& command, ConfigurationWords& words) {
  CLI::Option* const options[] = {
      command.add_option("--config", words.file, "a configuration file (the user's and /etc/mailmote.conf)"),
      command.add_option("--config-format", words.format, "ini, msmtprc or dotnet (ini)")
          ->check(CLI::IsMember({"ini", "msmtprc", "dotnet"})),
      command.add_option("--account", words.account, "the account in it (default, where no server is named)")};
  for (CLI::Option* const option : options) option->group("Configuration file");
}

std::vector<Account> read_accounts(const ConfigurationWords& words) {
  std::vector<Account> accounts;
  const SettingsFormat format = format_of(words.format);
  if (!words.file.empty()) {
    accounts = read_settings(words.file, format);
  } else if (format != SettingsFormat::ini) {
    throw Failure::usage("--config-format needs --config");
  } else {
    for (const std::string& file : {user_file(), std::string(kSystemFile)}) {
      if (file.empty() || access(file.c_str(), R_OK) != 0) continue;
      std::vector<Account> more = read_settings(file, format);
      std::move(more.begin(), more.end(), std::back_inserter(accounts));
    }
  }
  check_keys(accounts);
  return accounts;
}

void configure(CLI::App& command, const ConfigurationWords& words, LoginArguments& login) {
  const bool named = !words.account.empty() || !words.file.empty();
  if (!named && names_server(command)) return;
  const std::vector<Account> accounts = read_accounts(words);
  const std::string name = words.account.empty() ? kDefault : words.account;
  const Account* const account = find(accounts, name);
  if (account != nullptr) return apply(command, effective_settings(accounts, *account), login);
  if (named) throw Failure::settings("there is no account " + name + "; there are: " + names_of(accounts));
}

// The values of a setting that may be given twice come together, so each option is told to take them after the last.
void apply(CLI::App& command, const std::vector<Setting>& settings, LoginArguments& login) {
  std::vector<std::pair<CLI::Option*, const Setting*>> changed;
  for (const Setting& setting : settings) {
    if (is_given(command, setting)) continue;
    if (setting.key == "password") login.password = setting.value.copy();
    CLI::Option* const option = command.get_option_no_throw("--" + setting.key);
    if (option != nullptr) changed.emplace_back(option, &setting);
  }
  for (const auto& [option, setting] : changed) add_value(*option, *setting);
  for (const auto& [option, setting] : changed) {
    try {
      if (option->count() != 0) option->run_callback();
    } catch (const CLI::Error& error) {
      throw wrong_at(setting->place, error.what());
    }
  }
}

}  // namespace mailmote::cli
