#include <ini.h>
#include <string.h>

#include <algorithm>
#include <optional>

#include "settings_file.hpp"

namespace mailmote::cli {
namespace {

constexpr std::string_view kSection = "account ";
constexpr std::size_t kMaxSection = 49;  // inih cuts what is longer
constexpr int kMaxLine = 16384;

// What inih is given: the file line by line, and where it stands. It must not be thrown through: the first failure is
// kept.
struct Ini {
  const std::string& path;
  std::string_view rest;
  std::string_view line;
  unsigned number = 0;
  std::vector<Account> accounts;
  std::optional<Failure> failure;

  Place place() const { return {path, number}; }
  void fail(const std::string& what) {
    if (!failure) failure = wrong_at(place(), what);
  }
};

// A name that inih would cut, or an octet that would end the text for it.
void check_line(Ini& ini) {
  const std::size_t begin = ini.line.find_first_not_of(" \t");
  const bool is_section = begin != std::string_view::npos && ini.line[begin] == '[';
  if (ini.line.find('\0') != std::string_view::npos) ini.fail("the line holds a NUL");
  if (is_section && ini.line.find(']') > begin + kMaxSection) ini.fail("the name of the account is too long");
}

// As fgets(3). Wipes inih's own memory of the line before, and at the end.
char* next_line(char* into, int room, void* user) {
  Ini& ini = *static_cast<Ini*>(user);
  explicit_bzero(into, static_cast<std::size_t>(room));
  if (ini.rest.empty() || ini.failure) return nullptr;
  const std::size_t n = std::min(ini.rest.find('\n'), ini.rest.size() - 1) + 1;
  ini.line = ini.rest.substr(0, n);
  ini.rest.remove_prefix(n);
  ++ini.number;
  check_line(ini);
  const std::size_t most = static_cast<std::size_t>(room) - 3;
  if (n > most) ini.fail("the line is longer than " + std::to_string(most) + " octets");
  if (ini.failure) return nullptr;
  memcpy(into, ini.line.data(), n);
  return into;
}

Account& account_of(Ini& ini, std::string_view name) {
  for (Account& account : ini.accounts) {
    if (account.name == name) return account;
  }
  ini.accounts.push_back({std::string(name), {}, ini.place()});
  return ini.accounts.back();
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Whether there are more blanks in front of the value than "key = value" and "key: value" have by custom.
bool begins_with_blank(std::string_view line) {
  const std::size_t separator = line.find_first_of("=:");
  const std::size_t value = std::min(line.find_first_not_of(" \t", separator + 1), line.size());
  const bool custom = line[separator] == ':' || (separator != 0 && is_blank(line[separator - 1]));
  return value - separator > (custom ? 2U : 1U);
}

bool ends_with_blank(std::string_view line) {
  const std::size_t end = line.find_last_not_of("\r\n");
  return end != std::string_view::npos && is_blank(line[end]);
}

// inih takes away the blanks around a value. Empty: that is all right with this line.
std::string lost_blank(std::string_view line) {
  const char* const where = begins_with_blank(line) ? "beginning" : ends_with_blank(line) ? "end" : nullptr;
  if (where == nullptr) return {};
  return std::string("password: a blank at its ") + where +
         " would be lost: keep it in a file, and give password-file, or write it as in key = value";
}

int on_setting(void* user, const char* section, const char* name, const char* value) {
  Ini& ini = *static_cast<Ini*>(user);
  const std::string_view where = section;
  const std::string key = name;
  if (where.substr(0, kSection.size()) != kSection || where.size() == kSection.size()) {
    ini.fail(where.empty() ? key + " stands before the first [account NAME]"
                           : "[" + std::string(where) + "] is no section: give it as [account NAME]");
    return 0;
  }
  Account& account = account_of(ini, where.substr(kSection.size()));
  if (key != "pin" && find(account, key) != nullptr) ini.fail(key + " is given twice");
  const std::string lost = key == "password" ? lost_blank(ini.line) : std::string();
  if (!lost.empty()) ini.fail(lost);
  account.settings.push_back({key, SecretText(value), ini.place()});
  return 1;
}

void set_up_inih() {
  ini_allow_inline_comments = false;  // they would end a password at " ;"
  ini_allow_multiline = false;
  ini_allow_no_value = false;
  ini_max_line = kMaxLine;
  ini_use_stack = true;
}

}  // namespace

std::vector<Account> read_ini(const std::string& path, MutableBytes content) {
  set_up_inih();
  Ini ini{path, {reinterpret_cast<const char*>(content.data), content.size}, {}, 0, {}, std::nullopt};
  const int result = ini_parse_stream(next_line, &ini, on_setting, &ini);
  if (ini.failure) throw Failure(*ini.failure);
  if (result > 0) {
    throw wrong_at({path, static_cast<unsigned>(result)}, "the line is neither [account NAME] nor key = value");
  }
  if (result < 0) throw Failure::settings("not enough memory to read " + path);
  return std::move(ini.accounts);
}

}  // namespace mailmote::cli
