#include "login.hpp"

#include "mailmote/posix/waiter.hpp"
#include "secret_source.hpp"

namespace mailmote::cli {
namespace {

AuthSet all_with(Proof proof) {
  AuthSet set;
  for (const MechanismRow& row : kMechanisms) {
    if (row.proof == proof) set.add(row.id);
  }
  return set;
}

// Those for which there is a secret. A user alone means a password, which is asked for, unless a certificate says who
// it is.
AuthSet usable(const LoginArguments& arguments, bool has_certificate) {
  const bool has_token = !arguments.token_command.empty();
  const bool by_certificate = has_certificate && !arguments.has_password() && arguments.allowed.bits == 0;
  const bool asks = !by_certificate && (!has_token || arguments.allowed.bits != 0);
  unsigned bits = 0;
  if (has_token) bits |= all_with(Proof::token).bits;
  if (arguments.has_password() || asks) bits |= all_with(Proof::password).bits;
  if (by_certificate && !has_token) bits |= all_with(Proof::outside).bits;
  if (arguments.allowed.bits != 0) bits = (bits | all_with(Proof::outside).bits) & arguments.allowed.bits;
  return {static_cast<std::uint16_t>(bits)};
}

}  // namespace

Login::Login(const LoginArguments& arguments, bool has_certificate, Millis timeout) : arguments_(arguments) {
  if (!arguments.wanted()) return;
  allowed_ = usable(arguments, has_certificate);
  get_secrets(timeout);
  const Credentials credentials = {Text(arguments.user), Text(password_.view()), Text(arguments.authorization)};
  mechanisms_.emplace(allowed_, credentials, TokenSource(Text(token_.view())));
  authenticator_.emplace(mechanisms_->list().data(), mechanisms_->list().size());
  authenticator_->random = {posix::random, nullptr};
}

void Login::get_secrets(Millis timeout) {
  if (!arguments_.token_command.empty()) {
    token_ = secret_of_command(arguments_.token_command, "--token-command", timeout);
  }
  if ((allowed_.bits & all_with(Proof::password).bits) == 0) return;
  if (!arguments_.password.empty()) {
    password_ = arguments_.password.copy();
  } else if (!arguments_.password_file.empty()) {
    password_ = secret_of_file(arguments_.password_file, "--password-file");
  } else if (!arguments_.password_env.empty()) {
    password_ = secret_of_environment(arguments_.password_env, "--password-env");
  } else if (!arguments_.password_command.empty()) {
    password_ = secret_of_command(arguments_.password_command, "--password-command", timeout);
  } else {
    password_ = secret_of_person(arguments_.user);
  }
}

std::string Login::used() const {
  const SaslMechanism* const used = authenticator_ ? authenticator_->used() : nullptr;
  return used != nullptr ? std::string(used->name()) : std::string();
}

}  // namespace mailmote::cli
