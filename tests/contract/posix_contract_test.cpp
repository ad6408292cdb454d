// The POSIX port against a real peer on the loopback interface.
#ifdef MAILMOTE_HAS_POSIX

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "contract/stream_contract.hpp"
#include "dns_server.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"

namespace mailmote::contract {
namespace {

constexpr Millis kPatience = 10000;  // a machine under load is slow; a stall lasts for ever

int new_socket(int family) { return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

// A bound socket on the loopback interface; its port is put into `port`. -1: this machine has no such family.
int bind_to_loopback(int family, std::uint16_t& port) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_addr = in6addr_loopback;
  const bool is_v4 = family == AF_INET;
  sockaddr* address = is_v4 ? reinterpret_cast<sockaddr*>(&v4) : reinterpret_cast<sockaddr*>(&v6);
  socklen_t size = is_v4 ? sizeof v4 : sizeof v6;
  const int fd = new_socket(family);
  if (fd < 0) return -1;
  if (bind(fd, address, size) != 0 || getsockname(fd, address, &size) != 0) {
    close(fd);
    return -1;
  }
  port = ntohs(is_v4 ? v4.sin_port : v6.sin6_port);
  return fd;
}

}  // namespace

template <int Family>
class PosixLink {
 public:
  PosixLink() {
    listener_ = bind_to_loopback(Family, port_);
    refusing_ = bind_to_loopback(Family, refusing_port_);  // bound but not listening: the port stays ours
    const int small = 4096;
    setsockopt(listener_, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    if (listener_ >= 0) listen(listener_, 8);
  }
  ~PosixLink() {
    for (const int fd : {listener_, refusing_, peer_, full_}) {
      if (fd >= 0) ::close(fd);
    }
    for (const int fd : fillers_) ::close(fd);
  }

  std::string why_unavailable() const { return listener_ < 0 ? "this machine has no such loopback address" : ""; }
  Stream& stream() { return stream_; }
  FarEnd& far() { return far_; }
  bool abort_is_noticed() const { return true; }
  Millis now() const { return posix::now(); }

  Endpoint listening() const { return {loopback(), port_}; }
  Endpoint refusing() const { return {loopback(), refusing_port_}; }
  std::optional<Endpoint> without_address() const { return Endpoint{"no-such-name.invalid", 25}; }
  std::optional<Endpoint> without_route() const {
    if (Family == AF_INET6) return std::nullopt;  // no address is out of reach on every machine
    return Endpoint{"255.255.255.255", 25};
  }

  // A listener whose queue is full drops what else comes.
  std::optional<Endpoint> silent() {
    std::uint16_t port = 0;
    full_ = bind_to_loopback(Family, port);
    listen(full_, 0);
    for (int i = 0; i < 8; ++i) {
      posix::TcpStream filler;
      static_cast<void>(filler.open({loopback(), port}));
      pollfd one{filler.fd(), POLLOUT, 0};
      const bool answered = poll(&one, 1, 100) == 1;
      fillers_.push_back(dup(filler.fd()));
      if (!answered) return Endpoint{loopback(), port};
    }
    return std::nullopt;
  }

  bool sleep(const Interest& interest) {
    return until([&] {
      pollfd list[posix::TcpStream::kMaxDescriptors];
      const unsigned count = stream_.descriptors({kForever, interest.read, interest.write}, list);
      if (count == 0 || poll(list, count, 2) < 1) return false;
      if (++wakes_ % 2 == 0) stream_.ready(list, count);  // both ways of driving the stream, with the hint and without
      return true;
    });
  }

  bool until(const std::function<bool()>& condition) {
    const Millis begin = now();
    do {
      play_far_end();
      if (condition()) return true;
      poll(nullptr, 0, 1);
    } while (now() - begin < kPatience);
    return false;
  }

 private:
  static posix::TcpOptions with_names(const test::DnsServer& names) {
    posix::TcpOptions options;
    options.name_servers = names.address();
    return options;
  }
  static const char* loopback() { return Family == AF_INET ? "127.0.0.1" : "::1"; }

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
    int left = 0;
    if (ioctl(peer_, TIOCOUTQ, &left) != 0 || left != 0) return;
    const linger at_once = {1, 0};
    setsockopt(peer_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(peer_);
    peer_ = -1;
    far_.ended = true;
  }

  test::DnsServer names_;  // knows none
  posix::TcpOptions options_ = with_names(names_);
  posix::TcpStream stream_{options_};
  FarEnd far_;
  int listener_ = -1;
  int refusing_ = -1;
  int peer_ = -1;
  int full_ = -1;
  std::vector<int> fillers_;
  std::uint16_t port_ = 0;
  std::uint16_t refusing_port_ = 0;
  unsigned wakes_ = 0;
};

using PosixLinks = testing::Types<PosixLink<AF_INET>, PosixLink<AF_INET6>>;
INSTANTIATE_TYPED_TEST_SUITE_P(Posix, StreamContract, PosixLinks, Numbered);

}  // namespace mailmote::contract

#endif
