#ifdef MAILMOTE_HAS_POSIX

#include "mailmote/posix/host_lookup.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <string>

#include "dns_server.hpp"

namespace mailmote::posix {
namespace {

using test::RecordType;

const std::string kName = "mail.example.com";

class PosixHostLookup : public testing::Test {
 protected:
  void SetUp() override {
    if (look_up_blocks()) GTEST_SKIP() << "skipped: this build looks names up with getaddrinfo";
    options.name_servers = dns.address();
  }

  Status look_up(Text host = Text(kName)) {
    const Status status = lookup.start(host);
    return status == Status::ok ? run(lookup) : status;
  }

  test::DnsServer dns;
  TcpOptions options;
  HostLookup lookup{&options};
};

TEST_F(PosixHostLookup, FindsBothFamilies) {
  dns.add(kName, "2001:db8::7");
  dns.add(kName, "192.0.2.7");
  EXPECT_EQ(look_up(), Status::ok);
  EXPECT_EQ(lookup.address(), "192.0.2.7");
  EXPECT_EQ(lookup.address(IpFamily::v6), "2001:db8::7");
}

TEST_F(PosixHostLookup, FindsTheOnlyFamilyThereIs) {
  dns.add(kName, "2001:db8::7");
  EXPECT_EQ(look_up(), Status::ok);
  EXPECT_EQ(lookup.address(), "2001:db8::7");
  EXPECT_EQ(lookup.address(IpFamily::v4), "");
}

TEST_F(PosixHostLookup, LeavesANumberAsItIs) {
  EXPECT_EQ(look_up("192.0.2.9"), Status::ok);
  EXPECT_EQ(lookup.address(), "192.0.2.9");
  EXPECT_TRUE(dns.questions().empty());
}

TEST_F(PosixHostLookup, SaysThatThereIsNoSuchName) {
  EXPECT_EQ(look_up(), Status::name_not_found);
  EXPECT_EQ(lookup.address(), "");
}

TEST_F(PosixHostLookup, TakesWhatHasComeUntilItsDeadline) {
  dns.add(kName, "192.0.2.7");
  dns.answer(kName, RecordType::aaaa).silent = true;
  ASSERT_EQ(lookup.start(Text(kName)), Status::ok);
  while (lookup.address().empty()) {
    ASSERT_EQ(lookup.progress(0), IoStatus::would_block);
    poll(nullptr, 0, 1);
  }
  EXPECT_EQ(lookup.progress(15000), IoStatus::ok);
}

TEST_F(PosixHostLookup, EndsAtItsDeadline) {
  dns.answer(kName, RecordType::a).silent = true;
  ASSERT_EQ(lookup.start(Text(kName)), Status::ok);
  EXPECT_EQ(lookup.progress(0), IoStatus::would_block);
  EXPECT_EQ(lookup.progress(15000), IoStatus::error);
  EXPECT_EQ(lookup.status(), Status::name_lookup_failed);
}

TEST_F(PosixHostLookup, RefusesWhatIsNoName) {
  const std::string long_name(254, 'a');
  EXPECT_EQ(look_up(""), Status::invalid_host);
  EXPECT_EQ(look_up(Text(long_name)), Status::invalid_host);
}

}  // namespace
}  // namespace mailmote::posix

#endif
