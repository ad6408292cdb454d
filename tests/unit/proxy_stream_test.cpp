#include "mailmote/proxy_stream.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "mailmote/client.hpp"
#include "support/proxy_script.hpp"
#include "support/text.hpp"
#include "support/world.hpp"

namespace mailmote {
namespace {

using test::Ending;
using test::Fault;
using test::ProxyScript;

constexpr char kName[] = "mail.example.com";
const ProxyScript kSocks4 = {
    {R"(\x04\x01\x02\x4b\x00\x00\x00\x01pump\x00mail.example.com\x00)", R"(\x00\x5a{6 x \x00})"}};
const ProxyScript kSocks5 = {{R"(\x05\x02\x00\x02)", R"(\x05\x02)"},
                             {R"(\x01\x04pump\x06secret)", R"(\x01\x00)"},
                             {R"(\x05\x01\x00\x03\x10mail.example.com\x02\x4b)", R"(\x05\x00\x00\x03\x02hi\x00\x19)"}};
const ProxyScript kHttp = {{R"(CONNECT mail.example.com:587 HTTP/1.1\r\nHost: mail.example.com:587\r\n)"
                            R"(Proxy-Authorization: Basic cHVtcDpzZWNyZXQ=\r\n\r\n)",
                            R"(HTTP/1.1 103 Hint\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\n)"}};

ProxyOptions options(bool with_password) {
  ProxyOptions options;
  options.host = "proxy.example.com";
  options.user = "pump";
  if (with_password) options.password = "secret";
  return options;
}

enum class Kind { socks4, socks5, http };

std::string name_of(Kind kind) { return kind == Kind::socks4 ? "Socks4" : kind == Kind::socks5 ? "Socks5" : "Http"; }

// A server behind a proxy of one kind, and the way there, with a clock that goes on only when there is nothing to do.
class Way {
 public:
  explicit Way(Kind kind)
      : options_(options(kind != Kind::socks4)),
        peer(kind == Kind::socks4   ? kSocks4
             : kind == Kind::socks5 ? kSocks5
                                    : kHttp,
             server),
        proxy(kind == Kind::socks4   ? static_cast<Proxy&>(socks4_)
              : kind == Kind::socks5 ? static_cast<Proxy&>(socks5_)
                                     : http_) {}

 private:
  ProxyOptions options_;
  Socks4Proxy socks4_{options_};
  Socks5Proxy socks5_{options_};
  HttpProxy http_{options_};

 public:
  ProxyOptions& told() { return options_; }

  IoStatus open() {
    IoStatus status = stream.open({kName, 587});
    while (status == IoStatus::would_block && sleep()) status = stream.progress(clock.now);
    return status;
  }

  // Until something may happen, as wait() says it; false: nothing ever will.
  bool sleep() {
    link.exchange();
    const Interest interest = stream.wait();
    if (interest.again || (interest.read && link.readable()) || (interest.write && link.writable())) return true;
    const Millis due = interest.timeout == Interest::kNoLimit ? kForever : interest.timeout;
    const Millis step = std::min(due, link.next_event());
    if (step == kForever && clock.now != 0) {
      ADD_FAILURE() << "a stall";
      return false;
    }
    clock.now += step == kForever ? 0 : step;
    return true;
  }

  // What can be read now, in pieces.
  std::string read() {
    std::string all;
    std::uint8_t octets[7];
    for (;;) {
      const IoResult result = stream.read({octets, sizeof octets});
      if (result.status != IoStatus::ok) return all;
      all.append(octets, octets + result.n);
    }
  }

  test::VirtualClock clock{0xfffffff0};  // it wraps around soon
  test::VirtualServer server;
  test::ProxyPeer peer;
  Proxy& proxy;
  test::VirtualStream link{clock, peer};
  ProxyStream stream{link, proxy};
};

class ProxyStreamTest : public testing::TestWithParam<Kind> {
 protected:
  void expect_greeting() {
    EXPECT_EQ(way.stream.status(), Status::ok);
    const std::string greeting = way.read();
    EXPECT_EQ(greeting.substr(0, 4), "220 ") << greeting;
    EXPECT_EQ(greeting.substr(greeting.size() - 2), "\r\n");
    EXPECT_EQ(way.peer.complaint(), "");
    EXPECT_EQ(way.link.complaint(), "");
  }

