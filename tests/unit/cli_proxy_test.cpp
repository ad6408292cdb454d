#include <gtest/gtest.h>
#include <stdlib.h>

#include <optional>
#include <string>
#include <vector>

#include "cli/failure.hpp"
#include "cli/proxy.hpp"

namespace mailmote::cli {
namespace {

std::string shown(std::string_view url) {
  constexpr const char* kNames[] = {"socks4", "socks4a", "socks5", "http"};
  const ProxyPlace place = parse_proxy(url, "--proxy");
  return std::string(kNames[static_cast<int>(place.kind)]) + (place.tls ? " tls" : "") +
         (place.look_up ? " here " : " there ") + place.user + ":" + std::string(place.password.view()) + "@" +
         place.host + " " + std::to_string(place.port);
}

TEST(CliProxy, ReadsEveryScheme) {
  EXPECT_EQ(shown("socks4://pump@proxy.example.com:1081"), "socks4 here pump:@proxy.example.com 1081");
  EXPECT_EQ(shown("socks4a://h"), "socks4a there :@h 1080");
  EXPECT_EQ(shown("socks5://h:9"), "socks5 here :@h 9");
  EXPECT_EQ(shown("socks5h://h"), "socks5 there :@h 1080");
  EXPECT_EQ(shown("http://h:3128/"), "http there :@h 3128");
  EXPECT_EQ(shown("https://h"), "http tls there :@h 443");
  EXPECT_EQ(shown("SOCKS5H://h"), "socks5 there :@h 1080");
  EXPECT_EQ(shown("h:8080"), "http there :@h 8080");
}

TEST(CliProxy, ReadsIpv6Addresses) {
  EXPECT_EQ(shown("socks5h://[::1]:65535"), "socks5 there :@::1 65535");
  EXPECT_EQ(shown("http://[2001:db8::1]"), "http there :@2001:db8::1 1080");
}

TEST(CliProxy, ReadsUserAndPassword) {
  EXPECT_EQ(shown("http://pump:secret@h:1"), "http there pump:secret@h 1");
  EXPECT_EQ(shown("http://p%40x:s%3Ae%2fc%25@h:1"), "http there p@x:s:e/c%@h 1");
  EXPECT_EQ(shown("http://pump:se:cr@et@h:1"), "http there pump:se:cr@et@h 1");
}

TEST(CliProxy, RefusesWhatIsNoProxy) {
  for (const char* url : {"", "ftp://h", "://h", "socks6://h", "http://", "http:///", "http://:80",
                          "http://h:", "http://h:0", "http://h:65536", "http://h:80x", "http://[::1", "http://[]",
                          "http://[::1]80", "http://u%4@h", "http://u%zz@h", "http://u%@h", "http://user@"}) {
    EXPECT_THROW(static_cast<void>(parse_proxy(url, "--proxy")), Failure) << url;
  }
}

bool excluded(std::string_view list, std::string_view host, std::uint16_t port = 587) {
  return is_excluded(list, host, port);
}

TEST(CliProxy, KnowsWhichHostsGoWithoutOne) {
  EXPECT_TRUE(excluded("localhost,example.com", "example.com"));
  EXPECT_TRUE(excluded("localhost, .Example.com", "MAIL.example.COM"));
  EXPECT_TRUE(excluded("example.com", "mail.example.com"));
  EXPECT_TRUE(excluded("*", "anything"));
  EXPECT_FALSE(excluded("example.com", "badexample.com"));
  EXPECT_FALSE(excluded("mail.example.com", "example.com"));
  EXPECT_FALSE(excluded(" ,, .,", "example.com"));
  EXPECT_FALSE(excluded("", "example.com"));
}

TEST(CliProxy, KnowsWhichAddressesGoWithoutOne) {
  EXPECT_TRUE(excluded("192.0.2.1", "192.0.2.1"));
  EXPECT_FALSE(excluded("2.1", "192.0.2.1")) << "not a domain that it is in";
  EXPECT_FALSE(excluded("192.0.2.1", "192.0.2.10"));
  EXPECT_TRUE(excluded("2001:db8::1", "2001:DB8:0::1"));
  EXPECT_TRUE(excluded("[::1]", "::1"));
  EXPECT_FALSE(excluded("::1", "::2"));
  EXPECT_FALSE(excluded("::ffff:192.0.2.1", "192.0.2.1"));
}

TEST(CliProxy, KnowsWhichNetworksGoWithoutOne) {
  EXPECT_TRUE(excluded("192.0.2.0/24", "192.0.2.255"));
  EXPECT_FALSE(excluded("192.0.2.0/24", "192.0.3.0"));
  EXPECT_TRUE(excluded("10.128.0.0/9", "10.255.0.1"));
  EXPECT_FALSE(excluded("10.128.0.0/9", "10.127.255.255"));
  EXPECT_TRUE(excluded("0.0.0.0/0", "203.0.113.9"));
  EXPECT_TRUE(excluded("203.0.113.9/32", "203.0.113.9"));
  EXPECT_TRUE(excluded("2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(excluded("2001:db8::/33", "2001:db8:8000::1"));
  for (const char* wrong : {"192.0.2.0/33", "192.0.2.0/", "192.0.2.0/x", "192.0.2.0/-1", "0.0.0.0/0/0", "/0"}) {
    EXPECT_FALSE(excluded(wrong, "192.0.2.1")) << wrong;
  }
  EXPECT_FALSE(excluded("::/0", "192.0.2.1"));
  EXPECT_FALSE(excluded("0.0.0.0/0", "example.com"));
}

TEST(CliProxy, KnowsWhichPortsGoWithoutOne) {
  for (const char* entry : {"example.com:587", ".example.com:587"}) {
    EXPECT_TRUE(excluded(entry, "mail.example.com", 587)) << entry;
    EXPECT_FALSE(excluded(entry, "mail.example.com", 465)) << entry;
    EXPECT_FALSE(excluded(entry, "mail.example.com", 0)) << entry;
  }
  EXPECT_TRUE(excluded("192.0.2.1:25", "192.0.2.1", 25));
  EXPECT_FALSE(excluded("192.0.2.1:25", "192.0.2.1", 26));
  EXPECT_TRUE(excluded("[2001:db8::1]:25", "2001:db8::1", 25));
  EXPECT_FALSE(excluded("[2001:db8::1]:25", "2001:db8::1", 26));
  EXPECT_TRUE(excluded("192.0.2.0/24:25", "192.0.2.1", 25));
  for (const char* wrong : {"example.com:", "example.com:x", "[", "[::1", "]:25", "[]"}) {
    EXPECT_FALSE(excluded(wrong, "example.com", 25)) << wrong;
    EXPECT_FALSE(excluded(wrong, "::2", 25)) << wrong;
  }
}

// The environment as it was, afterwards.
class CliProxyEnvironment : public testing::Test {
 protected:
  CliProxyEnvironment() {
    for (const char* name : kNames) {
      const char* const value = getenv(name);
      before_.push_back(value != nullptr ? std::optional<std::string>(value) : std::nullopt);
      unsetenv(name);
    }
  }
  ~CliProxyEnvironment() override {
    for (std::size_t i = 0; i < before_.size(); ++i) {
      if (before_[i]) setenv(kNames[i], before_[i]->c_str(), 1);
      else unsetenv(kNames[i]);
    }
  }

  static std::string chosen(std::string_view host) {
    const std::optional<ProxyPlace> place = proxy_of_environment(host, 587);
    return place ? place->host : "none";
  }

 private:
  static constexpr const char* kNames[] = {"all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"};
  std::vector<std::optional<std::string>> before_;
};

TEST_F(CliProxyEnvironment, NamesTheProxy) {
  EXPECT_EQ(chosen("mail.example.com"), "none");
  setenv("ALL_PROXY", "socks5h://large.example.com", 1);
  EXPECT_EQ(chosen("mail.example.com"), "large.example.com");
  setenv("all_proxy", "small.example.com:3128", 1);
  EXPECT_EQ(chosen("mail.example.com"), "small.example.com");
  setenv("all_proxy", "", 1);
  EXPECT_EQ(chosen("mail.example.com"), "none");
}

TEST_F(CliProxyEnvironment, NamesTheExceptions) {
  setenv("ALL_PROXY", "http://proxy.example.com", 1);
  setenv("NO_PROXY", "example.com", 1);
  EXPECT_EQ(chosen("mail.example.com"), "none");
  EXPECT_EQ(chosen("mail.example.org"), "proxy.example.com");
  setenv("no_proxy", "example.org", 1);
  EXPECT_EQ(chosen("mail.example.com"), "proxy.example.com");
}

TEST_F(CliProxyEnvironment, SaysWhatIsWrongWithIt) {
  setenv("ALL_PROXY", "gopher://x", 1);
  try {
    static_cast<void>(proxy_of_environment("mail.example.com", 587));
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(std::string(failure.what()).substr(0, 10), "ALL_PROXY:");
  }
}

}  // namespace
}  // namespace mailmote::cli
