#include <gtest/gtest.h>

#include "mailmote/proxy.hpp"
#include "support/proxy_script.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

using test::Exchange;
using test::expect_failure;
using test::expect_open;
using test::ProxyScript;

const Exchange kNoLogin = {R"(\x05\x01\x00)", R"(\x05\x00)"};
const Exchange kLoginWanted = {R"(\x05\x02\x00\x02)", R"(\x05\x02)"};
const Exchange kLoggedIn = {R"(\x01\x04pump\x06secret)", R"(\x01\x00)"};
constexpr char kRequest[] = R"(\x05\x01\x00\x03\x10mail.example.com\x02\x4b)";
constexpr char kOpen[] = R"(\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00)";

ProxyOptions options(Text user = {}, Text password = {}) {
  ProxyOptions options;
  options.host = "proxy.example.com";
  options.user = user;
  options.password = password;
  return options;
}

TEST(Socks5, AsksForAName) {
  const ProxyOptions plain = options();
  Socks5Proxy proxy(plain);
  expect_open(proxy, "mail.example.com", 587, {kNoLogin, {kRequest, kOpen}});
}

TEST(Socks5, AsksForAddressesAsAddresses) {
  const ProxyOptions plain = options();
  Socks5Proxy proxy(plain);
  expect_open(proxy, "192.0.2.1", 25, {kNoLogin, {R"(\x05\x01\x00\x01\xc0\x00\x02\x01\x00\x19)", kOpen}});
  expect_open(proxy, "2001:db8::1", 65535,
              {kNoLogin, {R"(\x05\x01\x00\x04\x20\x01\x0d\xb8{11 x \x00}\x01\xff\xff)", kOpen}});
}

TEST(Socks5, SaysTheAddressThatTheApplicationHasLookedUp) {
  ProxyOptions looked_up = options();
  looked_up.address = "2001:db8::1";
  Socks5Proxy proxy(looked_up);
  expect_open(proxy, "mail.example.com", 25,
              {kNoLogin, {R"(\x05\x01\x00\x04\x20\x01\x0d\xb8{11 x \x00}\x01\x00\x19)", kOpen}});
}

TEST(Socks5, ReadsEveryKindOfBoundAddressToItsEnd) {
  const ProxyOptions plain = options();
  Socks5Proxy proxy(plain);
  for (const char* answer :
       {R"(\x05\x00\x00\x01\xc0\x00\x02\x01\x00\x19)", R"(\x05\x00\x00\x04{16 x a}\x00\x19)",
        R"(\x05\x00\x00\x03\x00\x00\x19)", R"(\x05\x00\x00\x03\x01h\x00\x19)",
        R"(\x05\x00\x00\x03\x0bexample.com\x00\x19)", R"(\x05\x00\xff\x03\xff{255 x h}\x00\x19)"}) {
    SCOPED_TRACE(answer);
    expect_open(proxy, "mail.example.com", 587, {kNoLogin, {kRequest, answer}});
  }
}

TEST(Socks5, LogsInWhenItIsAskedTo) {
  const ProxyOptions with_login = options("pump", "secret");
  Socks5Proxy proxy(with_login);
  expect_open(proxy, "mail.example.com", 587, {kLoginWanted, kLoggedIn, {kRequest, kOpen}});
}

TEST(Socks5, DoesNotLogInWhereThatIsNotWanted) {
  const ProxyOptions with_login = options("pump", "secret");
  Socks5Proxy proxy(with_login);
  expect_open(proxy, "mail.example.com", 587, {{R"(\x05\x02\x00\x02)", R"(\x05\x00)"}, {kRequest, kOpen}});
}

TEST(Socks5, TakesTheLongestUserPasswordAndName) {
  const std::string user(255, 'u');
  const std::string password(255, 'p');
  const std::string host(253, 'h');
  const ProxyOptions longest = options(user, password);
  Socks5Proxy proxy(longest);
  expect_open(proxy, host, 25,
              {kLoginWanted,
               {R"(\x01\xff{255 x u}\xff{255 x p})", R"(\x01\x00)"},
               {R"(\x05\x01\x00\x03\xfd{253 x h}\x00\x19)", kOpen}});
}

