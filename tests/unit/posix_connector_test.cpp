// Names, and addresses that race: against a name server and listeners on the loopback interface. Where it says so, time is
// what the test says it is; the name server and the kernel keep their own.
#ifdef MAILMOTE_HAS_POSIX

#include <errno.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <list>
#include <string>

#include "dns_server.hpp"
#include "loopback.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"

namespace mailmote::posix {
namespace {

using test::DeadEnd;
using test::DnsServer;
using test::Listener;
using test::LoopbackSocket;
using test::RecordType;

const std::string kName = "mail.example.com";

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

class PosixNames : public testing::Test {
 protected:
  void SetUp() override {
    if (look_up_blocks()) GTEST_SKIP() << "skipped: this build looks names up with getaddrinfo";
    ASSERT_TRUE(listener.bound());
    options.name_servers = dns.address();
  }

  IoStatus begin(const std::string& name = kName) { return stream.open({Text(name), listener.port()}); }

  /// Sleeps as long as it may, as a select loop does.
  IoStatus finish(IoStatus status) {
    while (status == IoStatus::would_block) {
      if (!stream.wait().again && !sleep()) {
        ADD_FAILURE() << "nothing happens";
        return status;
      }
      status = stream.progress(now());
    }
    return status;
  }
  IoStatus open(const std::string& name = kName) { return finish(begin(name)); }

  /// False: ten seconds have passed, and nobody had said that it would take so long.
  bool sleep() {
    const Interest interest = stream.wait();
    const bool limited = interest.timeout != Interest::kNoLimit;
    pollfd list[TcpStream::kMaxDescriptors];
    const unsigned count = stream.descriptors({kForever, interest.read, interest.write}, list);
    const int ready = poll(list, count, limited ? static_cast<int>(interest.timeout) : 10000);
    if (ready > 0) stream.ready(list, count);
    return ready > 0 || limited;
  }

  /// Asks at `time` until that is true, for it takes a while until the name server has spoken.
  bool until(Millis time, const std::function<bool()>& condition) {
    const Millis start = now();
    while (!condition()) {
      if (now() - start > 10000) return false;
      static_cast<void>(stream.progress(time));
      poll(nullptr, 0, 1);
    }
    return true;
  }

  std::size_t count(const std::string& question) {
    const auto all = dns.questions();
    return static_cast<std::size_t>(std::count(all.begin(), all.end(), question));
  }

  void expect_error(Status status) {
    EXPECT_EQ(open(), IoStatus::error);
    EXPECT_EQ(stream.status(), status);
  }

