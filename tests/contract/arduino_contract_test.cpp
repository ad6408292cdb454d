// The Arduino port over a client of Arduino's shape that connects to a real peer on the loopback interface.
#ifdef MAILMOTE_HAS_POSIX

#include <poll.h>

#include "arduino/loopback_client.hpp"
#include "contract/socket_peer.hpp"
#include "contract/stream_contract.hpp"
#include "mailmote/arduino/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"

namespace mailmote::contract {

class ArduinoLink;
template <>
inline constexpr bool kBareSystem<ArduinoLink> = true;

class ArduinoLink {
 public:
  std::string why_unavailable() const { return {}; }
  Stream& stream() { return stream_; }
  FarEnd& far() { return peer_.far; }
  bool abort_is_noticed() const { return true; }
  Millis now() const { return posix::now(); }

  Endpoint listening() const { return {"127.0.0.1", peer_.port()}; }
  Endpoint refusing() const { return {"127.0.0.1", peer_.refusing_port()}; }
  std::optional<Endpoint> silent() const { return std::nullopt; }  // connect() would block
  std::optional<Endpoint> without_route() const { return Endpoint{"255.255.255.255", 25}; }
  std::optional<Endpoint> without_address() const { return std::nullopt; }

  // As a sketch does: it comes back after the time that wait() names.
  bool sleep(const Interest& interest) {
    peer_.play();
    if (interest.timeout == Interest::kNoLimit || ++sleeps_ > kPatience) return false;
    poll(nullptr, 0, 1);
    return true;
  }

  bool until(const std::function<bool()>& condition) {
    sleeps_ = 0;
    for (int i = 0; i < kPatience; ++i) {
      peer_.play();
      if (condition()) return true;
      poll(nullptr, 0, 1);
    }
    return false;
  }

 private:
  static constexpr int kPatience = 10000;  // ms

  test::LoopbackClient client_;
  arduino::TcpStream<test::LoopbackClient> stream_{client_};
  SocketPeer peer_{AF_INET};
  int sleeps_ = 0;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Arduino, StreamContract, ArduinoLink, Numbered);

}  // namespace mailmote::contract

#endif
