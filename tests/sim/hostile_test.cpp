// Servers that mean harm: whatever they say, the work, the time and the memory are bounded, and the error has a name.
#include <gtest/gtest.h>

#include "support/world.hpp"

namespace mailmote::test {
namespace {

/// Says the same over and over, with a pause before each time.
class EndlessPeer final : public Peer {
 public:
  EndlessPeer(std::string octets, Millis pause) : octets_(std::move(octets)), pause_(pause) {}
  bool connect() override { return true; }
  void receive(std::string_view, bool) override {}
  void disconnect() override {}
  std::optional<Speech> speak() override { return Speech{octets_, pause_, Ending::none}; }

 private:
  std::string octets_;
  Millis pause_;
};

struct Result {
  Status status;
  std::uint64_t elapsed;
  std::size_t polls;
  std::size_t octets;
};

Result meet(const std::string& octets, Millis pause, std::size_t chunk = 1024) {
  World world({64, 128});
  EndlessPeer peer(octets, pause);
  world.stream.set_peer(peer);
  world.stream.network.from_peer = chunk;
  world.driver.poll_limit = 200000;
  Mail mail(1);
  EXPECT_EQ(world.send(mail), "");
  EXPECT_EQ(world.client.outcome(), Outcome::not_sent);
  const Result result = {world.client.error().status, world.driver.elapsed(), world.driver.polls(), world.stream.received()};
  world.stream.set_peer(world.server);
  EXPECT_EQ(world.clean_run(), "");
  return result;
}

TEST(HostileTest, EndlessReply_EndsAt64Kilobytes) {
  const Result result = meet("220-you are welcome\r\n", 0);
  EXPECT_EQ(result.status, Status::reply_too_long);
  EXPECT_LE(result.octets, 70000U);
  EXPECT_LE(result.polls, 1000U);
}

TEST(HostileTest, EndlessReplyOfEmptyLines_EndsAt64Kilobytes) {
  const Result result = meet("220-\r\n", 0);
  EXPECT_EQ(result.status, Status::reply_too_long);
  EXPECT_LE(result.octets, 100000U);
}

TEST(HostileTest, LineWithoutEnd_Ends) {
  const Result result = meet("220-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 0);
  EXPECT_EQ(result.status, Status::reply_too_long);
  EXPECT_LE(result.octets, 70000U);
}

TEST(HostileTest, NulsWithoutEnd_Ends) {
  const Result result = meet(std::string(100, '\0'), 0);
  EXPECT_EQ(group(result.status), StatusGroup::protocol);
  EXPECT_LE(result.octets, 70000U);
}

TEST(HostileTest, LineOfOneMegabyte_IsTooLong) {
  World world({64, 128});
  world.stream.network.from_peer = 4096;
  world.server.hook = [](const std::string& about, Answer& answer) {
    if (about.rfind("EHLO", 0) == 0) answer.reply = "250 " + std::string(1000000, 'x') + "\r\n";
  };
  Mail mail(1);
  EXPECT_EQ(world.send(mail), "");
  EXPECT_EQ(world.client.error().status, Status::reply_too_long);
  EXPECT_EQ(world.clean_run(), "");
}

TEST(HostileTest, Drip_OneOctetEveryHalfSecond_EndsAtTheReplysDeadline) {
  const Result result = meet("2", 500);
  EXPECT_TRUE(result.status == Status::greeting_timeout || result.status == Status::malformed_reply);
  EXPECT_LE(result.elapsed, kDeviceTimeouts.greeting);
  EXPECT_LE(result.polls, 200U);
}

TEST(HostileTest, DripOfWholeLines_EndsAtTheReplysDeadline) {
  const Result result = meet("220-wait\r\n", 500);
  EXPECT_EQ(result.status, Status::greeting_timeout);
  EXPECT_EQ(result.elapsed, kDeviceTimeouts.greeting);
  EXPECT_LE(result.polls, 200U);
}

TEST(HostileTest, RepliesWithoutEnd_AfterTheGreeting_End) {
  const Result result = meet("220 welcome\r\n", 0);
  EXPECT_EQ(result.status, Status::reply_without_command);
  EXPECT_LE(result.polls, 100U);
}

TEST(HostileTest, DripOfTheFinalReply_IsUnknown) {
  World world;
  world.server.hook = [](const std::string& about, Answer& answer) {
    if (about == "content") answer = {"250-qu", 119000, Ending::none};
    if (about == "QUIT") answer = {};
  };
  world.driver.patient = [] { return true; };
  Mail mail(1);
  EXPECT_EQ(world.send(mail), "");
  EXPECT_EQ(world.client.outcome(), Outcome::unknown);
  EXPECT_EQ(world.client.error().status, Status::reply_timeout);
  EXPECT_EQ(world.driver.elapsed(), kDeviceTimeouts.content);
}

}  // namespace
}  // namespace mailmote::test
