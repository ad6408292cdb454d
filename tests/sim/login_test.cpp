// Logging in to a server that offers, takes, refuses and garbles by chance: no credential in clear against the policy,
// AUTH never in one group with what follows, no second try of a refused password, no mail without a login, and the right
// error.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/chance.hpp"
#include "support/login.hpp"
#include "support/text.hpp"
#include "support/trace.hpp"
#include "support/world.hpp"

namespace mailmote::test {
namespace {

constexpr RandomSuite kSuite = {"LoginTest", 40000, 4};
constexpr const char* kMechanisms[] = {"SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2", "CRAM-MD5", "PLAIN", "LOGIN", "EXTERNAL"};
constexpr const char* kOdd[] = {
    "235 welcome\r\n", "250 ok\r\n",   "334\r\n",           "334 \r\n",          "334 =\r\n",        "334 !!!!\r\n",
    "334 AAAA\r\n",    "354 go\r\n",   "421 closing\r\n",   "432 change it\r\n", "454 later\r\n",    "500 what\r\n",
    "504 not it\r\n",  "534 weak\r\n", "535 no\r\n",        "538 need TLS\r\n",  "334-a\r\n334 b\r\n", "235-a\r\n235 b\r\n",
    "ok\r\n",          "\r\n",         "650 x\r\n",
};

/// What must become of a login that nothing disturbs.
struct Expected {
  Status status = Status::ok;
  std::string used;
};

class Session {
 public:
  explicit Session(unsigned long seed) : random_{static_cast<std::mt19937::result_type>(seed)}, login_{settings()} {
    set_server();
    set_client();
  }

  /// Returns what went wrong; empty: nothing.
  std::string play() {
    Mail mail(1);
    std::string problem = world_.send(mail);
    if (problem.empty()) problem = judge();
    if (!problem.empty()) return problem;
    prepare_clean_run();
    return world_.clean_run();
  }

 private:
  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }
  bool one_in(unsigned n) { return pick(n) == 0; }

  std::vector<std::string> some_mechanisms() {
    std::vector<std::string> some;
    for (const char* const name : kMechanisms) {
      if (one_in(2)) some.emplace_back(name);
    }
    return some;
  }

  LoginSettings settings() {
    LoginSettings settings;
    settings.allowed = some_mechanisms();
    settings.min_iterations = 2;
    allowed_ = settings.allowed;
    return settings;
  }

  void set_server() {
    VirtualServer& server = world_.server;
    offered_ = some_mechanisms();
    std::string line = one_in(8) ? "AUTH=" : "AUTH ";
    for (const std::string& name : offered_) line += name + " ";
    is_offered_ = !one_in(10);
    if (is_offered_) server.extensions.push_back(line + "DIGEST-MD5");
    server.login_required = true;
    right_ = !one_in(3);
    if (!right_) server.login.password = server.login.token = "other";
    server.login.iterations = one_in(10) ? 1 : 2 + pick(40);
    if (one_in(5)) server.login.refused_mechanism = kMechanisms[pick(7)];
    impostor_ = one_in(10);
    server.login.knows_password = !impostor_;
    disturbed_ = one_in(2);
    if (disturbed_) server.hook = [this](const std::string& about, Answer& answer) { disturb(about, answer); };
  }

  void disturb(const std::string& about, Answer& answer) {
    if (about != "response" && about != "cancel" && about.rfind("AUTH ", 0) != 0) return;
    if (one_in(3)) answer.reply = kOdd[pick(sizeof kOdd / sizeof *kOdd)];
    if (one_in(20)) answer.reply = "334 " + std::string(1 + pick(3000), 'A') + "\r\n";
    if (one_in(20)) answer.ending = one_in(2) ? Ending::close : Ending::reset;
    if (one_in(40)) answer.reply.clear();
    if (answer.reply.empty()) world_.driver.patient = [] { return true; };
  }

  void set_client() {
    const bool in_tls = one_in(2);
    consent_ = one_in(2);
    world_.server.implicit_tls = in_tls;
    world_.server.login_in_clear = consent_;
    world_.options.security = in_tls ? Security::implicit : Security::none;
    world_.options.allow_cleartext_credentials = consent_;
    world_.options.auth = &login_.authenticator();
    if (one_in(2)) world_.stream.network.random = &random_;
    if (trace_wanted()) world_.options.observer = &trace_;
  }

