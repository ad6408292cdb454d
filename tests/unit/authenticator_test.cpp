// What the transcripts in tests/transcripts/auth.md do not show: what stays in memory, what a trace shows, the sets.
#include <gtest/gtest.h>

#include "mailmote/client.hpp"
#include "support/driver.hpp"
#include "support/login.hpp"
#include "support/script_peer.hpp"
#include "support/text.hpp"
#include "wire/base64.hpp"

namespace mailmote::test {
namespace {

constexpr const char* kPassword = "correct horse battery staple";
constexpr const char* kToken = "ya29.correct-horse-battery-staple";

std::string base64(std::string_view octets) {
  std::string text;
  for (std::size_t at = 0; at < octets.size(); at += 3) {
    char group[4];
    base64_group(octets.data() + at, std::min<std::size_t>(3, octets.size() - at), group);
    text.append(group, sizeof group);
  }
  return text;
}

/// The secret as it is, and the part of its base64 that is the same whatever stands around it, at each alignment.
std::vector<std::string> forms_of(const std::string& secret) {
  std::vector<std::string> forms = {secret};
  for (std::size_t skip = 0; skip < 3; ++skip) {
    const std::size_t whole = (secret.size() - skip) / 3 * 3;
    forms.push_back(base64(std::string_view(secret).substr(skip, whole)));
  }
  return forms;
}

bool holds(std::string_view octets, const std::string& secret) {
  for (const std::string& form : forms_of(secret)) {
    if (octets.find(form) != std::string_view::npos) return true;
  }
  return false;
}

class Log final : public Observer {
 public:
  std::string commands, secrets;

 private:
  void on_sent(Phase, ByteView octets, Sent kind) override {
    std::string& all = kind == Sent::secret ? secrets : commands;
    all.append(reinterpret_cast<const char*>(octets.data), octets.size);
  }
};

/// A client that connects in TLS and logs in at a server with this script.
struct LoggedSession {
  LoggedSession(const std::string& mechanism, Dialogue after_ehlo) : login(settings(mechanism)) {
    script[0] = {{StepKind::tls, "TLS", 0, {}},
                 {StepKind::server, "220 x\r\n", 0, {}},
                 {StepKind::client, "EHLO c\r\n", 0, {}},
                 {StepKind::server, "250-x\r\n250 AUTH " + mechanism + "\r\n", 0, {}}};
    for (Step& step : after_ehlo) script[0].push_back(step);
    options.host = "mail.example";
    options.helo = "c";
    options.security = Security::implicit;
    options.auth = &login.authenticator();
    options.observer = &log;
  }

  static LoginSettings settings(const std::string& mechanism) {
    LoginSettings settings;
    settings.allowed = {mechanism};
    settings.password = kPassword;
    settings.token = kToken;
    settings.min_iterations = 4;
    return settings;
  }

  std::string play() {
    if (client.connect() != Status::ok) return "it does not start";
    return driver.run_to_done();
  }

  bool memory_holds(const std::string& secret) const {
    std::vector<ByteView> all = login.memory();
    all.push_back({reinterpret_cast<const std::uint8_t*>(&client), sizeof client});
    all.push_back({reinterpret_cast<const std::uint8_t*>(&windows), sizeof windows});
    for (const ByteView view : all) {
      if (holds({reinterpret_cast<const char*>(view.data), view.size}, secret)) return true;
    }
    return false;
  }