  // Whatever happened before: the same objects lead through the next time.
  void expect_next_time() {
    way.stream.abort();
    way.link.network = test::Network{};
    ASSERT_EQ(way.open(), IoStatus::ok);
    expect_greeting();
    way.stream.abort();
  }

  std::size_t answers() const {
    return answered(GetParam() == Kind::socks4 ? kSocks4 : GetParam() == Kind::socks5 ? kSocks5 : kHttp);
  }

  Way way{GetParam()};
};

TEST_P(ProxyStreamTest, LeadsThroughAndKeepsWhatIsGluedBehind) {
  ASSERT_EQ(way.open(), IoStatus::ok);
  EXPECT_EQ(way.link.port(), 1080);
  expect_greeting();
  EXPECT_EQ(way.stream.progress(way.clock.now), IoStatus::ok);
  EXPECT_EQ(way.stream.wait().timeout, Interest::kNoLimit) << "the proxy has done its part";
  expect_next_time();
}

TEST_P(ProxyStreamTest, LeadsThroughOctetByOctet) {
  way.link.network.read_limit = 1;
  way.link.network.write_limit = 1;
  way.link.network.latency = 10;
  ASSERT_EQ(way.open(), IoStatus::ok);
  while (!way.link.readable() && way.sleep()) continue;
  expect_greeting();
}

TEST_P(ProxyStreamTest, LeadsThroughSplitAtEveryOctet) {
  for (std::size_t at = 0; at <= answers(); ++at) {
    Way split(GetParam());
    split.link.network.split_at = at;
    ASSERT_EQ(split.open(), IoStatus::ok) << at;
    EXPECT_EQ((split.read() + split.read()).substr(0, 4), "220 ") << at;
  }
}

TEST_P(ProxyStreamTest, SaysThatTheProxyClosedAfterEveryOctet) {
  for (const Ending ending : {Ending::close, Ending::reset}) {
    for (std::size_t at = 0; at < answers(); ++at) {
      way.link.network.cut_after = way.link.received() + at;
      way.link.network.cut = ending;
      ASSERT_EQ(way.open(), IoStatus::error) << at;
      EXPECT_EQ(way.stream.status(), Status::proxy_closed) << at;
      EXPECT_EQ(way.stream.native(), ending == Ending::reset ? 104 : 0);
      expect_next_time();
    }
  }
}

TEST_P(ProxyStreamTest, BeginsAnewAfterAnAbortInTheMiddleOfAMessage) {
  way.link.network.write_limit = 1;
  ASSERT_EQ(way.stream.open({kName, 587}), IoStatus::would_block);
  EXPECT_TRUE(way.stream.wait().again);
  expect_next_time();
}

TEST_P(ProxyStreamTest, SurvivesEveryCallThatGoesWrong) {
  ASSERT_EQ(way.open(), IoStatus::ok);
  const std::size_t calls = way.link.calls();
  for (const Fault fault : {Fault::would_block, Fault::one_octet, Fault::close, Fault::reset, Fault::taken_reset,
                            Fault::silence, Fault::stuck}) {
    for (std::size_t call = 0; call < calls; ++call) {
      SCOPED_TRACE(std::to_string(static_cast<int>(fault)) + " at " + std::to_string(call));
      Way other(GetParam());
      other.clock.now = 5000;
      other.link.network.fault = fault;
      other.link.network.fault_call = call;
      const IoStatus status = other.open();
      const Status why = other.stream.status();
      if (fault == Fault::would_block || fault == Fault::one_octet) {
        EXPECT_EQ(status, IoStatus::ok);
      } else if (fault == Fault::silence || fault == Fault::stuck) {
        EXPECT_EQ(other.clock.now, 20000U);
        EXPECT_EQ(why, call == 0 ? Status::proxy_unreachable : Status::proxy_timeout);
      } else {
        EXPECT_EQ(why, call == 0 ? Status::proxy_unreachable : Status::proxy_closed);
      }
    }
  }
}

TEST_P(ProxyStreamTest, GivesAProxyThatDripsNoMoreTime) {
  way.link.network.read_limit = 1;
  way.link.network.latency = 4000;
  way.link.network.write_limit = 1;
  way.link.network.to_peer = 1;
  way.told().timeout = 3999;
  const Millis begin = way.clock.now;
  EXPECT_EQ(way.open(), IoStatus::error);
  EXPECT_EQ(way.stream.status(), Status::proxy_timeout);
  EXPECT_EQ(way.clock.now - begin, 3999U);
}

TEST_P(ProxyStreamTest, NeverSaysWhereTheServerIs) {
  EXPECT_EQ(way.stream.remote().address.family, IpFamily::none);
  ASSERT_EQ(way.open(), IoStatus::ok);
  EXPECT_EQ(way.link.remote().address.octets[0], 127) << "what must not be seen";
  EXPECT_EQ(way.stream.remote().address.family, IpFamily::none);
  EXPECT_EQ(way.stream.local().address.family, IpFamily::v4);
}

TEST_P(ProxyStreamTest, SendsNoMailInClearBecauseTheProxyIsLocal) {
  Options mail_options;
  mail_options.host = kName;
  mail_options.port = 587;
  mail_options.security = Security::none;
  mail_options.timeouts = &kDeviceTimeouts;
  ClientBuffer<512, 512> buffer;
  for (const bool allowed : {false, true}) {
    mail_options.allow_clear = allowed;
    Client client(way.stream, mail_options, buffer.rx(), buffer.tx());
    test::Driver driver(client, way.link, way.clock);
    test::Mail mail(1);
    ASSERT_EQ(client.start(mail.message), Status::ok);
    Poll said = Poll::again;
    for (int polls = 0; said != Poll::done && polls < 1000; ++polls) said = client.poll(way.clock.now);
    EXPECT_EQ(client.outcome(), allowed ? Outcome::accepted : Outcome::not_sent);
    EXPECT_EQ(client.error().status, allowed ? Status::ok : Status::clear_text_refused);
    client.cancel();
  }
  EXPECT_EQ(way.server.stored().size(), 1U);
  EXPECT_EQ(way.server.complaint(), "");
}

INSTANTIATE_TEST_SUITE_P(Every, ProxyStreamTest, testing::Values(Kind::socks4, Kind::socks5, Kind::http),
                         [](const auto& one) { return name_of(one.param); });

// One of them for what does not depend on the protocol.

TEST(ProxyStream, SaysThatTheProxyCannotBeReached) {
  Way way(Kind::socks5);
  way.link.network.fault = Fault::reset;
  way.link.network.fault_call = 0;
  EXPECT_EQ(way.open(), IoStatus::error);
  EXPECT_EQ(way.stream.status(), Status::proxy_unreachable);
  EXPECT_EQ(way.stream.native(), 111);
  EXPECT_FALSE(way.stream.wait().again);
  EXPECT_EQ(way.stream.wait().timeout, Interest::kNoLimit);
}

TEST(ProxyStream, ChecksEverythingBeforeItConnects) {
  Way way(Kind::socks5);
  EXPECT_EQ(way.stream.open({"", 25}), IoStatus::error);
  EXPECT_EQ(way.stream.status(), Status::no_host);
  way.told().password = Text();
  EXPECT_EQ(way.stream.open({kName, 25}), IoStatus::error);
  EXPECT_EQ(way.stream.status(), Status::invalid_proxy);
  EXPECT_EQ(way.link.opens(), 0U);
  EXPECT_EQ(way.stream.progress(0), IoStatus::error);
}

TEST(ProxyStream, StaysOpenUntilTheWayBelowHasClosed) {
  Way way(Kind::socks5);
  ASSERT_EQ(way.open(), IoStatus::ok);
  way.link.network.fault = Fault::would_block;
  way.link.network.fault_call = way.link.calls();
  ASSERT_EQ(way.stream.close(), IoStatus::would_block);
  EXPECT_EQ(way.stream.progress(way.clock.now), IoStatus::ok);
  ASSERT_EQ(way.stream.close(), IoStatus::ok);
  EXPECT_EQ(way.stream.progress(way.clock.now), IoStatus::error);
}

TEST(ProxyStream, PassesOnWhatTheProxySays) {
  test::VirtualClock clock;
  test::VirtualServer server;
  test::ProxyPeer peer(
      {{R"(\x05\x01\x00)", R"(\x05\x00)"}, {R"(\x05\x01\x00\x03\x01m\x00\x19)", R"(\x05\x05\x00\x01{6 x \x00})"}},
      server);
  test::VirtualStream link(clock, peer);
  ProxyOptions given;
  given.host = "proxy.example.com";
  Socks5Proxy proxy(given);
  ProxyStream stream(link, proxy);
  IoStatus status = stream.open({"m", 25});
  for (int i = 0; i < 10 && status == IoStatus::would_block; ++i) status = stream.progress(clock.now);
  EXPECT_EQ(status, IoStatus::error);
  EXPECT_EQ(stream.status(), Status::proxy_connection_refused);
  EXPECT_EQ(stream.native(), 5);
  EXPECT_FALSE(link.is_open());
}

TEST(ProxyStream, SecuresTheWayToTheProxyWhenAsked) {
  Way way(Kind::http);
  way.told().tls = true;
  ASSERT_EQ(way.open(), IoStatus::ok);
  EXPECT_TRUE(way.link.tls()->established);
  EXPECT_EQ(way.stream.tls(), nullptr) << "it does not reach to the server";
  EXPECT_EQ(way.stream.start_tls(), IoStatus::error);
  EXPECT_EQ(way.read().substr(0, 4), "220 ");
}

TEST(ProxyStream, SaysWhatKeepsItFromTlsToTheProxy) {
  Way way(Kind::http);
  way.told().tls = true;
  way.link.tls_layer = false;
  EXPECT_EQ(way.open(), IoStatus::error);
  EXPECT_EQ(way.stream.status(), Status::no_tls_layer);
  EXPECT_EQ(way.link.opens(), 0U);
}

// In a header of 8 KiB there are more octets than one poll hears.
TEST(ProxyStream, HearsALongAnswerInManyPolls) {
  test::VirtualClock clock;
  test::VirtualServer server;
  test::ProxyPeer peer(
      {{R"(CONNECT m:25 HTTP/1.1\r\nHost: m:25\r\n\r\n)", R"(HTTP/1.1 200 OK\r\nX: {8000 x y}\r\n\r\n)"}}, server);
  test::VirtualStream link(clock, peer);
  ProxyOptions given;
  given.host = "proxy.example.com";
  HttpProxy proxy(given);
  ProxyStream stream(link, proxy);
  IoStatus status = stream.open({"m", 25});
  int polls = 0;
  for (; polls < 1000 && status == IoStatus::would_block; ++polls) {
    const std::size_t calls = link.calls();
    EXPECT_TRUE(stream.wait().again);
    status = stream.progress(clock.now);
    EXPECT_LE(link.calls() - calls, 16U);
  }
  EXPECT_EQ(status, IoStatus::ok);
  EXPECT_GT(polls, 100);
  EXPECT_FALSE(stream.wait().again);
}

// A proxy that does not answer a TLS handshake at once.
class LateTls final : public test::Peer {
 public:
  explicit LateTls(test::Peer& proxy) : proxy_(proxy) {}

