// The dialogue on standard error, as it goes on.
#ifndef MAILMOTE_CLI_TRACE_HPP
#define MAILMOTE_CLI_TRACE_HPP

#include <cstdint>
#include <string>
#include <string_view>

#include "mailmote/observer.hpp"

namespace mailmote::cli {

/// One line of output a line of dialogue: "S: " the server's, "C: " ours. Credentials are left out, content is a number
/// of octets, and everything else is escaped.
class Trace {
 public:
  void on_line(std::string_view line, bool cut);
  void on_sent(std::string_view octets, Sent kind);

  /// What is no dialogue: "*: ".
  void note(const std::string& text);

  /// Shows what has not been shown yet.
  void flush();

 private:
  void add_command(std::string_view octets);
  void end_secret();
  void flush_content();

  std::string command_;  // a command that came in pieces, so far
  std::uint64_t content_ = 0;
  bool secret_ = false;  // the last piece was a secret
};

}  // namespace mailmote::cli

#endif
