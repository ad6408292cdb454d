// What is lwIP's own in the lwIP port: look-ups that cannot be cancelled, memory that is short, segments held back.
#ifdef MAILMOTE_HAS_LWIP

#include <gtest/gtest.h>

#include <memory>

#include "contract/lwip_link.hpp"

namespace mailmote::contract {
namespace {

class LwipNames : public testing::Test {
 protected:
  LwipNames() { link.answers_look_ups = false; }
  void TearDown() override { stream.abort(); }

  bool comes_up(lwip::TcpStream& which) {
    return link.until([&] { return which.progress(0) == IoStatus::ok; });
  }

  LwipStack& stack = LwipStack::instance();
  LwipLink<4, 0> link;
  lwip::TcpStream& stream = link.stream();
  Endpoint by_name = {"mail.example", link.listening().port};
};

TEST_F(LwipNames, ConnectsToTheAddressThatALookUpGives) {
  EXPECT_EQ(stream.open(by_name), IoStatus::would_block);
  EXPECT_EQ(stream.progress(0), IoStatus::would_block);
  ASSERT_EQ(stack.look_ups.size(), 1U);
  EXPECT_EQ(stack.look_ups[0].name, "mail.example");
  stack.answer("10.0.0.2");
  EXPECT_TRUE(comes_up(stream));
}

TEST_F(LwipNames, ConnectsAtOnceToANameThatLwipKnows) {
  EXPECT_EQ(stream.open({"known.name", by_name.port}), IoStatus::would_block);
  EXPECT_TRUE(stack.look_ups.empty());
  EXPECT_TRUE(comes_up(stream));
}

TEST_F(LwipNames, SaysThatALookUpFailed) {
  ASSERT_EQ(stream.open(by_name), IoStatus::would_block);
  stack.answer(nullptr);
  EXPECT_EQ(stream.progress(0), IoStatus::error);
  EXPECT_EQ(stream.status(), Status::name_lookup_failed);
}

TEST_F(LwipNames, SaysThatThereIsNoNameServer) {
  stack.has_names = false;
  EXPECT_EQ(stream.open(by_name), IoStatus::error);
  EXPECT_EQ(stream.status(), Status::name_lookup_failed);
  EXPECT_EQ(stream.native(), ERR_VAL);
}

TEST_F(LwipNames, IgnoresTheAnswerToALookUpThatWasAborted) {
  ASSERT_EQ(stream.open(by_name), IoStatus::would_block);
  stream.abort();
  ASSERT_EQ(stream.open({"other.example", by_name.port}), IoStatus::would_block);
  stack.answer("10.0.0.77");  // of the first one
  EXPECT_EQ(stack.look_ups.size(), 1U);
  stack.answer("10.0.0.2");
  ASSERT_TRUE(comes_up(stream));
  EXPECT_EQ(stream.remote().address.octets[3], 2);
}

TEST_F(LwipNames, IgnoresTheAnswerForAStreamThatIsGone) {
  auto gone = std::make_unique<lwip::TcpStream>();
  ASSERT_EQ(gone->open(by_name), IoStatus::would_block);
  gone->abort();
  gone.reset();
  stack.answer("10.0.0.2");
}

TEST_F(LwipNames, GivesEachOfSeveralStreamsItsOwnAnswer) {
  lwip::TcpStream second;
  lwip::TcpStream third;
  ASSERT_EQ(stream.open(by_name), IoStatus::would_block);
  ASSERT_EQ(second.open(by_name), IoStatus::would_block);
  ASSERT_EQ(third.open(by_name), IoStatus::would_block);
  second.abort();  // from the middle
  stack.answer("10.0.0.2");
  stack.answer("10.0.0.2");
  EXPECT_EQ(second.progress(0), IoStatus::error);
  EXPECT_TRUE(comes_up(stream));
  EXPECT_EQ(third.progress(0), IoStatus::would_block);
  stack.answer(nullptr);
  EXPECT_EQ(third.progress(0), IoStatus::error);
}

TEST_F(LwipNames, RefusesANameThatIsTooLong) {
  const std::string name(254, 'a');
  EXPECT_EQ(stream.open({name, 25}), IoStatus::error);
  EXPECT_EQ(stream.status(), Status::name_not_found);
  EXPECT_TRUE(stack.look_ups.empty());
}

class LwipStream : public testing::Test {
 protected:
  LwipStream() {
    static_cast<void>(stream.open(link.listening()));
    EXPECT_TRUE(link.until([this] { return link.far().connected && stream.progress(0) == IoStatus::ok; }));
  }

  IoResult write(const std::string& octets) {
    return stream.write({reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()});
  }

  LwipStack& stack = LwipStack::instance();
  LwipLink<4, 0> link;
  lwip::TcpStream& stream = link.stream();
};

TEST_F(LwipStream, SendsWhatIsWrittenAtOnce) {
  const u32_t before = stack.now;
  EXPECT_EQ(write("EHLO device\r\n").status, IoStatus::ok);
  EXPECT_EQ(write("NOOP\r\n").status, IoStatus::ok);
  EXPECT_TRUE(link.until([this] { return link.far().received == "EHLO device\r\nNOOP\r\n"; }));
  EXPECT_LT(stack.now - before, 20U) << "lwIP's timers had to send it";
}

// lwIP's events may come between a call and the question what that waits for.
TEST_F(LwipStream, StillWaitsForWhatItHasNotSaidYet) {
  lwip::TcpStream late;
  link.far() = FarEnd{};
  ASSERT_EQ(late.open(link.listening()), IoStatus::would_block);
  ASSERT_TRUE(link.until([this] { return link.far().connected; }));
  EXPECT_TRUE(late.wait().write && late.ready().write);
  ASSERT_EQ(late.progress(0), IoStatus::ok);
  EXPECT_FALSE(late.wait().write);
  std::uint8_t octet[1];
  ASSERT_EQ(late.read({octet, 1}).status, IoStatus::would_block);
  link.far().ending = Ending::finish;
  ASSERT_TRUE(link.until([&] { return late.ready().read; }));
  EXPECT_TRUE(late.wait().read);
  EXPECT_EQ(late.read({octet, 1}).status, IoStatus::closed);
  EXPECT_FALSE(late.wait().read);
  late.abort();
}

TEST_F(LwipNames, StillWaitsWhenALookUpHasFailed) {
  ASSERT_EQ(stream.open(by_name), IoStatus::would_block);
  stack.answer(nullptr);
  EXPECT_TRUE(stream.wait().write && stream.ready().write);
  EXPECT_EQ(stream.progress(0), IoStatus::error);
}

// Twice what both ends have room for.
TEST_F(LwipStream, TakesInWhatThePeerSaysWhileItCloses) {
  link.far().reads = false;
  link.far().to_send = std::string(300000, 'x');
  EXPECT_EQ(write("QUIT\r\n").status, IoStatus::ok);
  static_cast<void>(stream.close());
  EXPECT_TRUE(link.until([this] { return link.far().to_send.empty(); }));
}

TEST_F(LwipStream, TakesNothingWhileThereIsNone) {
  stack.scarcity = 1000;
  EXPECT_EQ(write("EHLO device\r\n").status, IoStatus::would_block);
  EXPECT_TRUE(stream.wait().write);
  stack.scarcity = 0;
  EXPECT_EQ(write("EHLO device\r\n").n, 13U);
  EXPECT_FALSE(stream.wait().write);
}

}  // namespace
}  // namespace mailmote::contract

#endif
