// Random sessions through proxies: of every kind, with and without a login, that lead to the server, refuse, talk
// nonsense, break off or fall silent, over a network that splits and fails. The same rules hold as without a proxy; the
// server hears nothing of the proxy's dialogue; and where nothing was disturbed the error is the one that the proxy gave.
#include <gtest/gtest.h>

#include <optional>
#include <random>

#include "support/chance.hpp"
#include "support/proxy_script.hpp"
#include "support/text.hpp"
#include "support/trace.hpp"
#include "support/world.hpp"

namespace mailmote::test {
namespace {

constexpr RandomSuite kSuite = {"ProxyTest", 40000, 4};
constexpr std::size_t kForGood = 1000000000;

/// A dialogue, and what comes of it; ok: a way to the server.
struct Course {
  ProxyScript script;
  Status status = Status::ok;
};

enum class Kind { socks4, socks4a, socks5, socks5_login, http, http_login };
constexpr unsigned kKinds = 6;

Exchange socks4(Kind kind, const char* answer) {
  if (kind == Kind::socks4) return {R"(\x04\x01\x02\x4b\xc0\x00\x02\x01pump\x00)", answer};
  return {R"(\x04\x01\x02\x4b\x00\x00\x00\x01pump\x00mail.example.com\x00)", answer};
}

std::vector<Course> socks4_courses(Kind kind) {
  return {{{socks4(kind, R"(\x00\x5a{6 x \x00})")}, Status::ok},
          {{socks4(kind, R"(\x00\x5b{6 x \x00})")}, Status::proxy_failed},
          {{socks4(kind, R"(\x00\x5d{6 x \x00})")}, Status::proxy_auth_rejected},
          {{socks4(kind, R"(220 mail.example.com ready\r\n)")}, Status::proxy_protocol}};
}

std::vector<Course> socks5_courses(bool login) {
  constexpr char kRequest[] = R"(\x05\x01\x00\x03\x10mail.example.com\x02\x4b)";
  const Exchange hello = login ? Exchange{R"(\x05\x02\x00\x02)", R"(\x05\x02)"} : Exchange{R"(\x05\x01\x00)", R"(\x05\x00)"};
  ProxyScript begin = {hello};
  if (login) begin.push_back({R"(\x01\x04pump\x06secret)", R"(\x01\x00)"});
  std::vector<Course> courses;
  const struct {
    const char* answer;
    Status status;
  } kAnswers[] = {{R"(\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00)", Status::ok},
                  {R"(\x05\x00\x00\x03\x0bexample.com\x00\x19)", Status::ok},
                  {R"(\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00)", Status::proxy_refused},
                  {R"(\x05\x04\x00\x01\x00\x00\x00\x00\x00\x00)", Status::proxy_host_unreachable},
                  {R"(\x05\x05\x00\x01\x00\x00\x00\x00\x00\x00)", Status::proxy_connection_refused},
                  {R"(\x05\x07)", Status::proxy_unsupported},
                  {R"(\x04\x00)", Status::proxy_protocol}};
  for (const auto& answer : kAnswers) {
    courses.push_back({begin, answer.status});
    courses.back().script.push_back({kRequest, answer.answer});
  }
  courses.push_back({{{hello.client, R"(\x05\xff)"}}, Status::proxy_auth_required});
  courses.push_back({{{hello.client, R"(HTTP/1.1 400 Bad\r\n\r\n)"}}, Status::proxy_protocol});
  if (login) courses.push_back({{hello, {begin[1].client, R"(\x01\x01)"}}, Status::proxy_auth_rejected});
  return courses;
}

std::vector<Course> http_courses(bool login) {
  std::string request = R"(CONNECT mail.example.com:587 HTTP/1.1\r\nHost: mail.example.com:587\r\n)";
  if (login) request += R"(Proxy-Authorization: Basic cHVtcDpzZWNyZXQ=\r\n)";
  request += R"(\r\n)";
  return {{{{request, R"(HTTP/1.1 200 Connection established\r\n\r\n)"}}, Status::ok},
          {{{request, R"(HTTP/1.1 103 Hint\r\n\r\nHTTP/1.0 200 OK\r\nX: {300 x y}\r\n\tz\r\n\r\n)"}}, Status::ok},
          {{{request, R"(HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nno!)"}}, Status::proxy_refused},
          {{{request, R"(HTTP/1.1 407 Login\r\n\r\n)"}}, login ? Status::proxy_auth_rejected : Status::proxy_auth_required},
          {{{request, R"(HTTP/1.1 502 Bad Gateway\r\n\r\n)"}}, Status::proxy_host_unreachable},
          {{{request, R"(220 mail.example.com ready\r\n)"}}, Status::proxy_protocol},
          {{{request, R"(HTTP/1.1 200 OK\r\nX: {9000 x a})"}}, Status::proxy_protocol}};
}

/// The first one leads to the server.
std::vector<Course> courses(Kind kind) {
  switch (kind) {
    case Kind::socks4:
    case Kind::socks4a: return socks4_courses(kind);
    case Kind::socks5: return socks5_courses(false);
    case Kind::socks5_login: return socks5_courses(true);
    case Kind::http: return http_courses(false);
    case Kind::http_login: return http_courses(true);
  }
  return {};
}

ProxyOptions options(Kind kind) {
  ProxyOptions options;
  options.host = "proxy.example.com";
  if (kind == Kind::socks4) options.address = "192.0.2.1";
  if (kind != Kind::socks5 && kind != Kind::http) options.user = "pump";
  if (kind == Kind::socks5_login || kind == Kind::http_login) options.password = "secret";
  return options;
}

/// Breaks off or falls silent within the first thing that the proxy says on a connection, or says it late.
class BrokenPeer final : public Peer {
 public:
  explicit BrokenPeer(WireWatch& watch) : watch_(watch) {}

