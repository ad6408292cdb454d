#ifdef MAILMOTE_HAS_POSIX

#include "mailmote/posix/discovery.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <map>
#include <string>

#include "dns_server.hpp"
#include "mailmote/posix/waiter.hpp"

namespace mailmote::posix {
namespace {

using test::DnsServer;
using test::RecordType;

const std::string kImplicit = "_submissions._tcp.example.org";
const std::string kStarttls = "_submission._tcp.example.org";

class PosixDiscovery : public testing::Test {
 protected:
  void SetUp() override {
    if (look_up_blocks()) GTEST_SKIP() << "skipped: this build asks the system's name servers only";
    options.name_servers = dns.address();
  }

  Status discover(Text address = "user@example.org") {
    const Status status = discovery.start(address);
    return status == Status::ok ? run(discovery) : status;
  }

  std::string found() const {
    std::string all;
    for (unsigned i = 0; i < discovery.count(); ++i) {
      const SubmissionServer& one = discovery[i];
      all += std::string(one.host) + ":" + std::to_string(one.port);
      all += one.security == Security::implicit ? " implicit" : " starttls";
      all += one.outside ? " outside, " : ", ";
    }
    return all;
  }

  DnsServer dns;
  TcpOptions options;
  Discovery discovery{&options};
};

TEST_F(PosixDiscovery, FindsTheServerForImplicitTls) {
  dns.add_service(kImplicit, 0, 1, 465, "mail.example.org");
  dns.add_service(kStarttls, 0, 1, 587, "mail.example.org");
  EXPECT_EQ(discover(), Status::ok);
  EXPECT_EQ(found(), "mail.example.org:465 implicit, ");
  EXPECT_EQ(dns.questions().size(), 1U) << "what is found first is best";
}

TEST_F(PosixDiscovery, FindsTheServerForStarttlsElse) {
  dns.add_service(kStarttls, 0, 1, 5870, "mail.example.org");
  EXPECT_EQ(discover(), Status::ok);
  EXPECT_EQ(found(), "mail.example.org:5870 starttls, ");
}

TEST_F(PosixDiscovery, TakesADomainToo) {
  dns.add_service(kImplicit, 0, 1, 465, "mail.example.org");
  EXPECT_EQ(discover("example.org."), Status::ok);
  EXPECT_EQ(discovery.domain(), "example.org");
}

TEST_F(PosixDiscovery, BelievesADomainThatDeclines) {
  dns.add_service(kImplicit, 0, 0, 0, "");
  dns.add_service(kStarttls, 0, 0, 0, "");
  EXPECT_EQ(discover(), Status::name_not_found);
  EXPECT_TRUE(discovery.declined());
  EXPECT_EQ(found(), "");
}

TEST_F(PosixDiscovery, AsksForStarttlsWhereImplicitTlsIsDeclined) {
  dns.add_service(kImplicit, 0, 0, 0, "");
  dns.add_service(kStarttls, 0, 1, 587, "mail.example.org");
  EXPECT_EQ(discover(), Status::ok);
  EXPECT_EQ(found(), "mail.example.org:587 starttls, ");
}

TEST_F(PosixDiscovery, SaysThatTheDomainNamesNone) {
  EXPECT_EQ(discover(), Status::name_not_found);
  EXPECT_FALSE(discovery.declined());
}

TEST_F(PosixDiscovery, DoesNotTakeAFailureForNone) {
  dns.answer(kImplicit, RecordType::srv).code = 2;
  dns.add_service(kStarttls, 0, 1, 587, "mail.example.org");
  EXPECT_EQ(discover(), Status::name_lookup_failed);
  EXPECT_EQ(found(), "");
}

TEST_F(PosixDiscovery, EndsAtItsDeadline) {
  dns.answer(kImplicit, RecordType::srv).silent = true;
  ASSERT_EQ(discovery.start("example.org"), Status::ok);
  EXPECT_EQ(discovery.progress(100), IoStatus::would_block);
  EXPECT_LE(discovery.wait().timeout, 15000U);
  EXPECT_EQ(discovery.progress(15099), IoStatus::would_block);
  EXPECT_EQ(discovery.progress(15100), IoStatus::error);
  EXPECT_EQ(discovery.status(), Status::name_lookup_failed);
}

TEST_F(PosixDiscovery, CanBeCancelledAndBegunAgain) {
  dns.answer(kImplicit, RecordType::srv).silent = true;
  ASSERT_EQ(discovery.start("example.org"), Status::ok);
  EXPECT_EQ(discovery.progress(now()), IoStatus::would_block);
  pollfd list[Discovery::kMaxDescriptors];
  EXPECT_GT(discovery.descriptors(list), 0U);
  discovery.cancel();
  EXPECT_EQ(discovery.descriptors(list), 0U);
  dns.add_service("_submissions._tcp.example.com", 0, 1, 465, "mail.example.com");
  EXPECT_EQ(discover("example.com"), Status::ok);
}

TEST_F(PosixDiscovery, OrdersByPriority) {
  dns.add_service(kImplicit, 20, 1, 465, "c.example.org");
  dns.add_service(kImplicit, 0, 1, 465, "a.example.org");
  dns.add_service(kImplicit, 10, 1, 465, "b.example.org");
  EXPECT_EQ(discover(), Status::ok);
  EXPECT_EQ(found(), "a.example.org:465 implicit, b.example.org:465 implicit, c.example.org:465 implicit, ");
}

TEST_F(PosixDiscovery, DrawsByWeight) {
  dns.add_service(kImplicit, 5, 0, 465, "never.example.org");
  dns.add_service(kImplicit, 5, 3, 465, "often.example.org");
  dns.add_service(kImplicit, 5, 1, 465, "rarely.example.org");
  std::map<std::string, int> first;
  for (int i = 0; i < 400; ++i) {
    ASSERT_EQ(discover(), Status::ok);
    ++first[discovery[0].host];
  }
  EXPECT_EQ(first["never.example.org"], 0);
  EXPECT_GT(first["often.example.org"], 230) << "300 are expected; 230 is 8 times the deviation";
  EXPECT_GT(first["rarely.example.org"], 30);
}

TEST_F(PosixDiscovery, MarksAHostOutsideOfTheDomain) {
  dns.add_service(kImplicit, 0, 1, 465, "Mail.EXAMPLE.org");
  dns.add_service(kImplicit, 1, 1, 465, "example.org");
  dns.add_service(kImplicit, 2, 1, 465, "badexample.org");
  dns.add_service(kImplicit, 3, 1, 465, "example.org.evil.test");
  EXPECT_EQ(discover(), Status::ok);
  EXPECT_EQ(found(),
            "Mail.EXAMPLE.org:465 implicit, example.org:465 implicit, badexample.org:465 implicit outside, "
            "example.org.evil.test:465 implicit outside, ");
}

TEST_F(PosixDiscovery, IgnoresWhatIsNoHostName) {
  dns.add_service(kImplicit, 0, 1, 465, "a\nb.example.org");
  dns.add_service(kImplicit, 1, 1, 465, "a b.example.org");
  dns.add_service(kImplicit, 2, 1, 0, "port.example.org");
  dns.add_service(kImplicit, 3, 1, 465, "mail.example.org");
  EXPECT_EQ(discover(), Status::ok);
  EXPECT_EQ(found(), "mail.example.org:465 implicit, ");
}

TEST_F(PosixDiscovery, HoldsEight) {
  for (unsigned i = 0; i < 12; ++i) dns.add_service(kImplicit, i, 1, 465, "mail.example.org");
  EXPECT_EQ(discover(), Status::ok);
  EXPECT_EQ(discovery.count(), 8U);
}

TEST_F(PosixDiscovery, RefusesWhatIsNoDomain) {
  const std::string long_domain(240, 'a');
  for (const Text address : {Text(""), Text("user@"), Text("user@exam ple.org"), Text("user@ex\u00e4mple.org"), Text(long_domain)}) {
    EXPECT_EQ(discover(address), Status::invalid_host) << address;
  }
  EXPECT_TRUE(dns.questions().empty());
}

}  // namespace
}  // namespace mailmote::posix

#endif
