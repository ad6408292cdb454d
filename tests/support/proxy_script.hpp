// What is said between a client and a proxy, octet by octet: scripts, a player for a Proxy without a stream, and a Peer
// that plays the proxy in front of another Peer.
#ifndef MAILMOTE_TESTS_SUPPORT_PROXY_SCRIPT_HPP
#define MAILMOTE_TESTS_SUPPORT_PROXY_SCRIPT_HPP

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "mailmote/proxy.hpp"
#include "support/peer.hpp"

namespace mailmote::test {

/// What the client must say, and what the proxy answers. Written as text::unescaped() reads it: \x05, \r, {10 x a}.
struct Exchange {
  std::string client;
  std::string proxy;
};

using ProxyScript = std::vector<Exchange>;

/// Octets of all answers.
std::size_t answered(const ProxyScript& script);

struct Pieces {
  std::size_t read = std::numeric_limits<std::size_t>::max();  ///< octets handed over at most at once
  std::size_t window = 1000;                                   ///< room for what is composed at once
  std::size_t cut = std::numeric_limits<std::size_t>::max();   ///< octets of all answers that come
};

struct Played {
  Status begun = Status::ok;
  ProxyStep step = ProxyStep::failed;
  Status status = Status::ok;
  std::int32_t native = 0;
  std::size_t taken = 0;  ///< octets of the answers, and of what is glued behind them
  std::string complaint;  ///< about what the client said; empty: nothing
};

/// Plays until the dialogue ends or the script does. The server's greeting is glued behind the last answer.
Played play(Proxy& proxy, Text host, std::uint16_t port, const ProxyScript& script, Pieces pieces = {});

/// The script leads to a way, whole and in pieces of every size, with every octet said and none of the server's taken;
/// cut anywhere it leads nowhere.
void expect_open(Proxy& proxy, Text host, std::uint16_t port, const ProxyScript& script);

/// The script leads to this failure, whole and in pieces of every size.
void expect_failure(Proxy& proxy, const ProxyScript& script, Status status, std::int32_t native = 0);

/// A proxy in front of `server`.
class ProxyPeer final : public Peer {
 public:
  ProxyPeer(ProxyScript script, Peer& server) : script_(std::move(script)), server_(server) {}

  bool connect() override;
  void receive(std::string_view octets, bool unread) override;
  void disconnect() override;
  std::optional<Speech> speak() override;

  const std::string& server_complaint() const { return server_.complaint(); }

 private:
  bool is_through() const { return step_ == script_.size(); }
  void answer();

  ProxyScript script_;
  Peer& server_;
  std::string heard_;
  std::string says_;
  std::size_t step_ = 0;
};

}  // namespace mailmote::test

#endif
