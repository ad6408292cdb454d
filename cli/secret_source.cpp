#include "secret_source.hpp"

#include <stdlib.h>
#include <string.h>

#include "child.hpp"
#include "failure.hpp"
#include "secret.hpp"
#include "shell_words.hpp"

namespace mailmote::cli {
namespace {

[[noreturn]] void fail(const char* option, const std::string& why) {
  throw Failure::configuration(std::string(option) + ": " + why, Status::invalid_credentials);
}

}  // namespace

SecretText first_line(std::string_view octets, const char* option) {
  std::size_t n = octets.find('\n');
  if (n == std::string_view::npos) n = octets.size();
  if (n != 0 && octets[n - 1] == '\r') --n;
  if (n == 0) fail(option, "the first line is empty");
  return SecretText(octets.substr(0, n));
}

SecretText secret_of_file(const std::string& path, const char* option) {
  Secret octets(kMaxSecret);
  std::string problem;
  const std::size_t size = octets.read(path, problem);
  if (size == 0) fail(option, "cannot read " + (path == "-" ? "standard input" : path) + ": " + problem);
  return first_line({reinterpret_cast<const char*>(octets.bytes().data), size}, option);
}

SecretText secret_of_environment(const std::string& variable, const char* option) {
  char* const value = getenv(variable.c_str());
  if (value == nullptr) fail(option, "the environment variable " + variable + " is not set");
  SecretText secret = first_line(value, option);
  explicit_bzero(value, strlen(value));
  unsetenv(variable.c_str());
  return secret;
}

SecretText secret_of_command(const std::string& command, const char* option, Millis timeout) {
  const std::optional<std::vector<std::string>> words = shell_words(command);
  if (!words) fail(option, "the command is empty, or a quote in it is not closed");
  Secret octets(kMaxSecret);
  std::string problem;
  const std::size_t size = read_from_child(*words, octets.bytes(), timeout, problem);
  if (!problem.empty()) fail(option, words->front() + " " + problem);
  return first_line({reinterpret_cast<const char*>(octets.bytes().data), size}, option);
}

}  // namespace mailmote::cli