  /// What the next connection is like. `breaks_at`: the octet at which the proxy's first words end, like `ending`.
  void set(ProxyPeer& proxy, std::size_t client, std::size_t server) {
    proxy_ = &proxy;
    client_ = client;
    server_ = server;
  }
  std::size_t breaks_at = kForGood;
  Ending ending = Ending::none;
  Millis delay = 0;

  bool connect() override {
    watch_.lead_in(client_, server_);
    first_ = true;
    silent_ = false;
    return proxy_->connect();
  }
  void receive(std::string_view octets, bool unread) override { proxy_->receive(octets, unread); }
  void disconnect() override { proxy_->disconnect(); }
  std::optional<Speech> speak() override {
    std::optional<Speech> speech = silent_ ? std::nullopt : proxy_->speak();
    if (!speech || !first_) return speech;
    first_ = false;
    speech->delay += delay;
    if (breaks_at >= speech->octets.size()) return speech;
    watch_.lead_in(kForGood, kForGood);
    silent_ = true;
    speech->octets.resize(breaks_at);
    speech->ending = ending;
    return speech;
  }

 private:
  WireWatch& watch_;
  ProxyPeer* proxy_ = nullptr;
  std::size_t client_ = 0;
  std::size_t server_ = 0;
  bool first_ = true;
  bool silent_ = false;
};

class Session {
 public:
  explicit Session(unsigned long seed)
      : random_{static_cast<std::mt19937::result_type>(seed)},
        kind_{static_cast<Kind>(pick(kKinds))},
        proxy_options_{options(kind_)},
        world_{windows(), static_cast<Millis>(random_()), &proxy()} {
    world_.options.host = "mail.example.com";
    world_.options.allow_clear = true;
    if (one_in(2)) world_.options.chunking = &kChunking;
    if (one_in(2)) world_.server.extensions.emplace_back("CHUNKING");
    if (trace_wanted()) world_.options.observer = &trace_;
    world_.stream.set_peer(peer_);
    world_.driver.patient = [this] { return disturbed_; };
  }

  /// Returns what went wrong; empty: nothing.
  std::string play() {
    const std::vector<Course> all = courses(kind_);
    const Course& course = one_in(2) ? all.front() : all[pick(static_cast<unsigned>(all.size()))];
    take(course);
    if (one_in(2)) world_.stream.network.random = &random_;
    if (one_in(2)) disturb();
    std::string problem = send(course);
    if (problem.empty() && !script_->complaint().empty()) problem = script_->complaint();
    return problem.empty() ? clean_run() : problem;
  }

 private:
  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }
  bool one_in(unsigned n) { return pick(n) == 0; }

  Windows windows() {
    const std::size_t tx = 64 + pick(400);
    const std::size_t rx = 128 + pick(400);
    return {tx, rx};
  }

  Proxy& proxy() {
    if (kind_ == Kind::socks4 || kind_ == Kind::socks4a) return socks4_.emplace(proxy_options_, socks4_kind());
    if (kind_ == Kind::socks5 || kind_ == Kind::socks5_login) return socks5_.emplace(proxy_options_);
    return http_.emplace(proxy_options_);
  }
  Socks4Kind socks4_kind() const { return kind_ == Kind::socks4 ? Socks4Kind::socks4 : Socks4Kind::socks4a; }

  void take(const Course& course) {
    script_.emplace(course.script, world_.server);
    std::size_t asked = 0;
    for (const Exchange& exchange : course.script) asked += unescaped(exchange.client).size();
    const bool leads = course.status == Status::ok;
    peer_.set(*script_, leads ? asked : kForGood, leads ? answered(course.script) : kForGood);
  }

  void disturb() {
    disturbed_ = true;
    if (one_in(2)) peer_.breaks_at = pick(30);
    peer_.ending = static_cast<Ending>(pick(3));
    if (one_in(3)) peer_.delay = pick(30000);
    if (one_in(2)) return;
    world_.stream.network.fault_call = pick(60);
    world_.stream.network.fault = static_cast<Fault>(1 + pick(8));
  }

  std::string send(const Course& course) {
    Mail mail(1, 1 + pick(3));
    const std::string problem = world_.send(mail, one_in(2) ? After::keep : After::quit);
    if (!problem.empty() || disturbed_) return problem;
    const Status status = world_.client.error().status;
    if (status == course.status) return {};
    return "it is " + std::string(name(status)) + ", not " + std::string(name(course.status));
  }

  /// Whatever was, through a proxy that does its work the next mail arrives.
  std::string clean_run() {
    const std::string problem = world_.driver.run_to_idle();
    if (!problem.empty()) return "afterwards: " + problem;
    peer_.breaks_at = kForGood;
    peer_.delay = 0;
    if (world_.stream.is_open()) world_.stream.break_now(Ending::close);
    take(courses(kind_).front());
    return world_.clean_run();
  }

  std::mt19937 random_;
  Kind kind_;
  ProxyOptions proxy_options_;
  std::optional<Socks4Proxy> socks4_;
  std::optional<Socks5Proxy> socks5_;
  std::optional<HttpProxy> http_;
  Trace trace_;
  World world_;
  std::optional<ProxyPeer> script_;
  BrokenPeer peer_{world_.stream.watch()};
  bool disturbed_ = false;
};

class ProxyTest : public testing::TestWithParam<unsigned long> {};

TEST_P(ProxyTest, Sessions) {
  EXPECT_EQ(play_shard(kSuite, GetParam(), [](unsigned long seed) { return Session(seed).play(); }), "");
}

INSTANTIATE_TEST_SUITE_P(All, ProxyTest, testing::Range(0UL, kSuite.shards));

}  // namespace
}  // namespace mailmote::test
