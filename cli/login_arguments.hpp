// The part of the command line that is about logging in.
#ifndef MAILMOTE_CLI_LOGIN_ARGUMENTS_HPP
#define MAILMOTE_CLI_LOGIN_ARGUMENTS_HPP

#include <string>

#include "mailmote/capabilities.hpp"
#include "secret_text.hpp"

namespace CLI {
class App;
}

namespace mailmote::cli {

struct Server;

/// What the command line says. Empty: not said. No more than one place for the password is set.
struct LoginArguments {
  std::string user;
  std::string authorization;
  SecretText password;  ///< as it stands in a configuration file
  std::string password_file;
  std::string password_env;
  std::string password_command;
  std::string token_command;
  AuthSet allowed;      ///< empty: all that there is a secret for
  bool allow_cleartext = false;

  bool has_password() const {
    return !password.empty() || !password_file.empty() || !password_env.empty() || !password_command.empty();
  }

  /// Whether a login is wanted at all.
  bool wanted() const { return !user.empty() || !token_command.empty() || allowed.bits != 0; }
};

/// The values of the options as they were given.
struct LoginWords {
  std::string auth;
};

void add_login(CLI::App& command, LoginWords& words, LoginArguments& out);

/// `server`: what its URL says counts where no option does. Throws Failure.
void resolve_login(const LoginWords& words, const Server& server, LoginArguments& out);

}  // namespace mailmote::cli

#endif
