#include "support/proxy_script.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/content.hpp"
#include "support/guard_page.hpp"
#include "support/text.hpp"

namespace mailmote::test {
namespace {

constexpr char kGreeting[] = "220 glued\r\n";

// One message, as it goes out through windows of that size.
std::string said(const Proxy& proxy, std::size_t window) {
  return composed(window, [&proxy](Sink& out) { proxy.write(out); });
}

// Hands over what is wanted, from the front of `answer`, at the end of a page.
std::size_t hand_over(Proxy& proxy, std::string_view answer, std::size_t most) {
  static const GuardPage page(1000);
  const std::size_t n = std::min({proxy.wanted(), answer.size(), most});
  std::uint8_t* const octets = page.data() + 1000 - n;
  answer.copy(reinterpret_cast<char*>(octets), n);
  proxy.take({octets, n});
  return n;
}

std::string at_sizes(const Pieces& pieces) {
  return "read " + std::to_string(pieces.read) + ", window " + std::to_string(pieces.window);
}

// Answers are never asked for in larger pieces than 257 octets, and mostly in much smaller ones.
std::vector<Pieces> all_pieces(const ProxyScript& script) {
  std::vector<Pieces> all = {{}};
  for (std::size_t read = 1; read <= std::min<std::size_t>(answered(script), 20); ++read) all.push_back({read});
  for (std::size_t window = 1; window <= 140; window += window < 8 ? 1 : 11) all.push_back({1000, window});
  return all;
}

}  // namespace

std::size_t answered(const ProxyScript& script) {
  std::size_t total = 0;
  for (const Exchange& exchange : script) total += unescaped(exchange.proxy).size();
  return total;
}

Played play(Proxy& proxy, Text host, std::uint16_t port, const ProxyScript& script, Pieces pieces) {
  Played played;
  played.begun = proxy.begin(host, port);
  std::size_t left = pieces.cut;
  for (std::size_t i = 0; i < script.size() && proxy.step() == ProxyStep::write; ++i) {
    const std::string message = said(proxy, pieces.window);
    if (message != unescaped(script[i].client))
      played.complaint = "message " + std::to_string(i) + ": " + shown(message);
    proxy.written();
    std::string answer = unescaped(script[i].proxy);
    if (i + 1 == script.size()) answer += kGreeting;
    if (answer.size() > left) answer.resize(left);
    left -= answer.size();
    for (std::string_view rest = answer; proxy.step() == ProxyStep::read && !rest.empty();) {
      const std::size_t n = hand_over(proxy, rest, pieces.read);
      if (n == 0) played.complaint = "it wants nothing";
      if (n == 0) break;
      rest.remove_prefix(n);
      played.taken += n;
    }
  }
  played.step = proxy.step();
  played.status = proxy.status();
  played.native = proxy.native();
  return played;
}

void expect_open(Proxy& proxy, Text host, std::uint16_t port, const ProxyScript& script) {
  const std::size_t total = answered(script);
  for (const Pieces& pieces : all_pieces(script)) {
    const Played played = play(proxy, host, port, script, pieces);
    ASSERT_EQ(played.begun, Status::ok);
    EXPECT_EQ(played.complaint, "") << at_sizes(pieces);
    EXPECT_EQ(played.status, Status::ok) << at_sizes(pieces) << ", native " << played.native;
    EXPECT_EQ(played.step, ProxyStep::open) << at_sizes(pieces);
    ASSERT_EQ(played.taken, total) << at_sizes(pieces);
  }
  for (std::size_t cut = 0; cut < total; cut += total < 400 ? 1 : 41) {
    const Played played = play(proxy, host, port, script, {1000, 1000, cut});
    EXPECT_EQ(played.step, ProxyStep::read) << "cut after " << cut;
    ASSERT_EQ(played.taken, cut);
  }
}

void expect_failure(Proxy& proxy, const ProxyScript& script, Status status, std::int32_t native) {
  for (const Pieces& pieces : all_pieces(script)) {
    const Played played = play(proxy, "mail.example.com", 587, script, pieces);
    ASSERT_EQ(played.begun, Status::ok);
    EXPECT_EQ(played.complaint, "") << at_sizes(pieces);
    EXPECT_EQ(played.step, ProxyStep::failed) << at_sizes(pieces);
    EXPECT_EQ(played.status, status) << at_sizes(pieces);
    ASSERT_EQ(played.native, native) << at_sizes(pieces);
  }
}

// The proxy as a peer.

bool ProxyPeer::connect() {
  heard_.clear();
  says_.clear();
  step_ = 0;
  return true;
}

void ProxyPeer::receive(std::string_view octets, bool unread) {
  if (is_through()) return server_.receive(octets, unread);
  if (unread) complain("the client did not wait for the proxy's answer");
  heard_ += octets;
  const std::string expected = unescaped(script_[step_].client);
  if (heard_.compare(0, expected.size(), expected, 0, heard_.size()) != 0) complain("heard " + shown(heard_));
  if (heard_.size() >= expected.size()) answer();
}

void ProxyPeer::answer() {
  says_ = unescaped(script_[step_].proxy);
  heard_.clear();
  ++step_;
  if (is_through() && !server_.connect()) complain("the server is down");
}

void ProxyPeer::disconnect() {
  if (is_through()) server_.disconnect();
  step_ = 0;
  heard_.clear();
}

// The server's greeting comes with the last answer, in one piece.
std::optional<Speech> ProxyPeer::speak() {
  if (says_.empty()) return is_through() ? server_.speak() : std::nullopt;
  Speech speech;
  speech.octets.swap(says_);
  if (!is_through()) return speech;
  const std::optional<Speech> behind = server_.speak();
  if (!behind) return speech;
  speech.octets += behind->octets;
  speech.ending = behind->ending;
  return speech;
}

}  // namespace mailmote::test
