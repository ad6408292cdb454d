// Groups longer than every window and every socket buffer.
#include <gtest/gtest.h>

#include "support/world.hpp"

namespace mailmote::test {
namespace {

/// Waits for the server that `recipients` cost, with these windows and so many octets of buffer each way.
std::size_t round_trips(std::size_t recipients, Windows windows, std::size_t buffers, bool chunking = false) {
  World world(windows);
  world.server.extensions = {"PIPELINING", "SIZE", "8BITMIME", "CHUNKING"};
  if (chunking) world.options.chunking = &kChunking;
  world.stream.network.to_peer = buffers;
  world.stream.network.from_peer = buffers;
  Mail mail(1, recipients);
  EXPECT_EQ(world.send(mail), "");
  EXPECT_EQ(world.client.outcome(), Outcome::accepted);
  EXPECT_EQ(world.driver.run_to_idle(), "");
  return world.client.session().round_trips();
}

constexpr Windows kSmall = {64, 128};
constexpr Windows kLarge = {16384, 16384};

TEST(DeadlockTest, HundredRecipients_TinyBuffers_CostNoExtraWait) {
  const std::size_t large = round_trips(100, kLarge, kNoLimit);
  EXPECT_EQ(large, 3U);
  EXPECT_EQ(round_trips(100, kSmall, kNoLimit), large);
  EXPECT_EQ(round_trips(100, kSmall, 32), large);
  EXPECT_EQ(round_trips(100, kLarge, 32), large);
}

TEST(DeadlockTest, HundredRecipients_OneOctetBuffers_Arrive) { round_trips(100, kSmall, 1); }

TEST(DeadlockTest, MoreThanHundredRecipients_GoInTwoTransactions) {
  EXPECT_EQ(round_trips(150, kSmall, 32), 5U);
  EXPECT_EQ(round_trips(150, kLarge, kNoLimit), 5U);
}

TEST(DeadlockTest, HundredRecipients_Chunk_TinyBuffers) { EXPECT_EQ(round_trips(100, kLarge, 32, true), 2U); }

TEST(DeadlockTest, LongMixedReplies_TinyBuffers_AreReadWhileWriting) {
  World world(kSmall);
  world.stream.network.to_peer = world.stream.network.from_peer = 32;
  world.server.hook = [](const std::string& about, Answer& answer) {
    if (about.rfind("RCPT", 0) != 0) return;
    const bool refused = about.find('3') != std::string::npos;
    const std::string code = refused ? "550" : "250";
    answer.reply = code + "-" + std::string(200, 'x') + "\r\n" + code + " " + std::string(90, 'y') + "\r\n";
  };
  Mail mail(1, 100);
  EXPECT_EQ(world.send(mail), "");
  EXPECT_EQ(world.client.outcome(), Outcome::partly_accepted);
  EXPECT_EQ(world.clean_run(), "");
}

// The refusal arrives in the middle of a RCPT command: that command is finished, and no other begins.
TEST(DeadlockTest, SenderRefused_WhileTheGroupIsBeingWritten) {
  for (std::size_t buffer = 1; buffer < 120; ++buffer) {
    World world(kSmall);
    world.stream.network.to_peer = buffer;
    world.server.hook = [](const std::string& about, Answer& answer) {
      if (about.rfind("MAIL", 0) == 0) answer.reply = "550 not you\r\n";
    };
    Mail mail(1, 20);
    ASSERT_EQ(world.send(mail), "") << buffer;
    EXPECT_EQ(world.client.error().status, Status::sender_rejected);
    EXPECT_EQ(mail.recipient(19).result.code, 550);
    EXPECT_EQ(world.clean_run(), "") << buffer;
  }
}

}  // namespace
}  // namespace mailmote::test
