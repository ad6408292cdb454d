// What a TLS layer is asked for, with the files that it takes.
#ifndef MAILMOTE_CLI_TLS_SETUP_HPP
#define MAILMOTE_CLI_TLS_SETUP_HPP

#include <optional>
#include <string>

#include "mailmote/tls.hpp"
#include "secret.hpp"
#include "tls_arguments.hpp"

namespace mailmote::cli {

class TlsSetup {
 public:
  /// Reads the client's certificate and key and the saved session. The arguments must outlive it. Throws Failure.
  explicit TlsSetup(const TlsArguments& arguments);

  const TlsOptions& options() const { return options_; }

  /// Stores the session if it is another one than was read. Returns why it could not, as a part of a sentence; empty:
  /// all is well.
  std::string save_session();

 private:
  void trust();
  void read_credential();
  void read_session();

  const TlsArguments& arguments_;
  std::optional<Secret> certificate_;
  std::optional<Secret> key_;
  std::optional<Secret> session_octets_;
  TlsSession session_;
  TlsOptions options_;
};

}  // namespace mailmote::cli

#endif
