// The POSIX port against a real peer on the loopback interface.
#ifdef MAILMOTE_HAS_POSIX

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <vector>

#include "contract/socket_peer.hpp"
#include "contract/stream_contract.hpp"
#include "dns_server.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"

namespace mailmote::contract {
namespace {

constexpr Millis kPatience = 10000;  // a machine under load is slow; a stall lasts for ever

}  // namespace

template <int Family>
class PosixLink {
 public:
  ~PosixLink() {
    if (full_ >= 0) close(full_);
    for (const int fd : fillers_) close(fd);
  }

  std::string why_unavailable() const { return peer_.exists() ? "" : "this machine has no such loopback address"; }
  Stream& stream() { return stream_; }
  FarEnd& far() { return peer_.far; }
  bool abort_is_noticed() const { return true; }
  Millis now() const { return posix::now(); }

  Endpoint listening() const { return {loopback(), peer_.port()}; }
  Endpoint refusing() const { return {loopback(), peer_.refusing_port()}; }
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
      peer_.play();
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

  test::DnsServer names_;  // knows none
  posix::TcpOptions options_ = with_names(names_);
  posix::TcpStream stream_{options_};
  SocketPeer peer_{Family};
  int full_ = -1;
  std::vector<int> fillers_;
  unsigned wakes_ = 0;
};

using PosixLinks = testing::Types<PosixLink<AF_INET>, PosixLink<AF_INET6>>;
INSTANTIATE_TYPED_TEST_SUITE_P(Posix, StreamContract, PosixLinks, Numbered);

}  // namespace mailmote::contract

#endif