  std::string judge() const {
    const Outcome outcome = world_.client.outcome();
    if (outcome == Outcome::accepted && !world_.server.logged_in()) return "accepted without a login";
    if (login_.authenticator().used() != nullptr && !is_clear_allowed()) return "a login in clear";
    if (disturbed_) return {};
    const Expected expected = expect();
    if (world_.client.error().status != expected.status) {
      return "it is " + std::string(name(world_.client.error().status)) + ", not " + std::string(name(expected.status));
    }
    const CredentialCheck check = world_.client.credentials();
    if ((expected.status == Status::ok) != (check == CredentialCheck::valid)) return "the credentials are misjudged";
    const SaslMechanism* const used = login_.authenticator().used();
    const std::string used_name(used != nullptr ? used->name() : Text());
    return used_name == expected.used ? "" : "by " + used_name + ", not " + expected.used;
  }

  bool is_clear_allowed() const { return consent_ || world_.server.implicit_tls; }

  Expected expect() const {
    if (!is_offered_) return {Status::auth_not_offered, {}};
    if (!is_clear_allowed()) return {Status::cleartext_credentials_refused, {}};
    Expected expected = {Status::no_common_mechanism, {}};
    for (const std::string& mechanism : allowed_) {
      if (std::find(offered_.begin(), offered_.end(), mechanism) == offered_.end()) continue;
      expected = {by(mechanism), mechanism};
      const Status status = expected.status;
      if (status != Status::auth_mechanism_rejected && status != Status::iterations_refused) break;
    }
    return expected;
  }

  /// What becomes of a try with this mechanism.
  Status by(const std::string& mechanism) const {
    const VirtualLogin& login = world_.server.login;
    if (mechanism == login.refused_mechanism) return Status::auth_mechanism_rejected;
    if (mechanism == "EXTERNAL") return Status::ok;
    if (mechanism != "SCRAM-SHA-256") return right_ ? Status::ok : Status::auth_rejected;
    if (login.iterations < 2) return Status::iterations_refused;
    if (impostor_) return Status::server_not_verified;
    return right_ ? Status::ok : Status::auth_rejected;
  }

  /// A server that takes mail from everybody.
  void prepare_clean_run() {
    world_.options.auth = nullptr;
    world_.server.login_required = false;
  }

  std::mt19937 random_;
  std::vector<std::string> allowed_;
  std::vector<std::string> offered_;
  bool is_offered_ = true;
  bool right_ = true;
  bool impostor_ = false;
  bool disturbed_ = false;
  bool consent_ = false;
  Trace trace_;
  Login login_;
  World world_;
};

class LoginTest : public testing::TestWithParam<unsigned long> {};

TEST_P(LoginTest, Sessions) {
  EXPECT_EQ(play_shard(kSuite, GetParam(), [](unsigned long seed) { return Session(seed).play(); }), "");
}

INSTANTIATE_TEST_SUITE_P(All, LoginTest, testing::Range(0UL, kSuite.shards));

/// Round trips until done of a mail by this mechanism; none: without a login.
std::size_t waits(const std::string& mechanism, const std::string& token = "ya29.token") {
  LoginSettings settings;
  if (!mechanism.empty()) settings.allowed = {mechanism};
  settings.min_iterations = 2;
  settings.token = token;
  Login login(settings);
  World world;
  world.server.login.token = token;
  world.server.login_in_clear = world.options.allow_cleartext_credentials = true;
  world.server.extensions = {"AUTH " + (mechanism.empty() ? "PLAIN" : mechanism)};
  world.stream.network.latency = 100;
  if (!mechanism.empty()) world.options.auth = &login.authenticator();
  Mail mail(1);
  EXPECT_EQ(world.send(mail), "") << mechanism;
  EXPECT_EQ(world.client.outcome(), Outcome::accepted) << mechanism;
  return world.driver.waits();
}

TEST(LoginWaitsTest, EachMechanismAddsItsExchangesAndNoMore) {
  const std::size_t without = waits("");
  EXPECT_EQ(waits("PLAIN") - without, 1U);
  EXPECT_EQ(waits("EXTERNAL") - without, 1U);
  EXPECT_EQ(waits("XOAUTH2") - without, 1U);
  EXPECT_EQ(waits("XOAUTH2", std::string(600, 't')) - without, 2U);  // does not fit the command
  EXPECT_EQ(waits("OAUTHBEARER") - without, 1U);
  EXPECT_EQ(waits("LOGIN") - without, 2U);
  EXPECT_EQ(waits("CRAM-MD5") - without, 2U);
  EXPECT_EQ(waits("SCRAM-SHA-256") - without, 3U);
}

}  // namespace
}  // namespace mailmote::test
