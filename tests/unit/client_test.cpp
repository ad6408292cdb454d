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

TEST(Client, TakesOptionsUpToTheirLimits) {
  const std::string longest(253, 'h'), too_long(254, 'h');
  Options options = sound();
  options.timeout = kMaxTimeout;
  options.host = std::string_view(longest);
  EXPECT_EQ(start(options), Status::ok);
  options.host = std::string_view(too_long);
  EXPECT_EQ(start(options), Status::invalid_host);
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

TEST(Client, IsConnectedOnlyBetweenItsOperations) {
  World world;
  ASSERT_EQ(world.client.connect(), Status::ok);
  EXPECT_FALSE(world.client.connected());
  ASSERT_EQ(world.driver.run_to_done(), "");
  EXPECT_TRUE(world.client.connected());
  ASSERT_EQ(world.client.noop(), Status::ok);
  EXPECT_FALSE(world.client.connected());
  ASSERT_EQ(world.driver.run_to_done(), "");
  EXPECT_TRUE(world.client.connected());
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

TEST(Client, NamesItselfByItsAddressUnlessToldAName) {
  for (const char* const name : {"", "client.example"}) {
    World world;
    world.options.helo = name;
    world.stream.local_address = {IpFamily::v4, {192, 0, 2, 7}};
    std::string hello;
    world.server.hook = [&](const std::string& about, Answer&) {
      if (about.rfind("EHLO", 0) == 0) hello = about;
    };
    Mail mail(1);
    ASSERT_EQ(world.send(mail), "");
    EXPECT_EQ(hello, *name == '\0' ? "EHLO [192.0.2.7]" : "EHLO client.example");
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

/// A source that takes its time for each of its pieces, and remembers the largest room that it got.
class SlowSource final : public BodySource {
 public:
  explicit SlowSource(const VirtualClock& clock) : clock_(clock) {}

  Millis pause = 0;
  int pieces = 4;
  std::size_t most_room = 0;

 private:
  Status do_start(const Offer&, ContentPlan& plan) override {
    left_ = pieces;
    begin_ = clock_.now;
    plan.rewindable = true;
    return Status::ok;
  }

  ReadResult do_read(MutableBytes into) override {
    most_room = std::max(most_room, into.size);
    if (clock_.now - begin_ < pause) return {ReadStatus::would_block, 0};
    begin_ = clock_.now;
    into.data[0] = 'x';
    return {--left_ == 0 ? ReadStatus::end : ReadStatus::ok, 1};
  }

  const VirtualClock& clock_;
  Millis begin_ = 0;
  int left_ = 0;
};

TEST(Client, GivesASourceItsTimeForEachPiece) {
  for (const bool counted : {false, true}) {
    World world;
    world.server.extensions.push_back("CHUNKING");
    if (counted) world.options.chunking = &kChunking;  // it is read twice
    SlowSource source(world.clock);
    source.pause = world.options.timeouts->source - 1000;
    Recipient to("ops@example.com");
    Message message("sensor@example.com", to, source);
    ASSERT_EQ(world.client.start(message), Status::ok);
    world.driver.patient = [] { return true; };
    ASSERT_EQ(world.driver.run_to_done(), "");
    EXPECT_EQ(world.client.error().status, Status::ok) << counted;
    EXPECT_GE(world.driver.elapsed(), source.pause * (counted ? 8U : 4U));
  }
}

// At most two octets go out for one that is read, and two more.
TEST(Client, GivesASourceHalfOfTheWindow) {
  World world({512, 512});
  SlowSource source(world.clock);
  Recipient to("ops@example.com");
  Message message("sensor@example.com", to, source);
  ASSERT_EQ(world.client.start(message), Status::ok);
  ASSERT_EQ(world.driver.run_to_done(), "");
  EXPECT_EQ(source.most_room, 255U);
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

TEST(Client, TellsTheStreamsOwnNumberOfALostConnection) {
  World world;
  world.stream.network.cut_after = 60;
  world.stream.network.cut = Ending::reset;
  Mail mail(1);
  ASSERT_EQ(world.send(mail), "");
  EXPECT_EQ(world.client.error().status, Status::connection_reset);
  EXPECT_EQ(world.client.error().native, 104);
}

// After that they are the application's, which may have let go of them.
TEST(Client, LeavesTheRecipientsAloneOnceTheOutcomeIsThere) {
  World world;
  world.server.hook = [](const std::string& about, Answer& answer) {
    if (about == "QUIT") answer = {"nonsense\r\n", 100, Ending::none};
  };
  TestSource source;
  Recipient to("ops@example.com");
  Message message("sensor@example.com", to, source);
  ASSERT_EQ(world.client.start(message), Status::ok);
  ASSERT_EQ(world.driver.run_to_done(), "");
  EXPECT_EQ(world.client.outcome(), Outcome::accepted);
  to.result.progress = Progress::taken;
  ASSERT_EQ(world.driver.run_to_idle(), "");
  EXPECT_FALSE(world.client.connected());
  EXPECT_EQ(to.result.progress, Progress::taken);
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

TEST(Client, WaitsForNothingWhereAPollSaysAgain) {
  World world;
  for (int i = 0; i < 30; ++i) world.server.extensions.push_back("X" + std::to_string(i));  // lines for some polls
  world.options.security = Security::automatic;
  AutoSecurity plan;
  world.options.plan = &plan;
  Mail mail(3, 3);
  ASSERT_EQ(world.client.start(mail.message), Status::ok);
  Poll said = Poll::again;
  for (int polls = 0; polls < 10000 && said != Poll::done; ++polls) {
    said = world.client.poll(world.clock.now);
    EXPECT_TRUE(said != Poll::again || world.client.wait(world.clock.now).timeout == 0);
    if (said == Poll::wait) world.clock.now += 100;
    world.stream.exchange();
  }
  EXPECT_EQ(said, Poll::done);
}

TEST(Client, RefusesAGreetingTimeoutOfNothing) {
  Options options = sound();
  options.greeting_timeout = 0;
  EXPECT_EQ(start(options), Status::timeout_out_of_range);
}

TEST(Client, ItsSessionHasNoSpaceWhileItHoldsALine) {
  const Options options = sound();
  std::uint8_t rx[256], tx[256];
  Session session(options, {rx, sizeof rx}, {tx, sizeof tx});
  ASSERT_EQ(session.prepare(Operation::connect, nullptr, After::quit), Status::ok);
  session.restart();
  session.connected(IpAddress{}, Route{}, 0);
  const std::string greeting = "220 mail.example ESMTP\r\n";
  std::copy(greeting.begin(), greeting.end(), session.rx_space().data);
  session.rx_commit(greeting.size());
  EXPECT_EQ(session.rx_space().size, 0U);
  session.step(0);
  EXPECT_NE(session.rx_space().size, 0U);
}

}  // namespace
}  // namespace mailmote::test
