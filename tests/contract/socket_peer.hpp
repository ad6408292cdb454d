// The far end of a connection on the loopback interface, and a port there at which nothing listens.
#ifndef MAILMOTE_TESTS_CONTRACT_SOCKET_PEER_HPP
#define MAILMOTE_TESTS_CONTRACT_SOCKET_PEER_HPP

#include <cstdint>

#include "contract/far_end.hpp"

namespace mailmote::contract {

/// A bound socket on the loopback interface; its port is put into `port`. -1: this machine has no such family.
int bind_to_loopback(int family, std::uint16_t& port);

class SocketPeer {
 public:
  explicit SocketPeer(int family);
  ~SocketPeer();
  SocketPeer(const SocketPeer&) = delete;
  SocketPeer& operator=(const SocketPeer&) = delete;

  bool exists() const { return listener_ >= 0; }  ///< the family
  std::uint16_t port() const { return port_; }
  std::uint16_t refusing_port() const { return refusing_port_; }

  /// Does what far_end.hpp says, without waiting.
  void play();

  FarEnd far;

 private:
  void take_connection();
  void hear();
  void reset();

  std::uint16_t port_ = 0;
  std::uint16_t refusing_port_ = 0;
  int listener_ = -1;
  int refusing_ = -1;
  int peer_ = -1;
};

}  // namespace mailmote::contract

#endif
