// Several mails with failures in between, on one connection and on new ones: the later ones are as if nothing had been.
#include <gtest/gtest.h>

#include "support/world.hpp"

namespace mailmote::test {
namespace {

constexpr unsigned kMails = 4;

/// What goes wrong with a mail: the answer to what begins with `about`, or the source.
struct Failure {
  const char* name;
  std::string about;
  Answer answer;
  SourceFault source = SourceFault::none;
};

std::ostream& operator<<(std::ostream& out, const Failure& failure) { return out << failure.name; }

std::vector<Failure> failures() {
  const std::string too_long(70000, 'x');
  return {
      {"SenderRefused", "MAIL", {"550 no\r\n", 0, Ending::none}},
      {"SenderPutOff", "MAIL", {"451 not now\r\n", 0, Ending::none}},
      {"RecipientsRefused", "RCPT", {"550 no\r\n", 0, Ending::none}},
      {"TooManyRecipients", "RCPT", {"452 too many\r\n", 0, Ending::none}},
      {"DataRefused", "DATA", {"451 not now\r\n", 0, Ending::none}},
      {"ContentRefused", "content", {"554 no\r\n", 0, Ending::none}},
      {"ChunkRefused", "chunk", {"554 no\r\n", 0, Ending::none}},
      {"ChunkUnknown", "chunk", {"502 what\r\n", 0, Ending::none}},
      {"ClosingAtMail", "MAIL", {"421 closing\r\n", 0, Ending::close}},
      {"ClosingAtRcpt", "RCPT", {"421 closing\r\n", 0, Ending::close}},
      {"ClosingAtContent", "content", {"421 closing\r\n", 0, Ending::close}},
      {"ClosedAtRcpt", "RCPT", {{}, 0, Ending::close}},
      {"ResetAtContent", "content", {{}, 0, Ending::reset}},
      {"ResetInTheMiddleOfAReply", "RCPT", {"250-a\r\n25", 0, Ending::reset}},
      {"SilenceAtRcpt", "RCPT", {}},
      {"Nonsense", "DATA", {"what?\r\n", 0, Ending::none}},
      {"ReplyTooLong", "MAIL", {"250 " + too_long + "\r\n", 0, Ending::none}},
      {"SourceFails", "nothing", {}, SourceFault::fails},
      {"SourceStops", "nothing", {}, SourceFault::stops},
  };
}

class StaleStateTest : public testing::TestWithParam<Failure> {
 protected:
  /// One bit a mail: `failing` go wrong, `kept` leave the connection open.
  static std::string play(unsigned failing, unsigned kept, bool chunking) {
    World world;
    if (chunking) world.options.chunking = &kChunking;
    world.driver.patient = [] { return true; };
    std::string problem;
    for (unsigned number = 0; number < kMails && problem.empty(); ++number) {
      const bool bad = (failing >> number & 1U) != 0;
      offer(world, bad, chunking);
      Mail mail(number, 3, ".Level\r\n" + std::string(600, 'x') + "\r\n");
      mail.source.form = ContentForm::canonical;
      if (bad) mail.source.fault = GetParam().source;
      problem = world.send(mail, (kept >> number & 1U) != 0 ? After::keep : After::quit);
      if (problem.empty() && !bad) problem = delivered(world);
      if (!problem.empty()) problem = "mail " + std::to_string(number) + ": " + problem;
    }
    return problem.empty() ? world.clean_run() : problem;
  }

  /// Every connection offers something else, so that nothing of an earlier one may count. (The server takes offence at
  /// what it has not offered.)
  static void offer(World& world, bool bad, bool chunking) {
    world.server.hook = [&world, bad, chunking](const std::string& about, Answer& answer) {
      if (about == "greeting") {
        const bool rich = world.server.connections() % 2 == 0;
        world.server.extensions = rich ? std::vector<std::string>{"PIPELINING", "SIZE 5000", "8BITMIME"}
                                       : std::vector<std::string>{"ENHANCEDSTATUSCODES"};
        if (rich && chunking) world.server.extensions.emplace_back("CHUNKING");
      }
      if (bad && about.rfind(GetParam().about, 0) == 0 && answer.reply[0] < '4') answer = GetParam().answer;
    };
  }

  static std::string delivered(const World& world) {
    if (world.client.outcome() == Outcome::accepted) return {};
    return std::string(name(world.client.outcome())) + ": " + std::string(name(world.client.error().status));
  }
};

TEST_P(StaleStateTest, LaterMailsArrive) {
  for (unsigned failing = 0; failing < 1U << kMails; ++failing) {
    for (unsigned kept = 0; kept < 1U << kMails; ++kept) {
      for (const bool chunking : {false, true}) {
        ASSERT_EQ(play(failing, kept, chunking), "")
            << "failing " << failing << " kept " << kept << (chunking ? " chunking" : "");
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, StaleStateTest, testing::ValuesIn(failures()),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace mailmote::test
