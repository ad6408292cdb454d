// What Auto makes of each failure. What it then tries is in tests/transcripts/auto.md.
#include <gtest/gtest.h>

#include "mailmote/security.hpp"
#include "mailmote/session.hpp"
#include "mailmote/tls.hpp"

namespace mailmote {
namespace {

// A plan, and a session that is lost before the server has said anything.
class Trial {
 public:
  Trial() {
    options.host = "mail.example.com";
    options.security = Security::automatic;
    options.timeouts = &kDeviceTimeouts;
    plan.begin(options);
  }

  // Whether there is another way.
  bool goes_on_after(Status status, const TlsReport& report = {}) {
    EXPECT_EQ(session_.prepare(Operation::connect, nullptr, After::quit), Status::ok);
    session_.restart();
    if (!at_proxy) session_.securing();
    session_.lost(status, 0);
    return plan.failed(session_, report);
  }

  Phase phase() const { return session_.error().phase; }

  Options options;
  AutoSecurity plan;
  bool at_proxy = false;  // it never gets to the server

 private:
  std::uint8_t rx_[256], tx_[256];
  Session session_{options, {rx_, sizeof rx_}, {tx_, sizeof tx_}};
};

TEST(AutoSecurity, TriesNoOtherWayWhereItIsOurSideTheProxyOrAnAttack) {
  for (const Status status :
       {Status::tls_version_unavailable, Status::tls_clock_not_set, Status::tls_no_trust, Status::tls_invalid_ca,
        Status::tls_invalid_key, Status::tls_out_of_memory, Status::tls_invalid_options, Status::no_random_source,
        Status::starttls_injection, Status::invalid_proxy, Status::proxy_unreachable, Status::proxy_auth_required,
        Status::proxy_auth_rejected, Status::proxy_unsupported, Status::proxy_protocol}) {
    Trial trial;
    EXPECT_FALSE(trial.goes_on_after(status));
    EXPECT_EQ(trial.plan.count(), 1U);
    EXPECT_EQ(trial.plan.reason().status, status);
  }
}

TEST(AutoSecurity, TriesTheOtherWayWhereThisOneIsClosed) {
  for (const Status status : {Status::connection_refused, Status::connect_timeout, Status::tls_alert,
                              Status::proxy_refused, Status::proxy_connection_refused}) {
    Trial trial;
    EXPECT_TRUE(trial.goes_on_after(status));
    EXPECT_EQ(trial.plan.route().security, Security::starttls);
    EXPECT_EQ(trial.plan.route().port, kSubmissionPort);
  }
}

TEST(AutoSecurity, TlsToTheProxyIsTheSameForEveryWay) {
  Trial trial;
  trial.at_proxy = true;
  EXPECT_FALSE(trial.goes_on_after(Status::tls_wrong_host));
  EXPECT_EQ(trial.phase(), Phase::proxy);
  Trial server;
  EXPECT_TRUE(server.goes_on_after(Status::tls_wrong_host));
  EXPECT_EQ(server.phase(), Phase::tls);
}

TEST(AutoSecurity, AnAlertShowsThatTheServerHasTls) {
  for (const bool alert : {false, true}) {
    Trial trial;
    trial.options.allow_clear = true;
    TlsReport report;
    report.alert = alert ? 40 : 0;
    EXPECT_TRUE(trial.goes_on_after(Status::connection_closed, report));
    EXPECT_EQ(trial.goes_on_after(Status::connection_refused), !alert);
    EXPECT_EQ(trial.plan.route().security == Security::none, !alert);
  }
}

TEST(AutoSecurity, GivesASilentServerItsWholeTimeInTheEnd) {
  Trial trial;
  EXPECT_EQ(trial.plan.route().greeting, 10000U);
  EXPECT_TRUE(trial.goes_on_after(Status::tls_timeout));
  EXPECT_TRUE(trial.goes_on_after(Status::connection_refused));
  EXPECT_EQ(trial.plan.route().security, Security::implicit);
  EXPECT_EQ(trial.plan.route().greeting, kDeviceTimeouts.greeting);
  EXPECT_FALSE(trial.goes_on_after(Status::tls_timeout));
}

TEST(AutoSecurity, ATrialThatHadTheWholeTimeIsNotRepeated) {
  Trial trial;
  trial.options.greeting_timeout = kDeviceTimeouts.greeting;
  trial.plan.begin(trial.options);
  EXPECT_TRUE(trial.goes_on_after(Status::greeting_timeout));
  EXPECT_FALSE(trial.goes_on_after(Status::greeting_timeout));
}

TEST(AutoSecurity, ATrialWaitsForTheGreetingAsLongAsItIsTold) {
  Trial trial;
  trial.options.greeting_timeout = 3000;
  trial.plan.begin(trial.options);
  EXPECT_EQ(trial.plan.route().greeting, 3000U);
  trial.options.greeting_timeout = kForever;
  trial.plan.begin(trial.options);
  EXPECT_EQ(trial.plan.route().greeting, 10000U);
}

TEST(AutoSecurity, RemembersOnlyAWayWithTls) {
  const struct {
    Security kept, first;
  } kRows[] = {{Security::implicit, Security::implicit},
               {Security::starttls, Security::starttls},
               {Security::none, Security::implicit},
               {Security::starttls_if_offered, Security::implicit}};
  for (const auto& row : kRows) {
    Trial trial;
    trial.plan.remember(static_cast<std::uint8_t>(row.kept));
    trial.plan.begin(trial.options);
    EXPECT_EQ(trial.plan.route().security, row.first);
  }
}

}  // namespace
}  // namespace mailmote
