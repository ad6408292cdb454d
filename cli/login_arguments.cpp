#include "login_arguments.hpp"

#include <CLI/CLI.hpp>

#include "failure.hpp"
#include "mailbox.hpp"
#include "mechanisms.hpp"
#include "validator.hpp"

namespace mailmote::cli {

void add_login(CLI::App& command, LoginWords& words, LoginArguments& out) {
  CLI::Option* const passwords[] = {
      command.add_option("--password-file", out.password_file, "a file (-: standard input) with the password"),
      command.add_option("--password-env", out.password_env, "an environment variable with the password"),
      command.add_option("--password-command", out.password_command, "a command that writes it; run without a shell")};
  for (CLI::Option* const one : passwords) {
    for (CLI::Option* const other : passwords) {
      if (one != other) one->excludes(other);
    }
  }
  CLI::Option* const others[] = {
      command.add_option("--user", out.user, "log in as this user; without any password: it is asked for"),
      command.add_option("--token-command", out.token_command, "a command that writes an OAuth 2.0 access token"),
      command.add_option("--auth", words.auth, "allowed mechanisms, such as SCRAM-SHA-256,PLAIN (auto: all)")
          ->check(parsed_by(parse_mechanisms)),
      command.add_option("--authorization-identity", out.authorization, "act as this one, not as the user"),
      command.add_flag("--allow-cleartext-credentials", out.allow_cleartext, "log in without TLS where it must be")};
  for (CLI::Option* const option : passwords) option->group("Login");
  for (CLI::Option* const option : others) option->group("Login");
}

void resolve_login(const LoginWords& words, const Server& server, LoginArguments& out) {
  if (out.user.empty()) out.user = server.user;
  out.allowed = words.auth.empty() ? server.auth : parse_mechanisms(words.auth);
  if (out.has_password() && out.user.empty()) throw Failure::usage("whose password is it: give --user");
  for (const MechanismRow& row : kMechanisms) {
    const bool needs_user = row.proof == Proof::password || row.id == Mechanism::xoauth2;
    if (needs_user && out.allowed.has(row.id) && out.user.empty()) {
      throw Failure::usage(std::string("to log in by ") + row.name + " give --user");
    }
    if (row.proof == Proof::token && out.allowed.has(row.id) && out.token_command.empty()) {
      throw Failure::usage(std::string("to log in by ") + row.name + " give --token-command");
    }
  }
}

}  // namespace mailmote::cli
