// Where passwords and tokens come from.
#ifndef MAILMOTE_CLI_SECRET_SOURCE_HPP
#define MAILMOTE_CLI_SECRET_SOURCE_HPP

#include <cstddef>
#include <string>
#include <string_view>

#include "mailmote/clock.hpp"
#include "secret_text.hpp"

namespace mailmote::cli {

/// All of them give a first line without its end. They throw Failure where it is empty, and where there is something
/// else that keeps the secret from being had; `option` is named in it.

/// The longest that a secret may be, with what stands behind its line.
constexpr std::size_t kMaxSecret = 65536;

SecretText first_line(std::string_view octets, const char* option);

/// A file; "-": standard input.
SecretText secret_of_file(const std::string& path, const char* option);

/// An environment variable, which is wiped and removed.
SecretText secret_of_environment(const std::string& variable, const char* option);

/// What a command writes, which is run without a shell (see shell_words()) and with nothing to read, for at most
/// `timeout`.
SecretText secret_of_command(const std::string& command, const char* option, Millis timeout);

/// Asks whoever sits at the terminal, without showing what is typed.
SecretText secret_of_person(const std::string& user);

}  // namespace mailmote::cli

#endif
