// What happened, in full: for a person or as JSON.
#ifndef MAILMOTE_CLI_REPORT_HPP
#define MAILMOTE_CLI_REPORT_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "exit_code.hpp"
#include "failure.hpp"
#include "mailmote/capabilities.hpp"
#include "mailmote/client.hpp"
#include "mailmote/security.hpp"
#include "tls_facts.hpp"

namespace mailmote::cli {

struct RecipientReport {
  std::string address;
  RecipientOutcome outcome = RecipientOutcome::not_sent;
  std::uint16_t code = 0;
  EnhancedCode enhanced;
  std::string text;
};

/// All texts may hold anything that a server sent.
struct Report {
  Command command = Command::send;
  Outcome outcome = Outcome::not_sent;
  Advice advice = Advice::fix_configuration;
  ExitCode exit_code = ExitCode::software;
  std::string status;
  Phase phase = Phase::idle;
  std::uint16_t smtp_code = 0;
  EnhancedCode enhanced;
  std::string reply;
  std::string message;  ///< one sentence
  std::string message_id;
  std::string date;
  std::vector<RecipientReport> recipients;
  std::vector<std::string> capability_lines;
  std::vector<std::vector<std::string>> stages;  ///< the lines of each EHLO of the last connection
  Capabilities capabilities;
  std::string host;
  std::string server;  ///< "host port 587"
  Security security = Security::none;
  std::optional<TlsFacts> tls;  ///< nothing: the server has not spoken TLS
  std::vector<AutoSecurity::Try> tries;
  std::string auth;                            ///< the mechanism; empty: none
  std::optional<CredentialCheck> credentials;  ///< nothing: they were not asked for
  unsigned round_trips = 0;
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
  std::uint64_t elapsed_ms = 0;
};

/// Of something that went wrong before a server was asked.
Report report_of(const Failure& failure);

/// Of a bug of ours.
Report report_of_bug(const std::string& what);

/// Shows it: results on standard output, errors on standard error.
void show(const Report& report, const Style& style);

/// "5.1.1"; empty when there is none.
std::string to_text(const EnhancedCode& code);

/// "none", "starttls" or "implicit".
std::string to_text(Security security);

}  // namespace mailmote::cli

#endif
