// What the program finds wrong by itself, before the library is asked.
#ifndef MAILMOTE_CLI_FAILURE_HPP
#define MAILMOTE_CLI_FAILURE_HPP

#include <stdexcept>
#include <string>

#include "exit_code.hpp"

namespace mailmote::cli {

/// what(): one sentence for a person; status(): an identifier for programs.
class Failure : public std::runtime_error {
 public:
  static Failure usage(const std::string& sentence) { return {sentence, "usage_error", ExitCode::usage}; }
  static Failure input(const std::string& sentence) { return {sentence, "source_failed", ExitCode::io}; }
  static Failure output(const std::string& sentence) { return {sentence, "output_failed", ExitCode::io}; }

  const char* status() const { return status_; }
  ExitCode exit_code() const { return exit_code_; }

 private:
  Failure(const std::string& sentence, const char* status, ExitCode exit_code)
      : std::runtime_error(sentence), status_(status), exit_code_(exit_code) {}

  const char* status_;
  ExitCode exit_code_;
};

}  // namespace mailmote::cli

#endif
