// Every step of a SOCKS dialogue: from each state that can be reached, each octet. It goes on, opens or fails; it goes
// on only while it wants more, and never wants more than an answer can have.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mailmote/proxy.hpp"
#include "support/guard_page.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kLongestAnswer = 4 + 1 + 255 + 2;

ProxyOptions options(bool login) {
  ProxyOptions options;
  options.host = "proxy.example.com";
  if (login) {
    options.user = "pump";
    options.password = "secret";
  }
  return options;
}

// The message goes out, as the client would write it.
void say(Proxy& proxy) {
  std::uint8_t octets[600];
  Sink sink(octets, sizeof octets, 0);
  proxy.write(sink);
  ASSERT_TRUE(sink.complete());
  proxy.written();
}

// A dialogue in which these octets were taken one by one, messages being said where they are due.
void replay(Proxy& proxy, const std::string& octets) {
  ASSERT_EQ(proxy.begin("mail.example.com", 587), Status::ok);
  say(proxy);
  for (const char octet : octets) {
    proxy.take({reinterpret_cast<const std::uint8_t*>(&octet), 1});
    if (proxy.step() == ProxyStep::write) say(proxy);
  }
}

// What a step may lead to.
void expect_sound(const Proxy& proxy, std::size_t wanted_before, bool said) {
  switch (proxy.step()) {
    case ProxyStep::read:
      EXPECT_GE(proxy.wanted(), 1U);
      EXPECT_LE(proxy.wanted(), kLongestAnswer);
      if (!said && wanted_before > 1) {
        EXPECT_EQ(proxy.wanted(), wanted_before - 1);
      }
      EXPECT_EQ(proxy.status(), Status::ok);
      break;
    case ProxyStep::open: EXPECT_EQ(wanted_before, 1U); break;
    case ProxyStep::failed: EXPECT_NE(proxy.status(), Status::ok); break;
    case ProxyStep::write: ADD_FAILURE() << "a message is still to be said"; break;
  }
}

// Tries every octet behind each of these beginnings, and returns how often the way was open then.
std::size_t try_all(Proxy& proxy, const std::vector<std::string>& beginnings) {
  std::size_t open = 0;
  for (const std::string& beginning : beginnings) {
    for (unsigned octet = 0; octet < 256; ++octet) {
      SCOPED_TRACE(testing::Message() << beginning.size() << " octets, then " << octet);
      replay(proxy, beginning);
      EXPECT_EQ(proxy.step(), ProxyStep::read);
      const std::size_t wanted = proxy.wanted();
      const char last = static_cast<char>(octet);
      proxy.take(test::GuardPage(std::string_view(&last, 1)).view());
      const bool said = proxy.step() == ProxyStep::write;
      if (said) say(proxy);
      expect_sound(proxy, wanted, said);
      if (proxy.step() == ProxyStep::open) ++open;
    }
  }
  return open;
}

// All beginnings of an answer that is not over yet.
void add_beginnings(std::vector<std::string>& all, const std::string& before, const std::string& answer) {
  for (std::size_t n = 0; n < answer.size(); ++n) all.push_back(before + answer.substr(0, n));
}

TEST(SocksSteps, OfSocks4) {
  const ProxyOptions plain = options(false);
  Socks4Proxy proxy(plain);
  std::vector<std::string> beginnings;
  add_beginnings(beginnings, "", std::string("\x00\x5a\x00\x00\x00\x00\x00\x00", 8));
  EXPECT_EQ(try_all(proxy, beginnings), 256U);  // whatever the last octet is
}

TEST(SocksSteps, OfSocks5WithoutALogin) {
  const ProxyOptions plain = options(false);
  Socks5Proxy proxy(plain);
  const std::string method("\x05\x00", 2);
  std::vector<std::string> beginnings;
  add_beginnings(beginnings, "", method);
  add_beginnings(beginnings, method, std::string("\x05\x00\x00\x01", 4) + std::string(6, '\0'));
  add_beginnings(beginnings, method, std::string("\x05\x00\x00\x04", 4) + std::string(18, '\xff'));
  EXPECT_EQ(try_all(proxy, beginnings), 2 * 256U);
}

TEST(SocksSteps, OfSocks5WithALogin) {
  const ProxyOptions login = options(true);
  Socks5Proxy proxy(login);
  std::vector<std::string> beginnings;
  const std::string logged_in("\x05\x02\x01\x00", 4);
  add_beginnings(beginnings, "", logged_in);
  add_beginnings(beginnings, logged_in, std::string("\x05\x00\x00\x01", 4) + std::string(6, 'x'));
  EXPECT_EQ(try_all(proxy, beginnings), 256U);
}

// Names of every length that an answer can announce, to their last octet and not beyond.
TEST(SocksSteps, OfSocks5WithNamesOfEveryLength) {
  const ProxyOptions plain = options(false);
  Socks5Proxy proxy(plain);
  for (unsigned length = 0; length < 256; ++length) {
    const std::string head = std::string("\x05\x00\x05\x00\x00\x03", 6) + static_cast<char>(length);
    replay(proxy, head);
    ASSERT_EQ(proxy.step(), ProxyStep::read);
    ASSERT_EQ(proxy.wanted(), length + 2U);
    const std::string rest(length + 2U + 10U, 'x');
    proxy.take(test::GuardPage(rest.substr(0, length + 1U)).view());
    ASSERT_EQ(proxy.step(), ProxyStep::read);
    ASSERT_EQ(proxy.wanted(), 1U);
    proxy.take(test::GuardPage(rest).view());
    EXPECT_EQ(proxy.step(), ProxyStep::open);
  }
}

// Every type with every octet behind it; three types are known.
TEST(SocksSteps, OfSocks5WithEveryTypeOfAddress) {
  const ProxyOptions plain = options(false);
  Socks5Proxy proxy(plain);
  for (unsigned type = 0; type < 256; ++type) {
    for (unsigned first = 0; first < 256; ++first) {
      replay(proxy, std::string("\x05\x00\x05\x00\x00", 5) + static_cast<char>(type) + static_cast<char>(first));
      const std::size_t wanted = type == 1 ? 5U : type == 4 ? 17U : type == 3 ? first + 2U : 0U;
      ASSERT_EQ(proxy.step(), wanted != 0 ? ProxyStep::read : ProxyStep::failed);
      EXPECT_TRUE(wanted == 0 || proxy.wanted() == wanted);
    }
  }
}

}  // namespace
}  // namespace mailmote