TEST(Socks5, RefusesALoginThatItCannotSay) {
  const std::string long_text(256, 'x');
  const auto begin = [](Text user, Text password) {
    const ProxyOptions given = options(user, password);
    Socks5Proxy proxy(given);
    return proxy.begin("mail.example.com", 25);
  };
  EXPECT_EQ(begin(long_text, "secret"), Status::invalid_proxy);
  EXPECT_EQ(begin("pump", long_text), Status::invalid_proxy);
  EXPECT_EQ(begin("pump", ""), Status::invalid_proxy);
  EXPECT_EQ(begin("", "secret"), Status::invalid_proxy);
  EXPECT_EQ(begin("p", "s"), Status::ok);
}

TEST(Socks5, NamesRefusals) {
  const ProxyOptions plain = options();
  Socks5Proxy proxy(plain);
  constexpr Status kExpected[] = {Status::proxy_failed,
                                  Status::proxy_refused,
                                  Status::proxy_host_unreachable,
                                  Status::proxy_host_unreachable,
                                  Status::proxy_connection_refused,
                                  Status::proxy_host_unreachable,
                                  Status::proxy_unsupported,
                                  Status::proxy_unsupported,
                                  Status::proxy_failed};
  for (int code = 1; code <= 9; ++code) {
    const std::string answer = std::string(R"(\x05\x0)") + std::to_string(code) + R"(\x00\x01{6 x \x00})";
    expect_failure(proxy, {kNoLogin, {kRequest, answer}}, kExpected[code - 1], code);
  }
  expect_failure(proxy, {kNoLogin, {kRequest, R"(\x05\xf0)"}}, Status::proxy_failed, 0xf0);
}

TEST(Socks5, SaysWhenALoginIsWantedOrRefused) {
  const ProxyOptions plain = options();
  Socks5Proxy without(plain);
  expect_failure(without, {{R"(\x05\x01\x00)", R"(\x05\xff)"}}, Status::proxy_auth_required, 0xff);
  const ProxyOptions with_login = options("pump", "secret");
  Socks5Proxy with(with_login);
  expect_failure(with, {{R"(\x05\x02\x00\x02)", R"(\x05\xff)"}}, Status::proxy_auth_required, 0xff);
  expect_failure(with, {kLoginWanted, {kLoggedIn.client, R"(\x01\x01)"}}, Status::proxy_auth_rejected, 1);
  expect_failure(with, {kLoginWanted, {kLoggedIn.client, R"(\x01\xff)"}}, Status::proxy_auth_rejected, 255);
}

TEST(Socks5, NeverLogsInWithoutALogin) {
  const ProxyOptions plain = options();
  Socks5Proxy proxy(plain);
  expect_failure(proxy, {{R"(\x05\x01\x00)", R"(\x05\x02)"}}, Status::proxy_protocol, 2);
}

TEST(Socks5, RefusesWhatIsNotItsProtocol) {
  const ProxyOptions with_login = options("pump", "secret");
  Socks5Proxy proxy(with_login);
  const std::string& hello = kLoginWanted.client;
  for (const char* answer :
       {R"(\x04\x00)", R"(\x00\x5a{6 x \x00})", "HTTP/1.1 400 Bad Request\\r\\n", "220 ready\\r\\n"}) {
    SCOPED_TRACE(answer);
    expect_failure(proxy, {{hello, answer}}, Status::proxy_protocol);
  }
  expect_failure(proxy, {{hello, R"(\x05\x01)"}}, Status::proxy_protocol, 1);
  expect_failure(proxy, {kLoginWanted, {kLoggedIn.client, R"(\x05\x00)"}}, Status::proxy_protocol);
  for (const char* answer :
       {R"(\x01\x00\x00\x01{6 x \x00})", R"(\x05\x00\x00\x00{6 x \x00})", R"(\x05\x00\x00\x02{6 x \x00})",
        R"(\x05\x00\x00\x05{6 x \x00})", R"(\x05\x00\x00\xff{6 x \x00})"}) {
    SCOPED_TRACE(answer);
    expect_failure(proxy, {kLoginWanted, kLoggedIn, {kRequest, answer}}, Status::proxy_protocol);
  }
}

}  // namespace
}  // namespace mailmote