  bool connect() override { return proxy_.connect(); }
  void receive(std::string_view octets, bool unread) override { proxy_.receive(octets, unread); }
  void disconnect() override { proxy_.disconnect(); }
  std::optional<test::Handshake> handshake() override {
    if (asked_++ < 2) return std::nullopt;
    return test::Handshake{};
  }
  std::optional<test::Speech> speak() override { return proxy_.speak(); }

 private:
  test::Peer& proxy_;
  int asked_ = 0;
};

TEST(ProxyStream, BeginsTlsToTheProxyOnceAndWaitsForIt) {
  Way way(Kind::http);
  LateTls late(way.peer);
  way.told().tls = true;
  way.link.set_peer(late);
  IoStatus status = way.stream.open({kName, 587});
  for (int i = 0; i < 10 && status == IoStatus::would_block; ++i) status = way.stream.progress(way.clock.now);
  EXPECT_EQ(status, IoStatus::ok);
  EXPECT_EQ(way.link.complaint(), "");
  EXPECT_EQ(way.read().substr(0, 4), "220 ");
}

// A proxy that is reached in TLS, and has none.
class NoTls final : public test::Peer {
 public:
  bool connect() override { return true; }
  void receive(std::string_view, bool) override {}
  void disconnect() override {}
  std::optional<test::Handshake> handshake() override { return test::Handshake{Status::tls_wrong_host, true}; }
  std::optional<test::Speech> speak() override { return std::nullopt; }
};

TEST(ProxyStream, SaysWhatWentWrongWithTlsToTheProxy) {
  Way way(Kind::http);
  NoTls peer;
  way.told().tls = true;
  way.link.set_peer(peer);
  EXPECT_EQ(way.open(), IoStatus::error);
  EXPECT_EQ(way.stream.status(), Status::tls_wrong_host);
}

}  // namespace
}  // namespace mailmote
