// TCP Fast Open, in a network where it is on for both ends: a thread of root's may make one for itself.
#if defined(MAILMOTE_HAS_POSIX) && defined(__linux__)

#include <fcntl.h>
#include <gtest/gtest.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>

#include <cstring>
#include <functional>
#include <string>
#include <thread>

#include "loopback.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"

namespace mailmote::posix {
namespace {

bool make_network() {
  if (unshare(CLONE_NEWNET) != 0) return false;
  const int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq loopback{};
  std::strcpy(loopback.ifr_name, "lo");
  loopback.ifr_flags = IFF_UP;
  const bool up = ioctl(any, SIOCSIFFLAGS, &loopback) == 0;
  close(any);
  const int setting = open("/proc/sys/net/ipv4/tcp_fastopen", O_WRONLY | O_CLOEXEC);
  const bool on = write(setting, "3", 1) == 1;
  close(setting);
  return up && on;
}

class PosixFastOpen : public testing::Test {
 protected:
  /// Two connections: the first brings the cookie for the second, which `talk` is about.
  static void visit_twice(const std::function<void(TcpStream&, int listener)>& talk) {
    bool possible = false;
    std::thread([&] {
      possible = make_network();
      if (!possible) return;
      test::Listener listener("127.0.0.1");
      const int queue = 8;
      setsockopt(listener.fd(), IPPROTO_TCP, TCP_FASTOPEN, &queue, sizeof queue);
      TcpOptions options;
      options.fast_open = true;
      TcpStream first(options);
      connect(first, listener.port());
      EXPECT_NE(listener.next_peer(), "");
      TcpStream second(options);
      connect(second, listener.port());
      talk(second, listener.fd());
    }).join();
    if (!possible) GTEST_SKIP() << "skipped: this user may make no network of its own";
  }

  static void connect(TcpStream& stream, std::uint16_t port) {
    IoStatus status = stream.open({"127.0.0.1", port});
    while (status == IoStatus::would_block) status = stream.progress(now());
    EXPECT_EQ(status, IoStatus::ok);
  }

  static bool comes(int fd) {
    pollfd one{fd, POLLIN, 0};
    return poll(&one, 1, 2000) == 1;
  }
};

TEST_F(PosixFastOpen, SendsTheFirstOctetsWithTheSyn) {
  visit_twice([](TcpStream& stream, int listener) {
    EXPECT_EQ(stream.write({reinterpret_cast<const std::uint8_t*>("hello"), 5}).n, 5U);
    ASSERT_TRUE(comes(listener));
    const int peer = accept(listener, nullptr, nullptr);
    tcp_info info{};
    socklen_t size = sizeof info;
    EXPECT_EQ(getsockopt(peer, IPPROTO_TCP, TCP_INFO, &info, &size), 0);
    EXPECT_NE(info.tcpi_options & TCPI_OPT_SYN_DATA, 0);
    char heard[8] = {};
    EXPECT_EQ(recv(peer, heard, sizeof heard, 0), 5);
    close(peer);
  });
}

TEST_F(PosixFastOpen, ConnectsAllTheSameWhereTheServerSpeaksFirst) {
  visit_twice([](TcpStream& stream, int listener) {
    std::uint8_t octets[8];
    EXPECT_EQ(stream.read({octets, sizeof octets}).status, IoStatus::would_block);
    ASSERT_TRUE(comes(listener)) << "the server was never called";
    const int peer = accept(listener, nullptr, nullptr);
    EXPECT_EQ(send(peer, "220", 3, 0), 3);
    ASSERT_TRUE(comes(stream.fd()));
    EXPECT_EQ(stream.read({octets, sizeof octets}).n, 3U);
    close(peer);
  });
}

}  // namespace
}  // namespace mailmote::posix

#endif