  std::vector<Dialogue> script = std::vector<Dialogue>(1);
  VirtualClock clock;
  ScriptPeer peer{script};
  VirtualStream stream{clock, peer};
  Options options;
  Log log;
  Login login;
  ClientBuffer<512, 512> windows;
  Client client{stream, options, windows.rx(), windows.tx()};
  Driver driver{client, stream, clock};
};

Step says(const std::string& line) { return {StepKind::server, line + "\r\n", 0, {}}; }
Step hears(const std::string& line) { return {StepKind::client, line + "\r\n", 0, {}}; }
const Step kAny = {StepKind::any, {}, 0, {}};
const Step kClose = {StepKind::close, "[close]", 0, {}};

std::string plain_response() { return base64(std::string("\0sensor\0", 8) + kPassword); }

TEST(Authenticator, LeavesNoPasswordInMemoryWhenItWasTaken) {
  LoggedSession session("PLAIN", {hears("AUTH PLAIN " + plain_response()), says("235 ok")});
  EXPECT_EQ(session.play(), "");
  EXPECT_TRUE(holds(session.log.secrets, kPassword));  // so the search finds what is there
  EXPECT_FALSE(session.memory_holds(kPassword));
}

TEST(Authenticator, LeavesNoPasswordInMemoryWhenItWasRefused) {
  for (const char* reply : {"535 no", "454 later", "504 what", "354 what", "421 too many", "what"}) {
    LoggedSession session("PLAIN", {hears("AUTH PLAIN " + plain_response()), says(reply), kAny, kClose});
    EXPECT_EQ(session.play(), "");
    EXPECT_NE(session.client.error().status, Status::ok);
    EXPECT_FALSE(session.memory_holds(kPassword)) << reply;
  }
}

TEST(Authenticator, LeavesNoPasswordInMemoryWhenTheConnectionEnds) {
  LoggedSession session("PLAIN", {hears("AUTH PLAIN " + plain_response()), kClose});
  EXPECT_EQ(session.play(), "");
  EXPECT_FALSE(session.memory_holds(kPassword));
}

TEST(Authenticator, LeavesNoPasswordInMemoryWhenItIsCancelled) {
  LoggedSession session("PLAIN", {hears("AUTH PLAIN " + plain_response())});
  ASSERT_EQ(session.client.connect(), Status::ok);
  for (int polls = 0; polls < 20; ++polls) {
    session.client.poll(session.clock.now);
    session.stream.exchange();
  }
  EXPECT_TRUE(holds(session.log.secrets, kPassword));
  session.client.cancel();
  EXPECT_FALSE(session.memory_holds(kPassword));
}

TEST(Authenticator, LeavesNoTokenInMemory) {
  const std::string response = base64("user=sensor\1auth=Bearer " + std::string(kToken) + "\1\1");
  LoggedSession session("XOAUTH2",
                        {hears("AUTH XOAUTH2 " + response), says("334 e30="), hears(""), says("535 no"), kAny});
  EXPECT_EQ(session.play(), "");
  EXPECT_TRUE(holds(session.log.secrets, kToken));
  EXPECT_FALSE(session.memory_holds(kToken));
}

TEST(Authenticator, EndsTheHashesOfScramWhenItIsCancelled) {
  LoggedSession session("SCRAM-SHA-256",
                        {hears("AUTH SCRAM-SHA-256 " + base64("n,,n=sensor,r=AAECAwQFBgcICQoLDA0ODxAR")),
                         says("334 " + base64("r=AAECAwQFBgcICQoLDA0ODxARx,s=c2FsdA==,i=60000")), kAny});
  ASSERT_EQ(session.client.connect(), Status::ok);
  for (int polls = 0; polls < 20; ++polls) {
    session.client.poll(session.clock.now);
    session.stream.exchange();
  }
  EXPECT_EQ(open_contexts(), 2);
  session.client.cancel();
  EXPECT_EQ(open_contexts(), 0);
}

TEST(Authenticator, ShowsSecretsAsSecretsOnly) {
  LoggedSession session("LOGIN", {hears("AUTH LOGIN " + base64("sensor")), says("334 " + base64("Password:")),
                                  hears(base64(kPassword)), says("235 ok")});
  EXPECT_EQ(session.play(), "");
  EXPECT_EQ(session.log.commands, "EHLO c\r\nAUTH LOGIN ");
  EXPECT_EQ(session.log.secrets, base64("sensor") + "\r\n" + base64(kPassword) + "\r\n");
}

TEST(Authenticator, ShowsACancellationAsACommand) {
  LoggedSession session("CRAM-MD5", {hears("AUTH CRAM-MD5"), says("334 ?"), hears("*"), says("501 ok"), kAny});
  EXPECT_EQ(session.play(), "");
  EXPECT_EQ(session.log.commands.substr(0, 26), "EHLO c\r\nAUTH CRAM-MD5\r\n*\r\n");
  EXPECT_EQ(session.log.secrets, "");
}

// With a whole response in the window, a refusal may come before the stream has taken it: the rest must not go out.
TEST(Authenticator, SaysNothingMoreWhenItIsRefusedInTheMiddleOfItsResponse) {
  LoggedSession session("PLAIN", {{StepKind::client, "AUTH PLAIN AHNl", 0, {}}, says("500 line too long"), kAny});
  session.stream.network.write_limit = 15;
  EXPECT_EQ(session.play(), "");
  EXPECT_EQ(session.client.error().status, Status::auth_mechanism_rejected);
  EXPECT_EQ(session.client.error().smtp_code, 500);
  EXPECT_FALSE(session.memory_holds(kPassword));
}

TEST(Authenticator, TellsWhatIsAllowedAndWhatOfItIsOffered) {
  LoginSettings settings = LoggedSession::settings("PLAIN");
  settings.allowed = {"SCRAM-SHA-256", "PLAIN", "LOGIN"};
  Login login(settings);
  EXPECT_EQ(login.authenticator().offered().bits, 0);
  Authentication& door = login.authenticator();
  door.on_ehlo_line("AUTH login PLAIN GSSAPI");
  EXPECT_TRUE(login.authenticator().offered().has(Mechanism::login));
  EXPECT_TRUE(login.authenticator().offered().has(Mechanism::plain));
  EXPECT_FALSE(login.authenticator().offered().has(Mechanism::scram_sha_256));
  EXPECT_TRUE(login.authenticator().allowed().has(Mechanism::scram_sha_256));
  EXPECT_FALSE(login.authenticator().allowed().has(Mechanism::gssapi));
  door.forget();
  EXPECT_EQ(login.authenticator().offered().bits, 0);
}

TEST(Authenticator, PassesOverMoreMechanismsThanItHolds) {
  PlainMechanism plain({"u", "p", {}});
  SaslMechanism* allowed[20];
  for (SaslMechanism*& mechanism : allowed) mechanism = &plain;
  Authenticator authenticator(allowed);
  Authentication& door = authenticator;
  door.on_ehlo_line("AUTH PLAIN");
  EXPECT_TRUE(authenticator.offered().has(Mechanism::plain));
}

}  // namespace
}  // namespace mailmote::test
