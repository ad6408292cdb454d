// A client, a network and a server that thinks, with everything they need.
#ifndef MAILMOTE_TESTS_SUPPORT_WORLD_HPP
#define MAILMOTE_TESTS_SUPPORT_WORLD_HPP

#include <optional>
#include <string>
#include <vector>

#include "mailmote/proxy_stream.hpp"
#include "support/driver.hpp"
#include "support/judge.hpp"
#include "support/test_source.hpp"
#include "support/virtual_server.hpp"

namespace mailmote::test {

/// A mail that differs from all others in its content.
class Mail {
 public:
  explicit Mail(unsigned number, std::size_t recipients = 1, const std::string& body = "Level 3 %\r\n");

  const std::string& address(std::size_t index) const { return addresses_[index]; }
  const Recipient& recipient(std::size_t index) const { return recipients_[index]; }
  std::string stored() const;  ///< what a server must have of it

  TestSource source;

 private:
  std::vector<std::string> addresses_;
  std::vector<Recipient> recipients_;

 public:
  Message message;
};

struct Windows {
  std::size_t tx = 512;
  std::size_t rx = 512;
};

class World {
 public:
  /// With a proxy the client reaches the server through it; the peer that plays the proxy is the test's to set.
  explicit World(Windows windows = {}, Millis begin = 0xffffff00, Proxy* proxy = nullptr);

  VirtualClock clock;
  VirtualServer server;
  VirtualStream stream;
  Options options;  ///< in clear to this machine, EHLO client.example, device timeouts

 private:
  Stream& way(Proxy* proxy);

  std::optional<ProxyStream> through_;
  std::vector<std::uint8_t> rx_;
  std::vector<std::uint8_t> tx_;

 public:
  Client client;
  Driver driver;

  /// Sends and holds the results against wire, server and clock. Returns what went wrong; empty: nothing.
  std::string send(Mail& mail, After after = After::quit);

  /// Holds the results of a send that has ended (or was cancelled) against wire and server.
  std::string judge_all(const Mail& mail) const;

  /// Polls until idle, mends network and server, and sends another mail, which must arrive.
  std::string clean_run();
};

}  // namespace mailmote::test

#endif
