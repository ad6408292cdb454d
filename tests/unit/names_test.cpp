#include <gtest/gtest.h>

#include <set>
#include <string>

#include "mailmote/status.hpp"

namespace mailmote {
namespace {

TEST(Names, EachStatusHasANameOfItsOwn) {
  std::set<std::string> names;
  for (unsigned value = 0; value < 256; ++value) {
    const std::string found(name(static_cast<Status>(value)));
    if (found != "undefined") names.insert(found);
  }
  EXPECT_EQ(names.size(), kStatusCount);
}

TEST(Names, AreTheIdentifiers) {
  EXPECT_EQ(name(Status::ok), "ok");
  EXPECT_EQ(name(Status::recipients_rejected), "recipients_rejected");
  EXPECT_EQ(name(Status::name_not_found), "name_not_found");
  EXPECT_EQ(name(Status::too_many_recipients), "too_many_recipients");
  EXPECT_EQ(name(static_cast<Status>(255)), "undefined");
}

TEST(Names, OfPhasesFollowTheirNumbers) {
  EXPECT_EQ(name(Phase::idle), "idle");
  EXPECT_EQ(name(Phase::connect), "connect");
  EXPECT_EQ(name(Phase::greeting), "greeting");
  EXPECT_EQ(name(Phase::ehlo), "ehlo");
  EXPECT_EQ(name(Phase::helo), "helo");
  EXPECT_EQ(name(Phase::measure), "measure");
  EXPECT_EQ(name(Phase::rset), "rset");
  EXPECT_EQ(name(Phase::mail), "mail");
  EXPECT_EQ(name(Phase::rcpt), "rcpt");
  EXPECT_EQ(name(Phase::data), "data");
  EXPECT_EQ(name(Phase::content), "content");
  EXPECT_EQ(name(Phase::bdat), "bdat");
  EXPECT_EQ(name(Phase::noop), "noop");
  EXPECT_EQ(name(Phase::quit), "quit");
}

TEST(Names, OfOutcomesFollowTheirNumbers) {
  EXPECT_EQ(name(Outcome::not_sent), "not_sent");
  EXPECT_EQ(name(Outcome::accepted), "accepted");
  EXPECT_EQ(name(Outcome::partly_accepted), "partly_accepted");
  EXPECT_EQ(name(Outcome::rejected), "rejected");
  EXPECT_EQ(name(Outcome::unknown), "unknown");
}

TEST(Names, OfRecipientOutcomesFollowTheirNumbers) {
  EXPECT_EQ(name(RecipientOutcome::not_sent), "not_sent");
  EXPECT_EQ(name(RecipientOutcome::accepted), "accepted");
  EXPECT_EQ(name(RecipientOutcome::rejected_temporarily), "rejected_temporarily");
  EXPECT_EQ(name(RecipientOutcome::rejected_permanently), "rejected_permanently");
  EXPECT_EQ(name(RecipientOutcome::unknown), "unknown");
}

TEST(Names, OfAdviceFollowTheirNumbers) {
  EXPECT_EQ(name(Advice::done), "done");
  EXPECT_EQ(name(Advice::retry_later), "retry_later");
  EXPECT_EQ(name(Advice::retry_elsewhere), "retry_elsewhere");
  EXPECT_EQ(name(Advice::fix_configuration), "fix_configuration");
  EXPECT_EQ(name(Advice::never), "never");
}

}  // namespace
}  // namespace mailmote
