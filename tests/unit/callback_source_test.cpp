#include <gtest/gtest.h>

#include <cstring>

#include "mailmote/sources.hpp"
#include "support/content.hpp"

namespace mailmote {
namespace {

struct Counter {
  int left = 3;
  bool stuck = false;
};

ReadResult count(void* context, MutableBytes into) {
  Counter& counter = *static_cast<Counter*>(context);
  std::memcpy(into.data, "x\n", 2);
  return {--counter.left == 0 ? ReadStatus::end : ReadStatus::ok, 2};
}

bool again(void* context) {
  Counter& counter = *static_cast<Counter*>(context);
  counter.left = 3;
  return !counter.stuck;
}

TEST(CallbackSource, StartsOnceWithoutAFunctionThatRewinds) {
  Counter counter;
  CallbackSource source(count, &counter);
  ContentPlan plan;
  ASSERT_EQ(source.start(Offer(), plan), Status::ok);
  EXPECT_FALSE(plan.rewindable || plan.length_known || plan.eight_bit);
  ASSERT_EQ(source.start(Offer(), plan), Status::ok);  // nothing was read yet
  EXPECT_EQ(test::read_all(source, 16), "x\nx\nx\n");
  EXPECT_EQ(source.start(Offer(), plan), Status::source_not_rewindable);
}

TEST(CallbackSource, StartsAgainWithOne) {
  Counter counter;
  CallbackSource source(count, &counter, again);
  source.length = 6;
  source.length_known = source.eight_bit = true;
  for (int i = 0; i < 2; ++i) {
    ContentPlan plan;
    ASSERT_EQ(source.start(Offer(), plan), Status::ok);
    EXPECT_TRUE(plan.rewindable && plan.length_known && plan.eight_bit);
    EXPECT_EQ(plan.length, 6U);
    EXPECT_EQ(test::read_all(source, 16), "x\nx\nx\n");
  }
  counter.stuck = true;
  ContentPlan plan;
  EXPECT_EQ(source.start(Offer(), plan), Status::source_failed);
}

// What a function claims against the contract of a source must not reach the mail.
TEST(CallbackSource, IsBrokenWhenItClaimsNothingOrMoreThanTheWindow) {
  ReadResult claim(ReadStatus::end, 0);
  const auto lie = [](void* context, MutableBytes) { return *static_cast<ReadResult*>(context); };
  CallbackSource source(lie, &claim);
  std::uint8_t window[16];
  const auto read = [&](ReadStatus status, std::size_t n) {
    claim = ReadResult(status, n);
    return source.read({window, sizeof window}).status;
  };
  EXPECT_EQ(read(ReadStatus::ok, 16), ReadStatus::ok);
  EXPECT_EQ(read(ReadStatus::ok, 17), ReadStatus::error);
  EXPECT_EQ(read(ReadStatus::ok, 0), ReadStatus::error);
  EXPECT_EQ(read(ReadStatus::end, 17), ReadStatus::error);
  EXPECT_EQ(read(ReadStatus::end, 0), ReadStatus::end);
  EXPECT_EQ(read(ReadStatus::would_block, 0), ReadStatus::would_block);
}

}  // namespace
}  // namespace mailmote
