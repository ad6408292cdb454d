// lwIP with its own thread, over one interface that leads back to this stack, and the far end of a connection there: an
// lwIP socket.
#ifndef MAILMOTE_TESTS_LWIP_SOCKETS_OS_PEER_HPP
#define MAILMOTE_TESTS_LWIP_SOCKETS_OS_PEER_HPP

#include <functional>
#include <optional>
#include <string>

#include "contract/far_end.hpp"
#include "mailmote/clock.hpp"
#include "mailmote/stream.hpp"

namespace mailmote::contract {

/// Of a link, all but the stream.
class OsPeer {
 public:
  explicit OsPeer(int family);
  ~OsPeer();
  OsPeer(const OsPeer&) = delete;
  OsPeer& operator=(const OsPeer&) = delete;

  std::string why_unavailable() const { return {}; }
  FarEnd& far() { return far_; }
  bool abort_is_noticed() const { return true; }
  Millis now() const;

  Endpoint listening() const { return {here(), port_}; }
  Endpoint refusing() const { return {here(), 9}; }
  std::optional<Endpoint> silent() const { return Endpoint{is_v4_ ? "10.0.0.2" : "fd00::2", 9}; }
  std::optional<Endpoint> without_address() const { return Endpoint{"no.such.name", 25}; }
  std::optional<Endpoint> without_route() const {
    if (!is_v4_) return std::nullopt;
    return Endpoint{"192.0.2.1", 25};
  }

  bool until(const std::function<bool()>& condition);

 private:
  const char* here() const { return is_v4_ ? "10.0.0.1" : "fd00::1"; }
  void play_far_end();
  void take_connection();
  void hear();
  void reset();

  const bool is_v4_;
  FarEnd far_;
  int listener_ = -1;
  int peer_ = -1;
  Millis last_sent_ = 0;
  std::uint16_t port_ = 0;
};

}  // namespace mailmote::contract

#endif
