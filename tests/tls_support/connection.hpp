// A TlsStream and a TlsServer with a wire in memory between them.
#ifndef MAILMOTE_TESTS_TLS_SUPPORT_CONNECTION_HPP
#define MAILMOTE_TESTS_TLS_SUPPORT_CONNECTION_HPP

#include <memory>
#include <string>

#include "mailmote/mbedtls/tls_stream.hpp"
#include "tls_support/memory_stream.hpp"
#include "tls_support/tls_server.hpp"

namespace mailmote::tls_support {

class Connection {
 public:
  /// The options trust root(), know the time and have random octets.
  explicit Connection(const ServerOptions& server_options = {});
  ~Connection() { tls.abort(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Opens the stream, begins TLS, and goes on until it is not would_block. would_block: a stall.
  IoStatus handshake(Text host = "localhost", std::uint16_t port = 465);

  /// Goes on after start_tls().
  IoStatus advance();

  /// Lets the world go on, as a loop does that waits for no more than wait() says; false: never.
  bool sleep();

  /// Moves octets between the wire and the server, and lets that work.
  void carry();

  std::string read_exactly(std::size_t size);

  /// Reads until the stream says that nothing more comes; what it said is put into `last`.
  std::string read_to_end(IoStatus& last);

  /// Writes all of it and lets it go out, or until it fails.
  IoStatus write_all(const std::string& octets);

  IoStatus close();

  const TlsReport& report() const { return *tls.tls(); }

  MemoryStream wire;
  TlsOptions options;
  mbedtls::TlsStream tls{wire, options};
  std::unique_ptr<TlsServer> server;
  UnixTime now = kNow;         ///< what the client's clock says
  unsigned longest = 1000000;  ///< calls until a test gives up

 private:
  ServerOptions server_options_;
  std::string ca_;
  bool is_used_ = false;
};

}  // namespace mailmote::tls_support

#endif
