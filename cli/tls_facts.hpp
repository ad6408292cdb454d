// What is told about TLS after a connection has ended.
#ifndef MAILMOTE_CLI_TLS_FACTS_HPP
#define MAILMOTE_CLI_TLS_FACTS_HPP

#include <optional>
#include <string>
#include <vector>

#include "mailmote/tls.hpp"

namespace mailmote::cli {

/// A TlsReport that owns its texts; they may hold anything that a server sent.
struct TlsFacts {
  /// `insecure`: the server was not verified because the command line says so.
  TlsFacts(const TlsReport& report, bool insecure);

  bool has_certificate() const { return report.peer.not_after != 0; }

  TlsReport report;
  bool insecure;
  std::string cipher;
  std::string subject;
  std::vector<std::string> names;
};

/// A JSON object.
std::string to_json(const TlsFacts& facts);

/// One line on a connection that was established: "TLS 1.3, certificate of mail.example.com verified".
std::string tls_line(const TlsFacts& facts, const std::string& host);

/// "2026-11-21T04:53:45Z" (RFC 3339).
std::string to_rfc3339(UnixTime time);

}  // namespace mailmote::cli

#endif
