// --discover: the server that a mail domain names in the DNS.
#ifndef MAILMOTE_CLI_DISCOVERY_HPP
#define MAILMOTE_CLI_DISCOVERY_HPP

#include <string>

#include "mailmote/options.hpp"
#include "mailmote/posix/tcp_options.hpp"

namespace mailmote::cli {

/// What came of it. `sentence` says it to a person.
struct Discovered {
  Status status = Status::ok;  ///< ok, invalid_host, name_not_found, name_lookup_failed
  std::string sentence;
  std::string host;
  std::uint16_t port = 0;
  Security security = Security::implicit;
  std::string domain;    ///< where `host` is not within it, whose certificate it must have all the same; else empty
};

/// Asks for the domain of `address`, a mail address or the domain itself, and waits for the answer: at most 15 s.
Discovered discover(const std::string& address, const posix::TcpOptions& options);

}  // namespace mailmote::cli

#endif
