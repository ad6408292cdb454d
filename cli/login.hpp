// Logs in: gets the secrets, and has the mechanisms that they are for.
#ifndef MAILMOTE_CLI_LOGIN_HPP
#define MAILMOTE_CLI_LOGIN_HPP

#include <optional>
#include <string>

#include "login_arguments.hpp"
#include "mailmote/clock.hpp"
#include "mechanisms.hpp"

namespace mailmote::cli {

class Login {
 public:
  /// Asks for the secrets, where a login is wanted; commands may take `timeout`. The arguments must outlive it. Throws
  /// Failure.
  Login(const LoginArguments& arguments, bool has_certificate, Millis timeout);

  /// Null: no login.
  Authentication* authentication() { return authenticator_ ? &*authenticator_ : nullptr; }

  /// The mechanism that was used last; empty: none.
  std::string used() const;

  /// The mechanisms that may be used.
  const AuthSet& allowed() const { return allowed_; }

  /// What the server said about a token that it refused; empty: nothing.
  Text token_refusal() const { return mechanisms_ ? mechanisms_->token_refusal() : Text(); }

 private:
  void get_secrets(Millis timeout);

  const LoginArguments& arguments_;
  AuthSet allowed_;
  SecretText password_;
  SecretText token_;
  std::optional<Mechanisms> mechanisms_;
  std::optional<Authenticator> authenticator_;
};

}  // namespace mailmote::cli

#endif