  Listener listener{"127.0.0.1"};
  DnsServer dns;
  TcpOptions options;
  TcpStream stream{options};
};

TEST_F(PosixNames, FindsAnAddress) {
  dns.add(kName, "127.0.0.1");
  ASSERT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(stream.remote().address.octets[3], 1);
  EXPECT_EQ(stream.remote().port, listener.port());
  EXPECT_EQ(stream.status(), Status::ok);
}

TEST_F(PosixNames, AsksForBothFamiliesSideBySide) {
  dns.answer(kName, RecordType::a).silent = true;
  dns.answer(kName, RecordType::aaaa).silent = true;
  ASSERT_EQ(begin(), IoStatus::would_block);
  EXPECT_TRUE(until(0, [this] { return count("A " + kName) == 1 && count("AAAA " + kName) == 1; }));
}

TEST_F(PosixNames, NeverLooksUpANumber) {
  EXPECT_EQ(open("127.0.0.1"), IoStatus::ok);
  EXPECT_EQ(open("::1"), IoStatus::error) << "nothing listens there";
  EXPECT_TRUE(dns.questions().empty());
}

TEST_F(PosixNames, ReadsTheHostsFileFirst) {
  EXPECT_EQ(open("localhost"), IoStatus::ok);
  EXPECT_TRUE(dns.questions().empty());
}

TEST_F(PosixNames, SaysThatThereIsNoSuchName) {
  expect_error(Status::name_not_found);
  EXPECT_NE(stream.native(), 0);
}

TEST_F(PosixNames, SaysThatTheNameHasNoAddress) {
  dns.answer(kName, RecordType::srv);
  expect_error(Status::name_not_found);
}

TEST_F(PosixNames, SaysThatTheNameServerFailed) {
  dns.answer(kName, RecordType::a).code = 2;
  dns.answer(kName, RecordType::aaaa).code = 2;
  expect_error(Status::name_lookup_failed);
  EXPECT_NE(stream.native(), 0);
}

TEST_F(PosixNames, SaysThatItFailedEvenWhenTheOtherFamilyIsMissing) {
  dns.answer(kName, RecordType::a).code = 2;
  dns.answer(kName, RecordType::aaaa).delay_ms = 200;  // the last word is "no such record"
  expect_error(Status::name_lookup_failed);
}

TEST_F(PosixNames, SaysThatNoNameServerIsThere) {
  const LoopbackSocket nobody("127.0.0.1");
  const std::string address = "127.0.0.1:" + std::to_string(nobody.port());
  options.name_servers = address.c_str();
  expect_error(Status::name_lookup_failed);
}

TEST_F(PosixNames, IsContentWithOneFamilyWhenTheOtherFails) {
  dns.add(kName, "127.0.0.1");
  dns.answer(kName, RecordType::aaaa).code = 2;
  EXPECT_EQ(open(), IoStatus::ok);
}

TEST_F(PosixNames, AsksAgainByTcpWhenTheAnswerIsCut) {
  for (int i = 1; i <= 40; ++i) dns.add(kName, "127.0.0." + std::to_string(i));
  dns.answer(kName, RecordType::a).truncated = true;
  EXPECT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(count("TCP A " + kName), 1U);
}

TEST_F(PosixNames, FollowsAliases) {
  for (const RecordType type : {RecordType::a, RecordType::aaaa}) {
    dns.answer(kName, type).aliases = {"a.example.net", "b.example.org", "c.example.org"};
  }
  dns.add(kName, "127.0.0.1");
  EXPECT_EQ(open(), IoStatus::ok);
}

TEST_F(PosixNames, LooksInTheSearchDomainsForANameWithoutADot) {
  setenv("LOCALDOMAIN", "corp.example", 1);
  dns.add("mail.corp.example", "127.0.0.1");
  EXPECT_EQ(open("mail"), IoStatus::ok);
  EXPECT_EQ(count("AAAA mail.corp.example"), 1U);
  unsetenv("LOCALDOMAIN");
}

TEST_F(PosixNames, NeverLooksThereForAnyOtherName) {
  setenv("LOCALDOMAIN", "corp.example", 1);
  dns.add(kName, "127.0.0.1");
  dns.add(kName + ".corp.example", "::1");
  ASSERT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(stream.remote().address.family, IpFamily::v4);
  EXPECT_EQ(count("AAAA " + kName + ".corp.example"), 0U) << "somebody else may own that name";
  unsetenv("LOCALDOMAIN");
}

TEST_F(PosixNames, TakesANameWithItsLastDot) {
  dns.add(kName, "127.0.0.1");
  EXPECT_EQ(open(kName + "."), IoStatus::ok);
}

TEST_F(PosixNames, BearsTheLongestName) {
  std::string name;
  while (name.size() < 253) name += std::string(62, 'a') + ".";
  name.resize(253);
  EXPECT_EQ(open(name), IoStatus::error);
  EXPECT_EQ(stream.status(), Status::name_not_found);
}

TEST_F(PosixNames, PrefersIPv6) {
  const Listener other("::1", listener.port());
  if (!other.bound()) GTEST_SKIP() << "skipped: this machine has no ::1 at that port";
  dns.add(kName, "127.0.0.1");
  dns.add(kName, "::1");
  ASSERT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(stream.remote().address.family, IpFamily::v6);
}

TEST_F(PosixNames, WaitsForIPv6ButNotLong) {
  dns.add(kName, "127.0.0.1");
  dns.answer(kName, RecordType::aaaa).silent = true;
  ASSERT_EQ(begin(), IoStatus::would_block);
  ASSERT_TRUE(until(1000, [this] { return stream.wait().timeout == 50; }));
  EXPECT_EQ(stream.progress(1049), IoStatus::would_block);
  EXPECT_EQ(stream.fd(), -1);
  static_cast<void>(stream.progress(1050));
  EXPECT_GE(stream.fd(), 0);
}

TEST_F(PosixNames, TakesIPv6ThatComesWithinThatTime) {
  const Listener other("::1", listener.port());
  if (!other.bound()) GTEST_SKIP() << "skipped: this machine has no ::1 at that port";
  dns.add(kName, "127.0.0.1");
  dns.add(kName, "::1");
  dns.answer(kName, RecordType::aaaa).delay_ms = 100;
  ASSERT_EQ(begin(), IoStatus::would_block);
  ASSERT_TRUE(until(1000, [this] { return stream.remote().address.family != IpFamily::none; }));
  EXPECT_EQ(stream.remote().address.family, IpFamily::v6) << "though A was there 100 ms before";
}

TEST_F(PosixNames, GoesOnWithTheNextAddressWhenOneRefuses) {
  for (int i = 16; i >= 1; --i) dns.add(kName, "127.0.0." + std::to_string(i));
  ASSERT_EQ(begin(), IoStatus::would_block);
  EXPECT_TRUE(until(0, [this] { return stream.remote().address.family != IpFamily::none; })) << "no time has passed";
  EXPECT_EQ(stream.remote().address.octets[3], 1);
}

TEST_F(PosixNames, SaysThatAnAddressRefusedThoughAnotherOneIsOutOfReach) {
  dns.add(kName, "255.255.255.255");
  dns.add(kName, "127.0.0.2");
  expect_error(Status::connection_refused);
  EXPECT_EQ(stream.native(), ECONNREFUSED);
}

TEST_F(PosixNames, SaysThatNoAddressIsInReach) {
  dns.add(kName, "255.255.255.255");
  expect_error(Status::unreachable);
  EXPECT_EQ(stream.native(), ENETUNREACH);
}

TEST_F(PosixNames, LeavesNothingBehindWhenAborted) {
  const std::size_t before = open_descriptors();
  dns.answer(kName, RecordType::a).silent = true;
  ASSERT_EQ(begin(), IoStatus::would_block);
  ASSERT_TRUE(until(0, [this] { return !dns.questions().empty(); }));
  pollfd list[TcpStream::kMaxDescriptors];
  EXPECT_GT(stream.descriptors({kForever, true, true}, list), 0U);
  stream.abort();
  EXPECT_EQ(stream.descriptors({kForever, true, true}, list), 0U);
  EXPECT_EQ(open_descriptors(), before);
  EXPECT_EQ(open("127.0.0.1"), IoStatus::ok) << "it can be used again";
}

TEST_F(PosixNames, SaysWhenTheDescriptorsAreOthers) {
  dns.add(kName, "127.0.0.1");
  const unsigned closed = stream.generation();
  ASSERT_EQ(begin(), IoStatus::would_block);
  const unsigned asking = stream.generation();
  EXPECT_NE(asking, closed);
  ASSERT_EQ(finish(IoStatus::would_block), IoStatus::ok);
  EXPECT_NE(stream.generation(), asking);
}

TEST_F(PosixNames, ObeysTheClientsDeadline) {
  dns.answer(kName, RecordType::a).silent = true;
  Timeouts timeouts = kDeviceTimeouts;
  timeouts.connect = 120;
  Options mail_options;
  mail_options.host = Text(kName);
  mail_options.security = Security::none;
  mail_options.timeouts = &timeouts;
  ClientBuffer<512, 512> windows;
  Client client(stream, mail_options, windows.rx(), windows.tx());
  const Millis start = now();
  ASSERT_EQ(client.connect(), Status::ok);
  run(client, stream);
  EXPECT_EQ(client.error().status, Status::connect_timeout);
  EXPECT_EQ(client.error().phase, Phase::connect);
  EXPECT_GE(now() - start, 120U);
  EXPECT_LT(now() - start, 5000U);
}

// Addresses that do not answer.
class PosixRace : public PosixNames {
 protected:
  void add_dead(int first, int last) {
    for (int i = first; i <= last; ++i) {
      const std::string address = "127.0.0." + std::to_string(i);
      dead_ends.emplace_back(address, listener.port());
      if (!dead_ends.back().dead()) GTEST_SKIP() << "skipped: this kernel answers for a listener whose queue is full";
      dns.add(kName, address);
    }
  }

