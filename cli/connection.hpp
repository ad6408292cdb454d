// A client over TCP, with everything that the program wants to know about it.
#ifndef MAILMOTE_CLI_CONNECTION_HPP
#define MAILMOTE_CLI_CONNECTION_HPP

#include "counting_stream.hpp"
#include "mail.hpp"
#include "mailmote/client.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "recorder.hpp"
#include "report.hpp"

namespace mailmote::cli {

class Connection {
 public:
  /// The arguments must outlive it.
  explicit Connection(const Arguments& arguments);

  Report send(Mail& mail);
  Report probe();

 private:
  Error run(Status begun, Report& report);
  void tell(const Error& error, Report& report) const;
  void tell_recipients(const std::vector<Recipient>& recipients, Report& report) const;
  const SeenReply* deciding_reply(const Error& error) const;

  const Arguments& arguments_;
  Recorder recorder_;
  Trace trace_;
  Options options_;
  posix::TcpStream tcp_;
  CountingStream stream_{tcp_};
  ClientBuffer<16384, 65536> buffer_;
  Client client_{stream_, options_, buffer_.rx(), buffer_.tx()};
};

}  // namespace mailmote::cli

#endif
