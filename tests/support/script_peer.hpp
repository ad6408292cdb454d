// A peer that plays its part of a written dialogue and checks the client's part to the octet.
#ifndef MAILMOTE_TESTS_SUPPORT_SCRIPT_PEER_HPP
#define MAILMOTE_TESTS_SUPPORT_SCRIPT_PEER_HPP

#include <string>
#include <vector>

#include "support/peer.hpp"

namespace mailmote::test {

enum class StepKind : std::uint8_t {
  client,   ///< the client says `octets`
  server,   ///< the server says `octets`, but not before the client has said everything above
  wait,     ///< the server's next words come `delay` ms later
  close,    ///< the server closes,
  reset,    ///< or breaks the connection,
  silence,  ///< or says nothing any more
  tls,      ///< the client begins TLS, which ends with `handshake`
  refuse,   ///< the connection is refused
  any,      ///< the client may say what it likes from here to the end of the connection
};

struct Step {
  StepKind kind = StepKind::client;
  std::string octets;
  Millis delay = 0;
  Handshake handshake = {};
};

using Dialogue = std::vector<Step>;  // one connection

class ScriptPeer final : public Peer {
 public:
  explicit ScriptPeer(const std::vector<Dialogue>& script) : script_(script) {}

  /// Delays each thing that the server says, so that a client that does not wait is found out.
  Millis slowness = 0;

  bool connect() override;
  void receive(std::string_view octets, bool unread) override;
  void disconnect() override;
  std::optional<Handshake> handshake() override;
  std::optional<Speech> speak() override;

  /// The server says nothing any more: only a deadline of the client ends this.
  bool silent() const { return silent_; }

  /// What is missing of the script; empty: it was played to its end.
  std::string rest() const;

 private:
  const Step* step() const;
  void next();
  bool lenient() const;
  void expect(char octet, bool unread);

  const std::vector<Dialogue>& script_;
  std::size_t connections_ = 0;
  std::size_t at_ = 0;
  std::string heard_;  // of the client step under way
  Millis delay_ = 0;
  bool connected_ = false;
  bool silent_ = false;
};

}  // namespace mailmote::test

#endif