  bool await_first_attempt() {
    return begin() == IoStatus::would_block && until(0, [this] { return stream.fd() >= 0; });
  }

  unsigned count_sockets() {
    pollfd list[TcpStream::kMaxDescriptors];
    return stream.descriptors({kForever, true, true}, list);
  }

  std::list<DeadEnd> dead_ends;
};

TEST_F(PosixRace, TakesALittleLongerWithADeadFirstAddress) {
  ASSERT_NO_FATAL_FAILURE(add_dead(2, 2));
  dns.add(kName, "127.0.0.1");
  dns.add("alive.example.com", "127.0.0.1");
  const Millis start = now();
  ASSERT_EQ(open("alive.example.com"), IoStatus::ok);
  const Millis alive = now() - start;
  ASSERT_EQ(open(), IoStatus::ok);
  const Millis total = now() - start - alive;
  std::printf("connected after %u ms, and after %u ms when the first of two addresses is dead\n", alive, total);
  EXPECT_LT(total, 5000U);
}

TEST_F(PosixRace, TriesTheSecondAddressAfterAQuarterOfASecond) {
  ASSERT_NO_FATAL_FAILURE(add_dead(2, 3));
  ASSERT_TRUE(await_first_attempt());
  ASSERT_TRUE(until(0, [this] { return stream.wait().timeout == 250; }));
  static_cast<void>(stream.progress(249));
  EXPECT_EQ(count_sockets(), 1U);
  static_cast<void>(stream.progress(250));
  EXPECT_EQ(count_sockets(), 2U);
}

TEST_F(PosixRace, GivesTheLastTwoAllTheTimeThereIs) {
  ASSERT_NO_FATAL_FAILURE(add_dead(2, 3));
  ASSERT_TRUE(await_first_attempt());
  static_cast<void>(stream.progress(250));
  EXPECT_EQ(stream.wait().timeout, Interest::kNoLimit);
  const unsigned generation = stream.generation();
  static_cast<void>(stream.progress(60000));
  EXPECT_EQ(stream.generation(), generation);
}

TEST_F(PosixRace, NeverHasMoreThanTwoSockets) {
  ASSERT_NO_FATAL_FAILURE(add_dead(2, 8));
  ASSERT_TRUE(await_first_attempt());
  for (Millis time = 250; time < 250 * 7; time += 250) {
    static_cast<void>(stream.progress(time));
    EXPECT_EQ(count_sockets(), 2U);
  }
}

TEST_F(PosixRace, FindsTheOneOfSixteenThatAnswers) {
  ASSERT_NO_FATAL_FAILURE(add_dead(2, 16));
  dns.add(kName, "127.0.0.1");
  ASSERT_TRUE(await_first_attempt());
  for (Millis time = 250; time < 250 * 15; time += 250) ASSERT_EQ(stream.progress(time), IoStatus::would_block);
  ASSERT_TRUE(until(250 * 15, [this] { return stream.remote().address.family != IpFamily::none; }));
  EXPECT_EQ(stream.remote().address.octets[3], 1);
}

TEST_F(PosixRace, GivesAllAnotherTurnThatIsLonger) {
  ASSERT_NO_FATAL_FAILURE(add_dead(2, 4));
  ASSERT_TRUE(await_first_attempt());
  Millis time = 0;
  std::string pauses;
  while (stream.wait().timeout != Interest::kNoLimit) {
    pauses += std::to_string(stream.wait().timeout) + " ";
    time += stream.wait().timeout;
    ASSERT_EQ(stream.progress(time), IoStatus::would_block);
  }
  EXPECT_EQ(pauses, "250 250 250 500 1000 ") << "three addresses, two of which are always on their way";
  EXPECT_EQ(count_sockets(), 2U);
}

TEST_F(PosixRace, ClosesTheLoser) {
  ASSERT_NO_FATAL_FAILURE(add_dead(2, 2));
  dns.add(kName, "127.0.0.1");
  const std::size_t before = open_descriptors();
  ASSERT_EQ(open(), IoStatus::ok);
  EXPECT_EQ(open_descriptors(), before + 1);
}

}  // namespace
}  // namespace mailmote::posix

#endif
