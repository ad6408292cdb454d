// Time: real round trips, deadlines, and a clock that wraps around.
#include <gtest/gtest.h>

#include "support/world.hpp"

namespace mailmote::test {
namespace {

constexpr Millis kBegins[] = {0, 1, 0x7fffff00, 0x7fffffff, 0x80000000, 0xffff0000, 0xfffffff0, 0xffffffff};

/// Sends with a server that is silent about `about`. Returns the virtual time that it took.
std::uint64_t time_out(Millis begin, const std::string& about, Status expected) {
  World world({}, begin);
  world.server.hook = [&about](const std::string& now, Answer& answer) {
    if (now.rfind(about, 0) == 0) answer.reply.clear();
  };
  world.driver.patient = [] { return true; };
  Mail mail(1);
  EXPECT_EQ(world.send(mail), "");
  EXPECT_EQ(world.client.error().status, expected);
  const std::uint64_t elapsed = world.driver.elapsed();
  world.driver.patient = nullptr;
  EXPECT_EQ(world.clean_run(), "");
  return elapsed;
}

TEST(ClockTest, Deadlines_HoldAcrossTheWrapAround) {
  for (const Millis begin : kBegins) {
    SCOPED_TRACE(begin);
    EXPECT_EQ(time_out(begin, "greeting", Status::greeting_timeout), kDeviceTimeouts.greeting);
    EXPECT_EQ(time_out(begin, "EHLO", Status::reply_timeout), kDeviceTimeouts.command);
    EXPECT_EQ(time_out(begin, "MAIL", Status::reply_timeout), kDeviceTimeouts.mail);
    EXPECT_EQ(time_out(begin, "RCPT", Status::reply_timeout), kDeviceTimeouts.rcpt);
    EXPECT_EQ(time_out(begin, "DATA", Status::reply_timeout), kDeviceTimeouts.data);
    EXPECT_EQ(time_out(begin, "content", Status::reply_timeout), kDeviceTimeouts.content);
  }
}

TEST(ClockTest, Connect_ThatNeverComesUp_TimesOut) {
  for (const Millis begin : kBegins) {
    World world({}, begin);
    world.stream.network.connect_delay = 0x40000000;
    Mail mail(1);
    EXPECT_EQ(world.send(mail), "");
    EXPECT_EQ(world.client.error().status, Status::connect_timeout);
    EXPECT_EQ(world.client.error().phase, Phase::connect);
    EXPECT_EQ(world.driver.elapsed(), kDeviceTimeouts.connect);
  }
}

TEST(ClockTest, Connect_ThatComesUpLate_IsUsed) {
  World world;
  world.stream.network.connect_delay = kDeviceTimeouts.connect - 1;
  Mail mail(1);
  EXPECT_EQ(world.send(mail), "");
  EXPECT_EQ(world.client.outcome(), Outcome::accepted);
}

TEST(ClockTest, ServerThatTakesNothing_WriteTimesOut) {
  World world;
  world.server.hook = [&world](const std::string& about, Answer&) {
    if (about == "DATA") world.stream.network.to_peer = 0;
  };
  world.driver.patient = [] { return true; };
  Mail mail(1);
  EXPECT_EQ(world.send(mail), "");
  EXPECT_EQ(world.client.error().status, Status::write_timeout);
  EXPECT_EQ(world.driver.elapsed(), kDeviceTimeouts.data_block);
}

TEST(ClockTest, ServerThatTakesAnOctetNowAndThen_StaysWithinTheOperation) {
  World world;
  world.driver.patient = [] { return true; };
  world.stream.network.latency = 100;
  world.stream.network.to_peer = 16;
  world.stream.network.from_peer = 16;
  Mail mail(1, 1, std::string(30000, 'x'));
  EXPECT_EQ(world.send(mail), "");
}

/// Round trips on a link of 100 ms, TCP's own not counted: the time tells, not the client's own figure.
std::uint64_t link_time(std::size_t recipients, unsigned mails, bool chunking) {
  World world({4096, 4096});
  world.server.extensions = {"PIPELINING", "SIZE 100000", "CHUNKING", "8BITMIME"};
  world.stream.network.latency = 100;
  if (chunking) world.options.chunking = &kChunking;
  for (unsigned number = 1; number <= mails; ++number) {
    Mail mail(number, recipients);
    EXPECT_EQ(world.send(mail, number == mails ? After::quit : After::keep), "");
    EXPECT_EQ(world.client.outcome(), Outcome::accepted);
  }
  EXPECT_EQ(world.driver.elapsed() / 100 - 1, world.client.session().round_trips());
  return world.driver.elapsed() / 100 - 1;  // without the greeting
}

TEST(RoundTripTest, OneMailToThree) {
  EXPECT_EQ(link_time(3, 1, false), 3U);
  EXPECT_EQ(link_time(3, 1, true), 2U);
}

TEST(RoundTripTest, FiftyRecipientsCostNoMore) {
  EXPECT_EQ(link_time(50, 1, false), 3U);
  EXPECT_EQ(link_time(50, 1, true), 2U);
}

TEST(RoundTripTest, TenMailsOnOneConnection) {
  EXPECT_EQ(link_time(1, 10, false), 21U);
  EXPECT_EQ(link_time(1, 10, true), 11U);
}

}  // namespace
}  // namespace mailmote::test
