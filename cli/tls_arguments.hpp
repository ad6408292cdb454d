// The part of the command line that is about TLS.
#ifndef MAILMOTE_CLI_TLS_ARGUMENTS_HPP
#define MAILMOTE_CLI_TLS_ARGUMENTS_HPP

#include <string>
#include <vector>

#include "mailmote/tls.hpp"

namespace CLI {
class App;
}

namespace mailmote::cli {

/// What the command line says, with every text already taken apart. Empty: not said.
struct TlsArguments {
  std::string ca_file;
  std::string ca_dir;
  std::vector<SpkiPin> pins;
  bool insecure = false;
  std::string certificate_file;
  std::string key_file;
  TlsVersion min = TlsVersion::tls1_2;
  TlsVersion max = TlsVersion::none;
  bool allow_downgrade = false;
  std::string session_file;
  ClockNotSet clock_not_set = ClockNotSet::refuse;
  std::string server_name;  ///< not an option: the domain that was asked for the server
};

/// The values of the options as they were given.
struct TlsWords {
  std::vector<std::string> pins;
  std::string min = "1.2", max, clock_not_set = "refuse";
};

/// In a program without TLS the options are taken, but not shown: what they ask for is refused as no_tls_layer.
void add_tls(CLI::App& command, TlsWords& words, TlsArguments& out);

/// Throws Failure.
void resolve_tls(const TlsWords& words, TlsArguments& out);

}  // namespace mailmote::cli

#endif
