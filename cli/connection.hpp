// A client over TCP, with everything that the program wants to know about it.
#ifndef MAILMOTE_CLI_CONNECTION_HPP
#define MAILMOTE_CLI_CONNECTION_HPP

#include "counting_stream.hpp"
#include "login.hpp"
#include "mail.hpp"
#include "mailmote/client.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "recorder.hpp"
#include "report.hpp"
#include "sentence.hpp"
#include "tls_layer.hpp"
#include "tls_setup.hpp"

namespace mailmote::cli {

class Connection {
 public:
  /// The arguments must outlive it. Throws Failure.
  explicit Connection(const Arguments& arguments);

  Report send(Mail& mail);

  /// Probe or verify.
  Report ask();

 private:
  Error run(Status begun, Report& report);
  Circumstances about(const Report& report) const;
  void tell(const Error& error, Report& report) const;
  void tell_recipients(const std::vector<Recipient>& recipients, Report& report) const;
  void tell_security(Report& report) const;
  std::uint16_t port_of(const Error& error) const;
  const SeenReply* deciding_reply(const Error& error) const;

  const Arguments& arguments_;
  Recorder recorder_;
  Trace trace_;
  AutoSecurity plan_;
  Options options_;
  posix::TcpOptions tcp_options_;
  posix::TcpStream tcp_{tcp_options_};
  CountingStream wire_{tcp_};
  TlsSetup tls_setup_;
  ProxyLayer proxy_;
  Login login_;
  std::string complaint_;  // what else there is to say, to be put behind the message
  TlsLayer tls_{proxy_.stream(), tls_setup_.options()};
  ClientBuffer<16384, 65536> buffer_;
  Client client_{tls_.stream(), options_, buffer_.rx(), buffer_.tx()};
};

}  // namespace mailmote::cli

#endif
