#include <gtest/gtest.h>

#include "mailmote/proxy.hpp"
#include "support/proxy_script.hpp"

namespace mailmote {
namespace {

using test::expect_failure;
using test::expect_open;

constexpr char kGranted[] = R"(\x00\x5a{6 x \x00})";

ProxyOptions options(Text user = {}) {
  ProxyOptions options;
  options.host = "proxy.example.com";
  options.user = user;
  return options;
}

TEST(Socks4, AsksForAnAddress) {
  const ProxyOptions with_user = options("pump");
  Socks4Proxy proxy(with_user, Socks4Kind::socks4);
  expect_open(proxy, "192.0.2.1", 587, {{R"(\x04\x01\x02\x4b\xc0\x00\x02\x01pump\x00)", kGranted}});
}

TEST(Socks4, AsksWithoutAUser) {
  const ProxyOptions without_user = options();
  Socks4Proxy proxy(without_user, Socks4Kind::socks4);
  expect_open(proxy, "127.0.0.1", 25, {{R"(\x04\x01\x00\x19\x7f\x00\x00\x01\x00)", kGranted}});
}

TEST(Socks4, SaysTheAddressThatTheApplicationHasLookedUp) {
  ProxyOptions looked_up = options();
  looked_up.address = "192.0.2.1";
  Socks4Proxy proxy(looked_up, Socks4Kind::socks4);
  expect_open(proxy, "mail.example.com", 25, {{R"(\x04\x01\x00\x19\xc0\x00\x02\x01\x00)", kGranted}});
}

TEST(Socks4, PutsANameBehindTheUserIn4a) {
  const ProxyOptions with_user = options("pump");
  Socks4Proxy proxy(with_user);
  expect_open(proxy, "mail.example.com", 465,
              {{R"(\x04\x01\x01\xd1\x00\x00\x00\x01pump\x00mail.example.com\x00)", kGranted}});
}

TEST(Socks4, SaysAnAddressAsAnAddressIn4a) {
  const ProxyOptions without_user = options();
  Socks4Proxy proxy(without_user);
  expect_open(proxy, "192.0.2.1", 25, {{R"(\x04\x01\x00\x19\xc0\x00\x02\x01\x00)", kGranted}});
}

TEST(Socks4, TakesTheLongestUserAndName) {
  const std::string user(255, 'u');
  const std::string host(253, 'h');
  const ProxyOptions longest = options(user);
  Socks4Proxy proxy(longest);
  expect_open(proxy, host, 25, {{R"(\x04\x01\x00\x19\x00\x00\x00\x01{255 x u}\x00{253 x h}\x00)", kGranted}});
}

TEST(Socks4, RefusesWhatItCannotSay) {
  const auto begin = [](const ProxyOptions& given, Text host, Socks4Kind kind) {
    Socks4Proxy proxy(given, kind);
    return proxy.begin(host, 25);
  };
  const ProxyOptions plain = options();
  EXPECT_EQ(begin(plain, "2001:db8::1", Socks4Kind::socks4), Status::proxy_unsupported);
  EXPECT_EQ(begin(plain, "2001:db8::1", Socks4Kind::socks4a), Status::proxy_unsupported);
  EXPECT_EQ(begin(plain, "mail.example.com", Socks4Kind::socks4), Status::proxy_unsupported);
  const std::string user(256, 'u');
  EXPECT_EQ(begin(options(user), "192.0.2.1", Socks4Kind::socks4a), Status::invalid_proxy);
  EXPECT_EQ(begin(options(std::string_view("pu\0mp", 5)), "192.0.2.1", Socks4Kind::socks4a), Status::invalid_proxy);
  ProxyOptions with_password = options("pump");
  with_password.password = "secret";
  EXPECT_EQ(begin(with_password, "192.0.2.1", Socks4Kind::socks4a), Status::invalid_proxy);
}

TEST(Socks4, NamesRefusals) {
  const ProxyOptions without_user = options();
  Socks4Proxy proxy(without_user);
  const auto expect = [&proxy](const char* answer, Status status, int native) {
    expect_failure(proxy, {{R"(\x04\x01\x02\x4b\x00\x00\x00\x01\x00mail.example.com\x00)", answer}}, status, native);
  };
  expect(R"(\x00\x5b{6 x \x00})", Status::proxy_failed, 91);
  expect(R"(\x00\x5c{6 x \x00})", Status::proxy_auth_rejected, 92);
  expect(R"(\x00\x5d{6 x \x00})", Status::proxy_auth_rejected, 93);
  expect(R"(\x00\x00{6 x \x00})", Status::proxy_protocol, 0);
  expect(R"(\x00\x5e)", Status::proxy_protocol, 94);
  expect(R"(\x04\x5a{6 x \x00})", Status::proxy_protocol, 0);
  expect("220 mail.example.com\\r\\n", Status::proxy_protocol, 0);
}

}  // namespace
}  // namespace mailmote
