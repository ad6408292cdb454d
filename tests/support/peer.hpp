// The other end of a VirtualStream: a script (ScriptPeer) or a server that thinks (VirtualServer).
#ifndef MAILMOTE_TESTS_SUPPORT_PEER_HPP
#define MAILMOTE_TESTS_SUPPORT_PEER_HPP

#include <optional>
#include <string>
#include <string_view>

#include "mailmote/clock.hpp"
#include "mailmote/status.hpp"

namespace mailmote::test {

/// How the peer's side of a connection ends.
enum class Ending : std::uint8_t { none, close, reset };

/// Something that a peer says: octets, an end, or both, `delay` ms after it was caused and the thing before was said.
struct Speech {
  std::string octets;
  Millis delay = 0;
  Ending ending = Ending::none;
};

/// How the peer answers a TLS handshake.
struct Handshake {
  Status status = Status::ok;
  bool answered = true;  ///< its ServerHello came
};

class Peer {
 public:
  virtual ~Peer() = default;

  /// A client connects; false: refused.
  virtual bool connect() = 0;

  /// Octets of the client. `unread`: the client has not yet read everything that the peer said before.
  virtual void receive(std::string_view octets, bool unread) = 0;

  /// The connection is over: closed by the client, or cut by the network.
  virtual void disconnect() = 0;

  /// A client begins TLS; nullopt: no answer yet.
  virtual std::optional<Handshake> handshake() { return Handshake{}; }

  /// What the peer says next, if it has something to say now.
  virtual std::optional<Speech> speak() = 0;

  /// What the client did wrong as the peer sees it; empty: nothing.
  const std::string& complaint() const { return complaint_; }

 protected:
  void complain(const std::string& what) {
    if (complaint_.empty()) complaint_ = what;
  }

 private:
  std::string complaint_;
};

}  // namespace mailmote::test

#endif
