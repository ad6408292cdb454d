// Where a connection comes from, as the server sees it.
#ifdef MAILMOTE_HAS_POSIX

#include <errno.h>
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <poll.h>

#include <string>

#include "dns_server.hpp"
#include "loopback.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"

namespace mailmote::posix {
namespace {

using test::Listener;
using test::LoopbackSocket;

class PosixLocalEnd : public testing::Test {
 protected:
  IoStatus open(Text host = "127.0.0.1") {
    IoStatus status = stream.open({host, listener.port()});
    while (status == IoStatus::would_block) {
      const Interest interest = stream.wait();
      if (!interest.again) wait({100, interest.read, interest.write}, stream);
      status = stream.progress(now());
    }
    return status;
  }

  void from(const std::string& text) { ASSERT_TRUE(parse_local_end(Text(text), options)) << text; }

  void expect_bind_failed(int error, Text host = "127.0.0.1") {
    EXPECT_EQ(open(host), IoStatus::error);
    EXPECT_EQ(stream.status(), Status::bind_failed);
    EXPECT_EQ(stream.native(), error);
  }

  int setting(int level, int option) const {
    int value = -1;
    socklen_t size = sizeof value;
    EXPECT_EQ(getsockopt(stream.fd(), level, option, &value, &size), 0);
    return value;
  }

