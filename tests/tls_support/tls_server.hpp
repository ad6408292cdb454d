// A TLS server on Mbed TLS, in memory: octets go in and come out.
#ifndef MAILMOTE_TESTS_TLS_SUPPORT_TLS_SERVER_HPP
#define MAILMOTE_TESTS_TLS_SUPPORT_TLS_SERVER_HPP

#include <mbedtls/ssl.h>
#include <mbedtls/ssl_ticket.h>
#include <mbedtls/x509_crt.h>

#include <string>
#include <vector>

#include "mailmote/tls.hpp"
#include "tls_support/certificates.hpp"

namespace mailmote::tls_support {

/// Keys for tickets, which outlive a connection.
class Tickets {
 public:
  Tickets();
  ~Tickets();
  Tickets(const Tickets&) = delete;
  Tickets& operator=(const Tickets&) = delete;
  mbedtls_ssl_ticket_context* get() { return &context_; }

 private:
  mbedtls_ssl_ticket_context context_;
};

struct ServerOptions {
  const Credential* who = nullptr;    ///< null: server()
  TlsVersion max = TlsVersion::none;  ///< none: what the library has
  TlsVersion min = TlsVersion::none;
  const Credential* clients = nullptr;  ///< the issuer of the clients' certificates, which are then required
  Tickets* tickets = nullptr;
  const int* cipher_suites = nullptr;  ///< ends with 0
};

class TlsServer {
 public:
  explicit TlsServer(const ServerOptions& options = {});
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  /// Does all that can be done now.
  void run();

  /// Sends as much of `text` as makes records of no more than `room` octets in all; what was sent is taken off.
  void send(std::string& text, std::size_t room = 1U << 30U);

  void send_alert(std::uint8_t alert);
  void send_close_notify();

  std::string in;     ///< from the client; run() takes it
  std::string out;    ///< for the client
  bool reads = true;  ///< whether run() takes what the client writes

  std::string received;  ///< what the client has written
  bool established = false;
  bool saw_goodbye = false;  ///< the client's close_notify
  int error = 0;             ///< of Mbed TLS, which ended the connection
  std::string name;          ///< the one that the client asked for
  bool has_name = false;

 private:
  static int put(void* server, const unsigned char* octets, std::size_t size);
  static int take(void* server, unsigned char* into, std::size_t size);
  static int on_name(void* server, mbedtls_ssl_context* ssl, const unsigned char* name, std::size_t size);
  void hear();

  mbedtls_ssl_context ssl_;
  mbedtls_ssl_config config_;
  mbedtls_x509_crt chain_;
  mbedtls_x509_crt clients_;
  mbedtls_pk_context key_;
};

/// Whether this Mbed TLS has TLS 1.3.
bool has_tls13();

/// The versions that it has.
std::vector<TlsVersion> versions();

}  // namespace mailmote::tls_support

#endif
