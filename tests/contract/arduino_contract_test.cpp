// The Arduino port over a client of Arduino's shape that connects to a real peer on the loopback interface.
#ifdef MAILMOTE_HAS_POSIX

#include <poll.h>

#include "arduino/loopback_client.hpp"
#include "contract/stream_contract.hpp"
#include "mailmote/arduino/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"

namespace mailmote::contract {

class ArduinoLink;
template <>
inline constexpr bool kBareSystem<ArduinoLink> = true;

class ArduinoLink {
 public:
  ArduinoLink() {
    port_ = bind_to_loopback(listener_);
    refusing_port_ = bind_to_loopback(refusing_);  // bound but not listening: the port stays ours
    listen(listener_, 8);
  }
  ~ArduinoLink() {
    for (const int fd : {listener_, refusing_, peer_}) {
      if (fd >= 0) ::close(fd);
    }
  }

  std::string why_unavailable() const { return {}; }
  Stream& stream() { return stream_; }
  FarEnd& far() { return far_; }
  bool abort_is_noticed() const { return true; }
  Millis now() const { return posix::now(); }

  Endpoint listening() const { return {"127.0.0.1", port_}; }
  Endpoint refusing() const { return {"127.0.0.1", refusing_port_}; }
  std::optional<Endpoint> silent() const { return std::nullopt; }  // connect() would block
  std::optional<Endpoint> without_route() const { return Endpoint{"255.255.255.255", 25}; }
  std::optional<Endpoint> without_address() const { return std::nullopt; }

  // As a sketch does: it comes back after the time that wait() names.
  bool sleep(const Interest& interest) {
    play_far_end();
    if (interest.timeout == Interest::kNoLimit || ++sleeps_ > kPatience) return false;
    poll(nullptr, 0, 1);
    return true;
  }

  bool until(const std::function<bool()>& condition) {
    sleeps_ = 0;
    for (int i = 0; i < kPatience; ++i) {
      play_far_end();
      if (condition()) return true;
      poll(nullptr, 0, 1);
    }
    return false;
  }

 private:
  static constexpr int kPatience = 10000;  // ms

  static std::uint16_t bind_to_loopback(int& fd) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    bind(fd, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }

  void play_far_end() {
    if (!far_.connected) take_connection();
    if (peer_ < 0) return;
    if (far_.reads && !far_.saw_end && !far_.saw_reset) hear();
    while (!far_.ended && !far_.to_send.empty()) {
      const ssize_t n = send(peer_, far_.to_send.data(), far_.to_send.size(), MSG_NOSIGNAL);
      if (n <= 0) break;
      far_.to_send.erase(0, static_cast<std::size_t>(n));
    }
    if (far_.ended || !far_.to_send.empty()) return;
    if (far_.ending == Ending::reset) reset();
    if (far_.ending == Ending::finish || far_.saw_end) far_.ended = shutdown(peer_, SHUT_WR) == 0;
  }

  void take_connection() {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    if (peer_ >= 0) ::close(peer_);
    peer_ = fd;
    far_.connected = true;
  }

  void hear() {
    char piece[65536];
    ssize_t n = 0;
    while ((n = recv(peer_, piece, sizeof piece, 0)) > 0) far_.received.append(piece, static_cast<std::size_t>(n));
    far_.saw_end = n == 0;
    far_.saw_reset = n < 0 && errno != EAGAIN;
  }

  void reset() {
    const linger at_once = {1, 0};
    setsockopt(peer_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(peer_);
    peer_ = -1;
    far_.ended = true;
  }

  test::LoopbackClient client_;
  arduino::TcpStream<test::LoopbackClient> stream_{client_};
  FarEnd far_;
  int listener_ = -1;
  int refusing_ = -1;
  int peer_ = -1;
  int sleeps_ = 0;
  std::uint16_t port_ = 0;
  std::uint16_t refusing_port_ = 0;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Arduino, StreamContract, ArduinoLink, Numbered);

}  // namespace mailmote::contract

#endif
