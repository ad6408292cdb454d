// The command line.
#ifndef MAILMOTE_CLI_ARGUMENTS_HPP
#define MAILMOTE_CLI_ARGUMENTS_HPP

#include <optional>
#include <string>
#include <vector>

#include "configuration.hpp"
#include "login_arguments.hpp"
#include "mail_arguments.hpp"
#include "mailbox.hpp"
#include "mailmote/options.hpp"
#include "mailmote/posix/tcp_options.hpp"
#include "proxy_layer.hpp"
#include "tls_arguments.hpp"

namespace mailmote::cli {

enum class Command { send, probe, verify, check_configuration };

/// How results are shown.
struct Style {
  bool json = false;
  bool quiet = false;
};

/// What the command line says, with every text already taken apart.
struct Arguments {
  Command command = Command::send;
  Style style;
  bool trace = false;
  ConfigurationWords configuration;

  // The connection.
  std::string discover;  ///< a mail address or domain whose server is asked for; empty: the server is named
  Server server;
  Security security = Security::automatic;
  TlsArguments tls;
  LoginArguments login;
  ProxyArguments proxy;
  std::string interface;
  posix::TcpOptions tcp;  ///< all but `interface`
  std::string helo;
  bool allow_clear = false;
  Millis timeout = kForever;
  Millis greeting_timeout = kForever;
  const Timeouts* timeouts = &kRfcTimeouts;
  bool no_pipelining = false;
  bool no_chunking = false;

  MailArguments mail;
};

/// Nothing: help was asked for and printed. Throws Failure.
std::optional<Arguments> parse_arguments(int argc, const char* const* argv);

/// How to show that the command line is wrong.
Style guess_style(int argc, const char* const* argv);

}  // namespace mailmote::cli

#endif
