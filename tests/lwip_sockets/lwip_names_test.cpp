// Names on lwIP's sockets: asked for and answered in lwIP's thread, while this one goes on.
extern "C" {
#include <lwip/sockets.h>
#include <lwip/tcpip.h>
}

#include <gtest/gtest.h>

#include <array>
#include <future>

#include "lwip_sockets/os_peer.hpp"
#include "lwip_sockets/resolver.hpp"
#include "mailmote/posix/tcp_options.hpp"
#include "mailmote/posix/tcp_stream.hpp"

namespace mailmote::contract {
namespace {

class LwipNames : public testing::Test {
 protected:
  IoStatus open(posix::TcpStream& one, const char* host) { return one.open({host, peer.listening().port}); }

  bool is_asked(const char* host, std::size_t waiting) {
    return open(stream, host) == IoStatus::would_block && peer.until([&] { return Resolver::waiting() == waiting; });
  }

  /// Goes on until it knows.
  IoStatus outcome() {
    IoStatus status = IoStatus::would_block;
    peer.until([&] { return (status = stream.progress(peer.now())) != IoStatus::would_block; });
    return status;
  }

  void TearDown() override { stream.abort(); }

  OsPeer peer{AF_INET};
  posix::TcpStream stream;
};

TEST_F(LwipNames, DoNotBlock) { EXPECT_FALSE(posix::look_up_blocks()); }

TEST_F(LwipNames, AreKnownAtOnce) {
  EXPECT_EQ(open(stream, "known.name"), IoStatus::would_block);
  EXPECT_EQ(outcome(), IoStatus::ok);
}

TEST_F(LwipNames, ComeWhileTheCallerGoesOn) {
  ASSERT_TRUE(is_asked("late.name", 1));
  EXPECT_EQ(stream.progress(peer.now()), IoStatus::would_block);
  EXPECT_LE(stream.wait().timeout, 20U);
  Resolver::answer("late.name", "10.0.0.1");
  EXPECT_EQ(outcome(), IoStatus::ok);
}

TEST_F(LwipNames, MayNotExist) {
  ASSERT_TRUE(is_asked("late.name", 1));
  Resolver::answer("late.name", nullptr);
  EXPECT_EQ(outcome(), IoStatus::error);
  EXPECT_EQ(stream.status(), Status::name_lookup_failed);
  EXPECT_NE(stream.native(), 0);
}

TEST_F(LwipNames, GiveSixteenOctetsToo) {
  OsPeer v6{AF_INET6};
  ASSERT_EQ(stream.open({"late.name", v6.listening().port}), IoStatus::would_block);
  ASSERT_TRUE(v6.until([&] { return Resolver::waiting() == 1; }));
  Resolver::answer("late.name", "fd00::1");
  EXPECT_EQ(outcome(), IoStatus::ok);
}

TEST_F(LwipNames, OfBeforeDisturbNobody) {
  ASSERT_TRUE(is_asked("late.first", 1));
  stream.abort();
  ASSERT_TRUE(is_asked("late.second", 2));
  Resolver::answer("late.first", nullptr);
  EXPECT_EQ(stream.progress(peer.now()), IoStatus::would_block);
  Resolver::answer("late.second", "10.0.0.1");
  EXPECT_EQ(outcome(), IoStatus::ok);
}

TEST_F(LwipNames, AreLookedUpFourAtATime) {
  std::array<posix::TcpStream, 4> others;
  for (posix::TcpStream& other : others) ASSERT_EQ(open(other, "late.name"), IoStatus::would_block);
  ASSERT_TRUE(peer.until([&] { return Resolver::waiting() == 4; }));
  EXPECT_EQ(open(stream, "late.name"), IoStatus::error);
  EXPECT_EQ(stream.status(), Status::name_lookup_failed);
  for (posix::TcpStream& other : others) other.abort();
  EXPECT_EQ(open(stream, "known.name"), IoStatus::would_block);
  EXPECT_EQ(outcome(), IoStatus::ok);
  for (std::size_t i = 0; i < others.size(); ++i) Resolver::answer("late.name", nullptr);
}

// lwIP's thread stands still and its mailbox is full.
TEST_F(LwipNames, WaitUntilLwipTakesTheQuestion) {
  std::promise<void> begun, end;
  std::pair<std::promise<void>*, std::promise<void>*> both(&begun, &end);
  const auto stand_still = [](void* context) {
    const auto& [begin, until] = *static_cast<decltype(both)*>(context);
    begin->set_value();
    until->get_future().wait();
  };
  ASSERT_EQ(tcpip_callback(stand_still, &both), ERR_OK);
  begun.get_future().wait();
  while (tcpip_try_callback([](void*) {}, nullptr) == ERR_OK) {
  }
  EXPECT_EQ(open(stream, "known.name"), IoStatus::would_block);
  EXPECT_EQ(stream.progress(1), IoStatus::would_block);
  end.set_value();
  EXPECT_EQ(outcome(), IoStatus::ok);
}

}  // namespace
}  // namespace mailmote::contract
