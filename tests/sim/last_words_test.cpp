// The end of a connection: what the server said before it is heard, and what the client had still to say is not said.
#include <gtest/gtest.h>

#include "support/script_peer.hpp"
#include "support/world.hpp"

namespace mailmote::test {
namespace {

const std::string kLong(20000, 'x');

Step client(const std::string& octets) { return {StepKind::client, octets, 0}; }
Step server(const std::string& octets) { return {StepKind::server, octets, 0}; }

/// A server that refuses in the middle of the content, and breaks the connection with the same packet.
Dialogue refusal() {
  return {server("220 mail.example\r\n"), client("EHLO client.example\r\n"),
          server("250 mail.example\r\n"), client("MAIL FROM:<sensor@example.com>\r\n"),
          server("250 ok\r\n"),           client("RCPT TO:<r0.1@example.com>\r\n"),
          server("250 ok\r\n"),           client("DATA\r\n"),
          server("354 go on\r\n"),        client("Subject: mail 1\r\n\r\nxxx"),
          server("452 disk full\r\n"),    {StepKind::reset, {}, 0},
          {StepKind::any, {}, 0}};
}

// Also where the write finds out first, because the read before it came a moment too early.
TEST(LastWordsTest, ARefusalBeforeAReset_IsHeard_WhicheverCallFindsTheReset) {
  std::size_t calls = 1;
  for (std::size_t call = 0; call < calls; ++call) {
    const std::vector<Dialogue> script = {refusal()};
    World world;
    ScriptPeer peer(script);
    world.stream.set_peer(peer);
    world.stream.network.fault = Fault::would_block;
    world.stream.network.fault_call = call;
    Mail mail(1, 1, kLong);
    ASSERT_EQ(world.client.start(mail.message), Status::ok);
    ASSERT_EQ(world.driver.run_to_done(), "") << call;
    EXPECT_EQ(peer.complaint(), "") << call;
    EXPECT_EQ(world.client.error().smtp_code, 452) << call;
    EXPECT_EQ(world.client.outcome(), Outcome::rejected) << call;
    calls = world.stream.calls();
  }
}

TEST(LastWordsTest, APeerThatTakesNoMoreAndSaysNothing_IsWaitedForTwoSeconds) {
  std::size_t by_write = 0;
  std::size_t calls = 1;
  for (std::size_t call = 0; call < calls; ++call) {
    World world;
    world.stream.network.fault = Fault::deaf;
    world.stream.network.fault_call = call;
    Mail mail(1, 1, kLong);
    ASSERT_EQ(world.send(mail), "") << call;
    EXPECT_NE(world.client.error().status, Status::write_timeout) << call;
    calls = world.stream.calls();
    if (world.client.error().status != Status::transport_error) continue;
    ++by_write;
    EXPECT_EQ(world.driver.elapsed(), 2000U) << call;
  }
  EXPECT_GT(by_write, 10U);
}

/// Refuses BDAT at the first octet of the chunk, and takes offence at every octet that is said when the client has read
/// that: a server that does not know BDAT runs the chunk as commands.
class ChunkRefuser final : public Peer {
 public:
  bool connect() override {
    say_ = "220 mail.example\r\n";
    return true;
  }
  void disconnect() override { say_.clear(); }
  std::optional<Speech> speak() override {
    if (say_.empty()) return std::nullopt;
    const Speech speech{say_, 0, Ending::none};
    say_.clear();
    return speech;
  }
  void receive(std::string_view octets, bool unread) override {
    for (const char octet : octets) hear(octet, unread);
  }

 private:
  void hear(char octet, bool unread) {
    if (refused_ && say_.empty() && !unread) complain("it goes on");
    if (refused_) return;
    refused_ = chunk_;
    if (refused_) say_ = "502 what?\r\n";
    line_ += octet;
    if (octet != '\n') return;
    chunk_ = line_.rfind("BDAT", 0) == 0;
    const bool hello = line_.rfind("EHLO", 0) == 0;
    if (!chunk_) say_ += hello ? "250-mail.example\r\n250-PIPELINING\r\n250 CHUNKING\r\n" : "250 ok\r\n";
    line_.clear();
  }

  std::string line_;
  std::string say_;
  bool chunk_ = false;
  bool refused_ = false;
};

TEST(LastWordsTest, NotAnotherOctet_WhenTheSessionIsOver) {
  for (std::size_t piece = 1; piece < 100; ++piece) {
    World world({64, 128});
    ChunkRefuser peer;
    world.stream.set_peer(peer);
    world.stream.network.write_limit = piece;
    world.options.chunking = &kChunking;
    Mail mail(1, 1, kLong + "\r\n");
    mail.source.form = ContentForm::canonical;
    ASSERT_EQ(world.client.start(mail.message), Status::ok);
    ASSERT_EQ(world.driver.run_to_done(), "") << piece;
    EXPECT_EQ(world.client.error().status, Status::chunking_rejected) << piece;
    EXPECT_EQ(peer.complaint(), "") << piece;
  }
}

}  // namespace
}  // namespace mailmote::test
