// What configuration files say: accounts with settings, each the long name of an option of the command line, or one of
// "password", "from" and "inherit".
#ifndef MAILMOTE_CLI_SETTINGS_HPP
#define MAILMOTE_CLI_SETTINGS_HPP

#include <string>
#include <string_view>
#include <vector>

#include "failure.hpp"
#include "secret_text.hpp"

namespace mailmote::cli {

/// Where something stands.
struct Place {
  std::string file;
  unsigned line = 0;
};

/// Of something that is wrong there.
Failure wrong_at(const Place& place, const std::string& what);

struct Setting {
  std::string key;
  SecretText value;
  Place place;
};

struct Account {
  std::string name;
  std::vector<Setting> settings;
  Place place;
};

/// The setting of this key; null: there is none.
const Setting* find(const Account& account, std::string_view key);

/// The account of this name; null: there is none.
const Account* find(const std::vector<Account>& accounts, std::string_view name);

/// The settings of an account with those that it inherits, its own first; none takes the place of another one any more.
/// Throws Failure.
std::vector<Setting> effective_settings(const std::vector<Account>& accounts, const Account& account);

/// Whether `key` says the same thing as `other`, so that one of them must give way.
bool replaces(std::string_view key, std::string_view other);

/// "yes", "on", "true", "1" and their opposites. Throws Failure.
bool is_yes(const Setting& setting);

/// The one of `words` that is most like `word`.
std::string nearest(const std::vector<std::string>& words, std::string_view word);

}  // namespace mailmote::cli

#endif
