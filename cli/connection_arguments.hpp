// The part of the command line that is about the connection: all of it may stand in a configuration file too.
#ifndef MAILMOTE_CLI_CONNECTION_ARGUMENTS_HPP
#define MAILMOTE_CLI_CONNECTION_ARGUMENTS_HPP

#include <string>

#include "arguments.hpp"

namespace mailmote::cli {

/// The values of the options as they were given.
struct ConnectionWords {
  std::string server, host, security, timeouts = "rfc", bind;
  unsigned port = 0;
  TlsWords tls;
  LoginWords login;
};

void add_connection(CLI::App& command, ConnectionWords& words, Arguments& out);

/// Throws Failure.
void resolve_connection(const ConnectionWords& words, Arguments& out);

}  // namespace mailmote::cli

#endif
