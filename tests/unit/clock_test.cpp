#include "mailmote/clock.hpp"

#include <gtest/gtest.h>

namespace mailmote {
namespace {

constexpr Millis kMoments[] = {0, 1, 999, 1000, 0x7fffffff, 0x80000000, 0xfffffc17, 0xfffffc19, 0xffffffff};

TEST(Deadline, ExpiresAtItsMomentAndNotBefore) {
  for (const Millis begin : kMoments) {
    Deadline deadline;
    deadline.set(begin, 1000);
    EXPECT_FALSE(deadline.expired(begin)) << begin;
    EXPECT_FALSE(deadline.expired(begin + 999)) << begin;
    EXPECT_TRUE(deadline.expired(begin + 1000)) << begin;
    EXPECT_TRUE(deadline.expired(begin + 1001)) << begin;
  }
}

// The moment 0 must not mean "not armed": such a deadline comes a millisecond early, and no earlier.
TEST(Deadline, ExpiresAMillisecondBeforeTheMomentZero) {
  Deadline deadline;
  deadline.set(0xfffffc18, 1000);
  EXPECT_TRUE(deadline.armed());
  EXPECT_EQ(deadline.left(0xfffffffe), 1U);
  EXPECT_FALSE(deadline.expired(0xfffffffe));
  EXPECT_TRUE(deadline.expired(0xffffffff));
  EXPECT_TRUE(deadline.expired(0));
}

TEST(Deadline, SaysWhatIsLeft) {
  for (const Millis begin : kMoments) {
    Deadline deadline;
    deadline.set(begin, 1000);
    EXPECT_EQ(deadline.left(begin), 1000U);
    EXPECT_EQ(deadline.left(begin + 999), 1U);
    EXPECT_EQ(deadline.left(begin + 1000), 0U);
    EXPECT_EQ(deadline.left(begin + 5000), 0U);
  }
}

TEST(Deadline, MeasuresTheLongestTimeout) {
  for (const Millis begin : kMoments) {
    Deadline deadline;
    deadline.set(begin, kMaxTimeout);
    EXPECT_FALSE(deadline.expired(begin)) << begin;
    EXPECT_FALSE(deadline.expired(begin + (kMaxTimeout - 1))) << begin;
    EXPECT_TRUE(deadline.expired(begin + kMaxTimeout)) << begin;
  }
}

TEST(Deadline, NotArmedNeverExpires) {
  Deadline never;
  Deadline cleared;
  cleared.set(5, 1);
  cleared.clear();
  Deadline forever;
  forever.set(5, kForever);
  for (const Deadline& deadline : {never, cleared, forever}) {
    EXPECT_FALSE(deadline.armed());
    for (const Millis now : kMoments) {
      EXPECT_FALSE(deadline.expired(now));
      EXPECT_EQ(deadline.left(now), kForever);
    }
  }
}

}  // namespace
}  // namespace mailmote
