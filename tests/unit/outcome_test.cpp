#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

#include "mailmote/message.hpp"

namespace mailmote {
namespace {

Outcome outcome(std::initializer_list<Progress> all) {
  std::vector<Recipient> recipients(all.size());
  std::size_t i = 0;
  for (const Progress progress : all) recipients[i++].result.progress = progress;
  return outcome_of({recipients.data(), recipients.size()});
}

constexpr Progress kAccepted = Progress::accepted;
constexpr Progress kLater = Progress::rejected_temporarily;
constexpr Progress kNever = Progress::rejected_permanently;
constexpr Progress kUnknown = Progress::unknown;
constexpr Progress kUntried = Progress::untried;

TEST(Outcome, OfNobodyIsNotSent) { EXPECT_EQ(outcome({}), Outcome::not_sent); }

TEST(Outcome, IsUnknownWhenAnyRecipientIs) {
  for (const Progress other : {kAccepted, kLater, kNever, kUnknown, kUntried}) {
    EXPECT_EQ(outcome({other, kUnknown}), Outcome::unknown);
    EXPECT_EQ(outcome({kUnknown, other}), Outcome::unknown);
  }
}

TEST(Outcome, IsAcceptedWhenAllAre) {
  EXPECT_EQ(outcome({kAccepted}), Outcome::accepted);
  EXPECT_EQ(outcome({kAccepted, kAccepted}), Outcome::accepted);
}

TEST(Outcome, IsPartlyAcceptedWhenSomeAre) {
  for (const Progress other : {kLater, kNever, kUntried})
    EXPECT_EQ(outcome({kAccepted, other}), Outcome::partly_accepted);
}

TEST(Outcome, IsRejectedWhenNoneIsAcceptedAndOneRefused) {
  EXPECT_EQ(outcome({kLater}), Outcome::rejected);
  EXPECT_EQ(outcome({kNever, kUntried}), Outcome::rejected);
  EXPECT_EQ(outcome({kLater, kNever}), Outcome::rejected);
}

TEST(Outcome, IsNotSentBeforeTheEnd) {
  for (const Progress progress : {kUntried, Progress::asked, Progress::taken, Progress::later}) {
    EXPECT_EQ(outcome({progress}), Outcome::not_sent);
  }
}

}  // namespace
}  // namespace mailmote
