#include "settings.hpp"

#include <algorithm>

namespace mailmote::cli {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_password(std::string_view key) {
  return is_one_of(key, {"password", "password-file", "password-env", "password-command"});
}

// The least number of octets to put in, take out or exchange (the distance of Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t exchanged = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({exchanged, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

bool is_replaced(const std::vector<Setting>& by, const Setting& setting) {
  return std::any_of(by.begin(), by.end(), [&](const Setting& one) { return replaces(one.key, setting.key); });
}

}  // namespace

Failure wrong_at(const Place& place, const std::string& what) {
  return Failure::settings(place.file + ":" + std::to_string(place.line) + ": " + what);
}

const Setting* find(const Account& account, std::string_view key) {
  for (const Setting& setting : account.settings) {
    if (setting.key == key) return &setting;
  }
  return nullptr;
}

const Account* find(const std::vector<Account>& accounts, std::string_view name) {
  for (const Account& account : accounts) {
    if (account.name == name) return &account;
  }
  return nullptr;
}

std::vector<Setting> effective_settings(const std::vector<Account>& accounts, const Account& account) {
  std::vector<Setting> out;
  const Account* at = &account;
  for (std::size_t generations = 0; generations <= accounts.size(); ++generations) {
    std::vector<Setting> added;
    for (const Setting& setting : at->settings) {
      if (setting.key == "inherit" || is_replaced(out, setting)) continue;
      added.push_back({setting.key, setting.value.copy(), setting.place});
    }
    std::move(added.begin(), added.end(), std::back_inserter(out));
    const Setting* const from = find(*at, "inherit");
    if (from == nullptr) return out;
    at = find(accounts, from->value.view());
    if (at == nullptr) throw wrong_at(from->place, "there is no account " + std::string(from->value.view()));
  }
  throw wrong_at(account.place, "the account " + account.name + " inherits from itself");
}

bool replaces(std::string_view key, std::string_view other) {
  if (key == other || (is_password(key) && is_password(other))) return true;
  return is_one_of(key, {"server", "host", "discover"}) && is_one_of(other, {"server", "host", "discover"});
}

bool is_yes(const Setting& setting) {
  const std::string_view value = setting.value.view();
  if (is_one_of(value, {"yes", "on", "true", "1"})) return true;
  if (is_one_of(value, {"no", "off", "false", "0"})) return false;
  throw wrong_at(setting.place, setting.key + ": '" + std::string(value) + "' is neither yes nor no");
}

std::string nearest(const std::vector<std::string>& words, std::string_view word) {
  const auto closer = [word](const std::string& a, const std::string& b) {
    return distance(a, word) < distance(b, word);
  };
  return *std::min_element(words.begin(), words.end(), closer);
}

}  // namespace mailmote::cli
