// What a client answers to its caller; what it says to servers is in tests/transcripts and tests/sim.
#include "mailmote/client.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "mailmote/observer.hpp"
#include "support/world.hpp"

namespace mailmote::test {
namespace {

Status start(const Options& options, const char* sender = "sensor@example.com", const char* recipient = "ops@example.com") {
  World world;
  world.options = options;
  TestSource source;
  Recipient to(recipient);
  Message message(sender, to, source);
  return world.client.start(message);
}

Options sound() { return World().options; }

TEST(Client, RefusesAnOptionThatCannotBeMeant) {
  Options options = sound();
  options.host = "";
  EXPECT_EQ(start(options), Status::no_host);
  options.host = "mail example";
  EXPECT_EQ(start(options), Status::invalid_host);
  options = sound();
  options.helo = "me\r\nRSET";
  EXPECT_EQ(start(options), Status::invalid_helo);
  options.helo = "m\xc3\xbcnchen.example";  // A-labels only (RFC 6531 section 3.7.1)
  EXPECT_EQ(start(options), Status::invalid_helo);
  options = sound();
  options.timeout = 0;
  EXPECT_EQ(start(options), Status::timeout_out_of_range);
  options.timeout = kMaxTimeout + 1;
  EXPECT_EQ(start(options), Status::timeout_out_of_range);
}

TEST(Client, RefusesSecurityThatNeedsTls) {
  for (const Security security :
       {Security::automatic, Security::starttls, Security::implicit, Security::starttls_if_offered}) {
    World world;
    world.options.security = security;
    world.stream.tls_layer = false;
    EXPECT_EQ(world.client.connect(), Status::no_tls_layer);
  }
}

TEST(Client, RefusesAutoWithoutAPlan) {
  World world;
  world.options.security = Security::automatic;
  EXPECT_EQ(world.client.connect(), Status::no_security_plan);
  AutoSecurity plan;
  world.options.plan = &plan;
  EXPECT_EQ(world.client.connect(), Status::ok);
}

TEST(Client, RefusesAddressesThatWouldBreakTheLine) {
  for (const char* bad : {"nobody", "a@b\r\nDATA", "a@b>", "<a@b", "a b@c", "@b", "a@"}) {
    EXPECT_EQ(start(sound(), bad), Status::invalid_sender) << bad;
    EXPECT_EQ(start(sound(), "", bad), Status::invalid_recipient) << bad;
  }
  EXPECT_EQ(start(sound(), ""), Status::ok);  // the null reverse-path
  EXPECT_EQ(start(sound(), "", ""), Status::invalid_recipient);
}

TEST(Client, RefusesAMessageWithoutRecipients) {
  World world;
  TestSource source;
  Message message("sensor@example.com", Recipients(), source);
  EXPECT_EQ(world.client.start(message), Status::no_recipients);
}

TEST(Client, RefusesWindowsThatAreTooSmall) {
  for (const Windows windows : {Windows{63, 512}, Windows{512, 127}}) {
    World world(windows);
    Mail mail(1);
    EXPECT_EQ(world.client.start(mail.message), Status::window_too_small);
  }
}

TEST(Client, IsBusyUntilDoneAndNotLonger) {
  World world;
  Mail mail(1);
  ASSERT_EQ(world.client.start(mail.message), Status::ok);
  EXPECT_EQ(world.client.start(mail.message), Status::busy);
  EXPECT_EQ(world.client.noop(), Status::busy);
  EXPECT_EQ(world.client.quit(), Status::busy);
  ASSERT_EQ(world.driver.run_to_done(), "");
  EXPECT_EQ(world.client.start(mail.message), Status::ok);
}

TEST(Client, HasNothingToQuitWithoutAConnection) {
  World world;
  EXPECT_EQ(world.client.quit(), Status::nothing_to_do);
  EXPECT_EQ(world.client.poll(world.clock.now), Poll::idle);
}

TEST(Client, WantsItsFirstPollAtOnce) {
  World world;
  Mail mail(1);
  EXPECT_EQ(world.client.wait(world.clock.now).timeout, kForever);
  ASSERT_EQ(world.client.start(mail.message), Status::ok);
  EXPECT_EQ(world.client.wait(world.clock.now).timeout, 0U);
}

TEST(Client, StaysConnectedAfterKeepAndWaitsForTheServerToSpeak) {
  World world;
  Mail mail(1);
  ASSERT_EQ(world.send(mail, After::keep), "");
  EXPECT_TRUE(world.client.connected());
  const Wait wait = world.client.wait(world.clock.now);
  EXPECT_TRUE(wait.want_read);
  EXPECT_FALSE(wait.want_write);
  EXPECT_EQ(wait.timeout, kForever);
}

TEST(Client, TakesThePortOfSubmissionUnlessToldAnother) {
  for (const std::uint16_t port : {std::uint16_t{0}, std::uint16_t{25}, std::uint16_t{65535}}) {
    World world;
    world.options.port = port;
    Mail mail(1);
    ASSERT_EQ(world.send(mail), "");
    EXPECT_EQ(world.stream.port(), port == 0 ? 587 : port);
  }
}

/// Counts what one poll does.
class Counter final : public Observer {
 public:
  void on_line(Phase, ByteView, bool) override { ++lines; }
  void on_sent(Phase, ByteView, Sent kind) override { pieces += kind == Sent::content ? 1 : 0; }

