#include "mailmote/proxy.hpp"

#include <gtest/gtest.h>

#include "support/proxy_script.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

ProxyOptions options() {
  ProxyOptions options;
  options.host = "proxy.example.com";
  return options;
}

Status begun(const ProxyOptions& given, Text host = "mail.example.com") {
  HttpProxy proxy(given);
  const Status status = proxy.begin(host, 25);
  EXPECT_EQ(proxy.status(), status);
  EXPECT_EQ(proxy.step(), status == Status::ok ? ProxyStep::write : ProxyStep::failed);
  return status;
}

TEST(Proxy, BeginsWithWhatItNeeds) {
  EXPECT_EQ(begun(options()), Status::ok);
  ProxyOptions patient = options();
  patient.timeout = kForever;
  EXPECT_EQ(begun(patient), Status::ok);
}

TEST(Proxy, RefusesServersThatCannotBeNamed) {
  EXPECT_EQ(begun(options(), ""), Status::no_host);
  for (const std::size_t size : {1U, 252U, 253U})
    EXPECT_EQ(begun(options(), std::string(size, 'h').c_str()), Status::ok);
  for (const std::size_t size : {254U, 255U, 256U, 257U, 512U, 65537U}) {
    const std::string host(size, 'h');
    EXPECT_EQ(begun(options(), host), Status::invalid_host);
  }
  for (const char* text : {"a b", "a\\r\\nHost: b", "a\\x00b", "a\\x7f", "\\t"}) {
    const std::string host = test::unescaped(text);
    EXPECT_EQ(begun(options(), host), Status::invalid_host) << text;
  }
}

TEST(Proxy, TakesNamesOfUpTo253OctetsInEveryProtocol) {
  const ProxyOptions given = options();
  Socks4Proxy socks4(given);
  Socks5Proxy socks5(given);
  HttpProxy http(given);
  for (Proxy* const proxy : {static_cast<Proxy*>(&socks4), static_cast<Proxy*>(&socks5), static_cast<Proxy*>(&http)}) {
    EXPECT_EQ(proxy->begin("", 25), Status::no_host);
    for (const std::size_t size : {1U, 253U, 254U, 255U, 256U}) {
      const std::string host(size, 'h');
      EXPECT_EQ(proxy->begin(Text(host), 25), size <= 253 ? Status::ok : Status::invalid_host) << size;
    }
  }
  const std::string longest(253, 'h');
  test::expect_open(socks4, Text(longest), 25,
                    {{R"(\x04\x01\x00\x19\x00\x00\x00\x01\x00{253 x h}\x00)", R"(\x00\x5a{6 x \x00})"}});
  test::expect_open(socks5, Text(longest), 25,
                    {{R"(\x05\x01\x00)", R"(\x05\x00)"},
                     {R"(\x05\x01\x00\x03\xfd{253 x h}\x00\x19)", R"(\x05\x00\x00\x01{6 x \x00})"}});
  test::expect_open(http, Text(longest), 25,
                    {{R"(CONNECT {253 x h}:25 HTTP/1.1\r\nHost: {253 x h}:25\r\n\r\n)", R"(HTTP/1.1 200 OK\r\n\r\n)"}});
}

TEST(Proxy, RefusesOptionsThatCannotBe) {
  const std::string long_name(254, 'h');
  for (const Text host : {Text(""), Text(long_name), Text("a b"), Text("a\r\n")}) {
    ProxyOptions given = options();
    given.host = host;
    EXPECT_EQ(begun(given), Status::invalid_proxy) << host;
  }
  ProxyOptions with_address = options();
  with_address.address = "192.0.2.1\r\nX: y";
  EXPECT_EQ(begun(with_address), Status::invalid_proxy);
}

TEST(Proxy, RefusesTimeoutsThatNoClockCanMeasure) {
  for (const Millis timeout : {Millis{0}, kMaxTimeout + 1, kForever - 1}) {
    ProxyOptions given = options();
    given.timeout = timeout;
    EXPECT_EQ(begun(given), Status::timeout_out_of_range) << timeout;
  }
}

TEST(Proxy, BeginsAnewAfterAFailureAndInTheMiddle) {
  const ProxyOptions given = options();
  HttpProxy proxy(given);
  const std::string request = R"(CONNECT m:25 HTTP/1.1\r\nHost: m:25\r\n\r\n)";
  const test::Played failed = test::play(proxy, "m", 25, {{request, R"(HTTP/1.1 403 No\r\n\r\n)"}});
  EXPECT_EQ(failed.status, Status::proxy_refused);
  const test::Played left =
      test::play(proxy, "m", 25, {{request, R"(HTTP/1.1 100 C\r\n\r\nHTTP/1.1 200 OK\r\n)"}}, {1, 1, 30});
  EXPECT_EQ(left.step, ProxyStep::read);
  EXPECT_EQ(left.native, 0);
  EXPECT_EQ(begun(given, ""), Status::no_host);
  test::expect_open(proxy, "m", 25, {{request, R"(HTTP/1.1 200 OK\r\n\r\n)"}});
}

}  // namespace
}  // namespace mailmote
