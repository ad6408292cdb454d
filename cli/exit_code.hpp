// From what happened to the number that a shell sees.
#ifndef MAILMOTE_CLI_EXIT_CODE_HPP
#define MAILMOTE_CLI_EXIT_CODE_HPP

#include "mailmote/message.hpp"

namespace mailmote::cli {

/// The values of sysexits.h, and one outside of them.
enum class ExitCode : int {
  sent = 0,            ///< to all recipients
  usage = 64,          ///< EX_USAGE: the command line
  data = 65,           ///< EX_DATAERR: an address, a header or the content
  no_user = 67,        ///< EX_NOUSER: the server knows no such recipient
  no_host = 68,        ///< EX_NOHOST: the server's name has no address
  unavailable = 69,    ///< EX_UNAVAILABLE: refused for good (5xx), or the server lacks what the mail needs
  software = 70,       ///< EX_SOFTWARE: a bug of ours
  io = 74,             ///< EX_IOERR: the network or a file
  try_later = 75,      ///< EX_TEMPFAIL: refused for now (4xx), timeouts
  protocol = 76,       ///< EX_PROTOCOL: the server broke SMTP, or TLS with it failed
  no_permission = 77,  ///< EX_NOPERM: the login
  configuration = 78,  ///< EX_CONFIG: security, or what TLS needs on this side
  unknown = 79,        ///< the mail may have arrived: not in sysexits.h, so that no queue sends it again blindly
};

/// What happened, as a number. Partly accepted and rejected: the worst recipient's; permanent is worse than temporary.
ExitCode exit_code(Outcome outcome, const Error& error, const Recipients& recipients);

}  // namespace mailmote::cli

#endif
