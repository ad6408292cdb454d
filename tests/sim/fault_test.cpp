// A fault at each I/O step in turn.
#include <gtest/gtest.h>

#include "support/world.hpp"

namespace mailmote::test {
namespace {

struct Scenario {
  const char* name;
  std::vector<std::string> extensions;
  bool chunking = false;
  std::size_t recipients = 1;
  std::size_t refused = 0;  ///< so many of the recipients
  unsigned mails = 1;
  bool keep = false;
  RefusedRecipient policy = RefusedRecipient::proceed;
  std::size_t lines = 1;
  Windows windows = {};
  std::size_t piece = kNoLimit;  ///< octets of one read or write at most
};

std::ostream& operator<<(std::ostream& out, const Scenario& scenario) { return out << scenario.name; }

std::vector<Scenario> scenarios() {
  const std::vector<std::string> none;
  const std::vector<std::string> group = {"PIPELINING", "SIZE"};
  const std::vector<std::string> chunks = {"PIPELINING", "SIZE", "CHUNKING"};
  const auto all = RefusedRecipient::abort;
  const auto some = RefusedRecipient::proceed;
  return {
      {"Plain", none},
      {"PlainThreeRecipients", none, false, 3},
      {"PlainOneRefused", none, false, 3, 1},
      {"PlainTwoMails", none, false, 1, 0, 2, true},
      {"Group", group},
      {"GroupThreeRecipients", group, false, 3},
      {"GroupOneRefused", group, false, 3, 1},
      {"GroupAllRefused", group, false, 2, 2},
      {"GroupAllOrNone", group, false, 2, 1, 1, false, all},
      {"GroupThreeMails", group, false, 2, 0, 3, true},
      {"GroupRefusalThenMail", group, false, 1, 1, 2, true},
      {"GroupLongContent", group, false, 2, 0, 1, false, some, 40, {64, 128}},
      {"GroupManyRecipients", group, false, 12, 3, 1, false, some, 1, {64, 128}},
      {"Chunk", chunks, true},
      {"ChunkThreeMails", chunks, true, 2, 1, 3, true},
      {"ChunkAllRefused", chunks, true, 2, 2},
      {"ChunkLongContent", chunks, true, 2, 0, 2, true, some, 40, {64, 128}},
      {"ChunkWithoutPipelining", {"CHUNKING"}, true, 2, 0, 2, true},
      {"PlainOctetByOctet", none, false, 1, 0, 1, false, some, 1, {}, 1},
      {"GroupOctetByOctet", group, false, 2, 1, 1, false, some, 1, {}, 1},
      {"ChunkOctetByOctet", chunks, true, 2, 0, 1, false, some, 1, {}, 1},
      {"TwoTransactions", {"PIPELINING", "LIMITS RCPTMAX=2"}, false, 3},
      {"TwoConnections", {"PIPELINING", "LIMITS RCPTMAX=2 MAILMAX=1"}, true, 3, 0, 2, true},
  };
}

std::string body(std::size_t lines) {
  std::string text;
  for (std::size_t i = 0; i < lines; ++i) text += ".0123456789 0123456789\r\n";
  return text;
}

class FaultTest : public testing::TestWithParam<Scenario> {
 protected:
  /// Plays the scenario with one fault. Returns what went wrong; `calls` becomes the number of the stream's calls.
  static std::string play(Fault fault, std::size_t call, std::size_t& calls) {
    const Scenario& scenario = GetParam();
    World world(scenario.windows);
    set_up(world, scenario);
    world.stream.network.read_limit = world.stream.network.write_limit = scenario.piece;
    world.stream.network.fault = fault;
    world.stream.network.fault_call = call;
    world.driver.poll_limit = 3000;
    std::string problem = mails(world, scenario);
    calls = world.stream.calls();
    if (problem.empty() && fault == Fault::none) problem = world.stream.opens() > 4 ? "too many connections" : "";
    return problem.empty() ? world.clean_run() : problem;
  }

  static void set_up(World& world, const Scenario& scenario) {
    world.server.extensions = scenario.extensions;
    world.server.hook = [&scenario](const std::string& about, Answer& answer) {
      if (about.rfind("RCPT TO:<r", 0) != 0) return;
      const bool refused = std::stoul(about.substr(10)) < scenario.refused;
      if (refused && answer.reply[0] == '2') answer.reply = "550 no such user\r\n";
    };
    if (scenario.chunking) world.options.chunking = &kChunking;
    world.options.refused_recipient = scenario.policy;
  }

  static std::string mails(World& world, const Scenario& scenario) {
    for (unsigned number = 1; number <= scenario.mails; ++number) {
      Mail mail(number, scenario.recipients, body(scenario.lines));
      mail.source.form = scenario.lines == 1 ? ContentForm::any : ContentForm::canonical;
      const bool last = number == scenario.mails;
      const std::string problem = world.send(mail, scenario.keep && !last ? After::keep : After::quit);
      if (!problem.empty()) return "mail " + std::to_string(number) + ": " + problem;
    }
    return {};
  }

  static void play_at_every_call(Fault fault) {
    std::size_t calls = 0;
    ASSERT_EQ(play(Fault::none, kNoLimit, calls), "");
    ASSERT_GT(calls, 5U);
    for (std::size_t call = 0; call < calls; ++call) {
      std::size_t ignored = 0;
      ASSERT_EQ(play(fault, call, ignored), "") << "the fault is at call " << call << " of " << calls;
    }
  }
};

TEST_P(FaultTest, WouldBlock) { play_at_every_call(Fault::would_block); }
TEST_P(FaultTest, OneOctet) { play_at_every_call(Fault::one_octet); }
TEST_P(FaultTest, Closed) { play_at_every_call(Fault::close); }
TEST_P(FaultTest, Reset) { play_at_every_call(Fault::reset); }
TEST_P(FaultTest, ResetThoughTaken) { play_at_every_call(Fault::taken_reset); }
TEST_P(FaultTest, SilentFromHere) { play_at_every_call(Fault::silence); }
TEST_P(FaultTest, StuckFromHere) { play_at_every_call(Fault::stuck); }
TEST_P(FaultTest, DeafFromHere) { play_at_every_call(Fault::deaf); }

INSTANTIATE_TEST_SUITE_P(All, FaultTest, testing::ValuesIn(scenarios()),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace mailmote::test
