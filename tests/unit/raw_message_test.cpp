#include <gtest/gtest.h>

#include <string>

#include "mailmote/text_message.hpp"
#include "support/content.hpp"
#include "support/test_source.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

constexpr char kMessage[] =
    "From: a@example.com\r\nBcc: hidden@example.com,\r\n secret@example.com\r\nSubject: x\r\n\r\nBcc: stays\r\n.\r\n";
constexpr char kWithoutBcc[] = "From: a@example.com\r\nSubject: x\r\n\r\nBcc: stays\r\n.\r\n";

class RawMessageTest : public testing::Test {
 protected:
  RawMessageTest() { source_.octets = kMessage; }

  ContentPlan start() {
    ContentPlan plan;
    EXPECT_EQ(message_.content.start(Offer(), plan), Status::ok);
    return plan;
  }

  std::string content(std::size_t window) {
    start();
    return test::read_all(message_.content, window);
  }

  test::TestSource source_;
  Recipient to_{"b@example.com"};
  RawMessage message_{"a@example.com", to_, source_};
};

TEST_F(RawMessageTest, PassesAllButBccThroughEveryWindow) {
  for (std::size_t window = 16; window <= 200; ++window) EXPECT_EQ(content(window), kWithoutBcc) << window;
}

TEST_F(RawMessageTest, PassesTheSameOfASourceThatDeliversCrumbs) {
  for (std::size_t crumb = 1; crumb < 12; ++crumb) {
    source_.crumb = crumb;
    source_.slow = crumb % 2 == 0;
    source_.late_end = crumb % 3 == 0;
    for (const std::size_t window : {16U, 17U, 64U, 512U}) EXPECT_EQ(content(window), kWithoutBcc) << crumb;
  }
}

TEST_F(RawMessageTest, DeliversWhatWasHeldBackAtTheEnd) {
  for (const char* message : {"", "B", "Bc", "Bcc", "To: a\r\nbC", "\r", "\n"}) {
    source_.octets = message;
    EXPECT_EQ(content(16), message) << test::shown(message);
  }
}

TEST_F(RawMessageTest, PassesAnyOctets) {
  source_.octets = "X: y\r\n\r\n";
  for (int i = 0; i < 4096; ++i) source_.octets += static_cast<char>(i * 7);
  for (const std::size_t window : {16U, 17U, 64U, 512U}) EXPECT_EQ(content(window), source_.octets);
}

TEST_F(RawMessageTest, PlansWithTheSourceButNotItsLength) {
  source_.eight_bit = source_.smtputf8 = true;
  source_.form = ContentForm::safe;
  const ContentPlan plan = start();
  EXPECT_FALSE(plan.length_known);
  EXPECT_TRUE(plan.rewindable);
  EXPECT_TRUE(plan.eight_bit);
  EXPECT_TRUE(plan.smtputf8);
  EXPECT_EQ(plan.form, ContentForm::any);
}

TEST_F(RawMessageTest, BeginsAgainFromTheFirstOctet) {
  std::uint8_t out[30];
  start();
  EXPECT_EQ(message_.content.read({out, sizeof out}).status, ReadStatus::ok);  // ends inside a Bcc field
  EXPECT_EQ(content(64), kWithoutBcc);
}

TEST_F(RawMessageTest, SaysWhyASourceCannotBegin) {
  source_.rewindable = false;
  EXPECT_FALSE(start().rewindable);
  ContentPlan plan;
  EXPECT_EQ(message_.content.start(Offer(), plan), Status::source_not_rewindable);
}

TEST_F(RawMessageTest, PassesAnErrorOfTheSourceOn) {
  source_.fault = test::SourceFault::fails;
  const std::string all = content(64);
  EXPECT_EQ(all.substr(all.size() - 7), "(error)");
}

TEST_F(RawMessageTest, WaitsForASourceThatHasNothingYet) {
  source_.slow = true;
  start();
  std::uint8_t out[64];
  EXPECT_EQ(message_.content.read({out, sizeof out}).status, ReadStatus::would_block);
  EXPECT_EQ(message_.content.read({out, sizeof out}).status, ReadStatus::ok);
}

TEST_F(RawMessageTest, ALongBccFieldIsLeftOutInBoundedSteps) {
  source_.octets = "Bcc: " + std::string(1000, 'h') + "\r\nTo: b@example.com\r\n\r\n";
  start();
  std::uint8_t out[16];
  EXPECT_EQ(message_.content.read({out, sizeof out}).status, ReadStatus::would_block);
  EXPECT_EQ(content(16), "To: b@example.com\r\n\r\n");
}

}  // namespace
}  // namespace mailmote
