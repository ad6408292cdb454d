// What keeps the program from asking a server.
#ifndef MAILMOTE_CLI_FAILURE_HPP
#define MAILMOTE_CLI_FAILURE_HPP

#include <stdexcept>
#include <string>

#include "exit_code.hpp"

namespace mailmote::cli {

/// what(): one sentence for a person; status(): an identifier for programs.
class Failure : public std::runtime_error {
 public:
  /// The command line is wrong.
  static Failure usage(const std::string& sentence) { return {sentence, "usage_error", ExitCode::usage}; }

  /// A file, or the system, does not give what is needed.
  static Failure input(const std::string& sentence) { return {sentence, "source_failed", ExitCode::io}; }

  /// Something that TLS needs on this side.
  static Failure configuration(const std::string& sentence, Status status) {
    return {sentence, std::string(name(status)), ExitCode::configuration};
  }

  /// As an error of the library.
  static Failure of(Status status, const std::string& sentence) {
    Error error;
    error.status = status;
    return {sentence, std::string(name(status)), cli::exit_code(Outcome::not_sent, error, {})};
  }

  /// A configuration file is wrong.
  static Failure settings(const std::string& sentence) {
    return {sentence, "configuration_error", ExitCode::configuration};
  }

  /// Standard output takes no more.
  static Failure output(const std::string& sentence) { return {sentence, "output_failed", ExitCode::io}; }

  /// The library says no to the message.
  static Failure message(Status status);

  const std::string& status() const { return status_; }
  ExitCode exit_code() const { return exit_code_; }

 private:
  Failure(const std::string& sentence, std::string status, ExitCode exit_code)
      : std::runtime_error(sentence), status_(std::move(status)), exit_code_(exit_code) {}

  std::string status_;
  ExitCode exit_code_;
};

inline Failure Failure::message(Status status) {
  Error error;
  error.status = status;
  char sentence[160];
  describe(error, sentence);
  return of(status, sentence);
}

}  // namespace mailmote::cli

#endif