  Listener listener{"127.0.0.1"};
  TcpOptions options;
  TcpStream stream{options};
};

std::string port_of(const std::string& peer) { return peer.substr(peer.rfind(':') + 1); }

TEST_F(PosixLocalEnd, IsTheSystemsChoiceByItself) {
  ASSERT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(listener.next_peer().rfind("127.0.0.1:", 0), 0U);
}

TEST_F(PosixLocalEnd, IsTheAddressThatWasAskedFor) {
  from("127.0.0.5");
  ASSERT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(listener.next_peer().rfind("127.0.0.5:", 0), 0U);
  EXPECT_EQ(stream.local().address.octets[3], 5);
}

TEST_F(PosixLocalEnd, IsThePortThatWasAskedFor) {
  std::string port;
  {
    const LoopbackSocket probe("127.0.0.1");
    port = std::to_string(probe.port());
  }
  from(":" + port);
  ASSERT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(port_of(listener.next_peer()), port);
}

TEST_F(PosixLocalEnd, IsTheFirstFreePortOfARange) {
  const LoopbackSocket taken("127.0.0.1");
  options.local_port = taken.port();
  options.last_local_port = static_cast<std::uint16_t>(taken.port() + 20);
  if (options.last_local_port < options.local_port) GTEST_SKIP() << "skipped: no ports above the free one";
  ASSERT_EQ(open(), IoStatus::ok);
  const int port = std::stoi(port_of(listener.next_peer()));
  EXPECT_GT(port, options.local_port);
  EXPECT_LE(port, options.last_local_port);
}

TEST_F(PosixLocalEnd, FailsByNameWhenNoPortIsFree) {
  const LoopbackSocket taken("127.0.0.1");
  options.local_port = taken.port();
  expect_bind_failed(EADDRINUSE);
}

TEST_F(PosixLocalEnd, FailsByNameForAnAddressOfAnotherMachine) {
  from("203.0.113.9");
  expect_bind_failed(EADDRNOTAVAIL);
}

TEST_F(PosixLocalEnd, FailsByNameForAnAddressOfTheOtherFamily) {
  from("::1");
  expect_bind_failed(EAFNOSUPPORT);
}

TEST_F(PosixLocalEnd, UsesTheServersAddressOfItsFamily) {
  if (look_up_blocks()) GTEST_SKIP() << "skipped: this build looks names up with getaddrinfo";
  test::DnsServer dns;
  dns.add("mail.example.com", "::1");
  dns.add("mail.example.com", "127.0.0.1");
  options.name_servers = dns.address();
  from("127.0.0.5");
  ASSERT_EQ(open("mail.example.com"), IoStatus::ok);
  EXPECT_EQ(listener.next_peer().rfind("127.0.0.5:", 0), 0U);
}

TEST_F(PosixLocalEnd, SaysWhatTheServersAddressOfItsFamilySaid) {
  if (look_up_blocks()) GTEST_SKIP() << "skipped: this build looks names up with getaddrinfo";
  test::DnsServer dns;
  for (const char* address : {"::1", "::2", "255.255.255.255"}) dns.add("mail.example.com", address);
  options.name_servers = dns.address();
  from("127.0.0.5");
  EXPECT_EQ(open("mail.example.com"), IoStatus::error);
  EXPECT_EQ(stream.status(), Status::unreachable) << "not that the other one is of another family";
}

TEST_F(PosixLocalEnd, IsAnInterface) {
  options.interface = "lo";
  ASSERT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(listener.next_peer().rfind("127.0.0.1:", 0), 0U);
#ifdef SO_BINDTODEVICE
  char name[16] = {};
  socklen_t size = sizeof name;
  ASSERT_EQ(getsockopt(stream.fd(), SOL_SOCKET, SO_BINDTODEVICE, name, &size), 0);
  EXPECT_TRUE(size == 0 || std::string(name) == "lo") << name;  // 0: only root may, so it went by the address
#endif
}

TEST_F(PosixLocalEnd, FailsByNameForAnInterfaceThatIsNotThere) {
  options.interface = "nosuch0";
  expect_bind_failed(ENODEV);
}

TEST_F(PosixLocalEnd, IsWhatTheCallbackPicks) {
  IpEndpoint seen;
  options.local_end.context = &seen;
  options.local_end.pick = [](void* context, const IpEndpoint& remote) {
    *static_cast<IpEndpoint*>(context) = remote;
    IpEndpoint local;
    local.address.family = IpFamily::v4;
    local.address.octets[0] = 127;
    local.address.octets[3] = 9;
    return local;
  };
  ASSERT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(seen.port, listener.port());
  EXPECT_EQ(seen.address.octets[0], 127);
  EXPECT_EQ(listener.next_peer().rfind("127.0.0.9:", 0), 0U);
}

TEST_F(PosixLocalEnd, IsUsableForOneMailAfterTheOther) {
  {
    const LoopbackSocket probe("127.0.0.1");
    options.local_port = probe.port();
  }
  Listener other("127.0.0.1");
  ASSERT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(stream.close(), IoStatus::ok) << "this end goes first, so its port has to rest";
  IoStatus status = stream.open({"127.0.0.1", other.port()});
  while (status == IoStatus::would_block) status = stream.progress(now());
  EXPECT_EQ(status, IoStatus::ok);
}

TEST_F(PosixLocalEnd, KeepsTheConnectionAlive) {
  ASSERT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(setting(SOL_SOCKET, SO_KEEPALIVE), 1);
#ifdef TCP_KEEPIDLE
  EXPECT_EQ(setting(IPPROTO_TCP, TCP_KEEPIDLE), 60);
#endif
#ifdef TCP_USER_TIMEOUT
  EXPECT_EQ(setting(IPPROTO_TCP, TCP_USER_TIMEOUT), 180000);
#endif
}

TEST_F(PosixLocalEnd, LeavesTheSystemsSettingsWhereAsked) {
  options.keep_alive = options.user_timeout = 0;
  ASSERT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(setting(SOL_SOCKET, SO_KEEPALIVE), 0);
#ifdef TCP_USER_TIMEOUT
  EXPECT_EQ(setting(IPPROTO_TCP, TCP_USER_TIMEOUT), 0);
#endif
}

TEST_F(PosixLocalEnd, HearsAServerThatSpeaksFirstWithFastOpenToo) {
  options.fast_open = true;
  for (int visit = 0; visit < 2; ++visit) {
    ASSERT_EQ(open(), IoStatus::ok);
    std::uint8_t octet = 0;
    EXPECT_EQ(stream.read({&octet, 1}).status, IoStatus::would_block);
    EXPECT_NE(listener.next_peer(), "") << "the server has not heard of the connection";
  }
}

// Reading a local end.

TcpOptions parsed(Text text) {
  TcpOptions options;
  EXPECT_TRUE(parse_local_end(text, options)) << text;
  return options;
}

TEST(PosixParseLocalEnd, ReadsAddresses) {
  EXPECT_EQ(parsed("192.0.2.7").local_address.family, IpFamily::v4);
  EXPECT_EQ(parsed("192.0.2.7").local_address.octets[3], 7);
  EXPECT_EQ(parsed("2001:db8::7").local_address.octets[15], 7);
  EXPECT_EQ(parsed("[2001:db8::7]").local_address.octets[15], 7);
  EXPECT_EQ(parsed("::1").local_port, 0);
}

TEST(PosixParseLocalEnd, ReadsPorts) {
  EXPECT_EQ(parsed(":2500").local_port, 2500);
  EXPECT_EQ(parsed(":2500").local_address.family, IpFamily::none);
  EXPECT_EQ(parsed("[::1]:0").local_port, 0);
  const TcpOptions range = parsed("192.0.2.7:2500-65535");
  EXPECT_EQ(range.local_address.octets[3], 7);
  EXPECT_EQ(range.local_port, 2500);
  EXPECT_EQ(range.last_local_port, 65535);
}

TEST(PosixParseLocalEnd, RefusesTheRest) {
  for (const char* text : {"", "eth1", "192.0.2", "192.0.2.7:", "192.0.2.7:x", "192.0.2.7:70000", ":5-4", ":5-", ":-5", ":0-5",
                           ": 5", "[::1", "[::1]5", "::1%lo", "192.0.2.7:1-2-3"}) {
    TcpOptions options;
    options.local_port = 7;
    EXPECT_FALSE(parse_local_end(text, options)) << text;
    EXPECT_EQ(options.local_port, 7) << text;
  }
}

}  // namespace
}  // namespace mailmote::posix

#endif