  int lines = 0;
  int pieces = 0;
};

/// Runs one mail, and gives the most lines and pieces of content that one poll handled.
Counter most_in_one_poll(World& world, Mail& mail) {
  Counter now;
  Counter most;
  world.options.observer = &now;
  EXPECT_EQ(world.client.start(mail.message), Status::ok);
  for (Poll said = Poll::again; said != Poll::done && world.stream.reads() < 100000;) {
    now.lines = now.pieces = 0;
    said = world.client.poll(world.clock.now);
    world.stream.exchange();
    most.lines = std::max(most.lines, now.lines);
    most.pieces = std::max(most.pieces, now.pieces);
  }
  EXPECT_EQ(world.client.outcome(), Outcome::accepted);
  return most;
}

TEST(Client, HandlesABoundedNumberOfLinesInOnePoll) {
  World world({512, 4096});
  world.server.hook = [](const std::string& about, Answer& answer) {
    if (about.rfind("MAIL", 0) != 0) return;
    answer.reply.clear();
    for (int i = 0; i < 500; ++i) answer.reply += "250-\n";
    answer.reply += "250 ok\r\n";
  };
  Mail mail(1);
  EXPECT_EQ(most_in_one_poll(world, mail).lines, kLinesPerPoll);
}

TEST(Client, ReadsABoundedNumberOfTimesFromASourceInOnePoll) {
  World world({4096, 512});
  Mail mail(1, 1, std::string(3000, 'x'));
  mail.source.crumb = 1;
  EXPECT_LE(most_in_one_poll(world, mail).pieces, kReadsPerPoll + 1);  // and the end of the content
}

TEST(Client, SaysDoneOnce) {
  World world;
  Mail mail(1);
  ASSERT_EQ(world.client.start(mail.message), Status::ok);
  ASSERT_EQ(world.driver.run_to_done(), "");
  for (int i = 0; i < 5; ++i) EXPECT_NE(world.client.poll(world.clock.now), Poll::done);
}

TEST(Client, CanBeCancelledAfterEveryPollAndUsedAgain) {
  for (int polls = 0; polls < 12; ++polls) {
    World world;
    Mail mail(1);
    ASSERT_EQ(world.client.start(mail.message), Status::ok);
    bool done = false;
    for (int i = 0; i < polls && !done; ++i) {
      done = world.client.poll(world.clock.now) == Poll::done;
      world.stream.exchange();
    }
    world.client.cancel();
    if (!done) {
      EXPECT_EQ(world.client.error().status, Status::cancelled);
      EXPECT_NE(world.client.outcome(), Outcome::accepted);
    }
    EXPECT_EQ(world.client.poll(world.clock.now), Poll::idle);
    EXPECT_EQ(world.clean_run(), "") << polls;
  }
}

TEST(Client, EndsTheOperationAtItsTimeout) {
  World world;
  world.options.timeout = 700;
  world.server.hook = [](const std::string& about, Answer& answer) {
    if (about == "content") answer = {};
  };
  world.driver.patient = [] { return true; };
  Mail mail(1);
  ASSERT_EQ(world.client.start(mail.message), Status::ok);
  ASSERT_EQ(world.driver.run_to_done(), "");
  EXPECT_EQ(world.client.error().status, Status::operation_timeout);
  EXPECT_EQ(world.driver.elapsed(), 700U);
  EXPECT_EQ(world.client.outcome(), Outcome::unknown);
}

TEST(Client, WaitsForTheFarewellInTheBackgroundForFiveSeconds) {
  World world;
  world.server.hook = [](const std::string& about, Answer& answer) {
    if (about == "QUIT") answer = {};
  };
  world.driver.patient = [] { return true; };
  Mail mail(1);
  ASSERT_EQ(world.send(mail), "");
  EXPECT_EQ(world.client.outcome(), Outcome::accepted);
  EXPECT_EQ(world.driver.elapsed(), 0U);
  ASSERT_EQ(world.driver.run_to_idle(), "");
  EXPECT_EQ(world.driver.elapsed(), kQuitWait);
}

TEST(Client, ForgetsTheResultsOfAnEarlierOperation) {
  World world;
  world.server.hook = [](const std::string& about, Answer& answer) {
    if (about == "content") answer.reply = "554 looks like spam\r\n";
  };
  Mail mail(1);
  ASSERT_EQ(world.send(mail), "");
  EXPECT_EQ(world.client.session().reply_text(), "looks like spam");
  world.server.down = true;
  ASSERT_EQ(world.send(mail), "");
  EXPECT_EQ(world.client.error().status, Status::connection_refused);
  EXPECT_EQ(world.client.error().smtp_code, 0);
  EXPECT_EQ(world.client.session().reply_text(), "");
  EXPECT_EQ(world.client.outcome(), Outcome::not_sent);
  EXPECT_EQ(mail.recipient(0).result.code, 0);
}

}  // namespace
}  // namespace mailmote::test
