#include <gtest/gtest.h>

#include <string>

#include "mailmote/text_message.hpp"
#include "support/content.hpp"

namespace mailmote {
namespace {

ContentPlan plan_of(Text octets) {
  MemorySource source(octets);
  ContentPlan plan;
  EXPECT_EQ(source.start(Offer(), plan), Status::ok);
  return plan;
}

TEST(MemorySource, DeliversItsOctetsThroughEveryWindow) {
  std::string octets;
  for (int i = 0; i < 1000; ++i) octets += static_cast<char>(i % 256);
  const test::GuardPage page(octets);
  MemorySource source(page.text());
  for (const std::size_t window : {16U, 17U, 64U, 512U, 999U, 1000U, 1001U}) {
    ContentPlan plan;
    ASSERT_EQ(source.start(Offer(), plan), Status::ok);
    EXPECT_EQ(test::read_all(source, window), octets) << window;
  }
}

TEST(MemorySource, SaysEndWithTheLastOctets) {
  MemorySource source("0123456789abcdef");
  ContentPlan plan;
  std::uint8_t out[16];
  ASSERT_EQ(source.start(Offer(), plan), Status::ok);
  const ReadResult result = source.read({out, sizeof out});
  EXPECT_EQ(result.status, ReadStatus::end);
  EXPECT_EQ(std::size_t{result.n}, sizeof out);
}

TEST(MemorySource, KnowsItsLengthAndCanBeginAgain) {
  const ContentPlan plan = plan_of("12345");
  EXPECT_TRUE(plan.length_known);
  EXPECT_TRUE(plan.rewindable);
  EXPECT_EQ(plan.length, 5U);
  EXPECT_EQ(plan.form, ContentForm::any);
}

TEST(MemorySource, OfMoreThan4GibHasNoKnownLength) {
  if (sizeof(std::size_t) == 4) GTEST_SKIP() << "skipped: there is no such memory here";
  const std::string first(256, '\x80');  // nothing behind these is looked at
  const ContentPlan plan = plan_of(std::string_view(first.data(), std::size_t{0xffffffff} + 6));
  EXPECT_FALSE(plan.length_known);
  EXPECT_EQ(plan.length, 0U);
  EXPECT_TRUE(plan_of(std::string_view(first.data(), 0xffffffff)).length_known);
}

TEST(MemorySource, FindsEightBitOctets) {
  EXPECT_FALSE(plan_of("plain\x7f\x01").eight_bit);
  EXPECT_TRUE(plan_of("\x80").eight_bit);
  EXPECT_TRUE(plan_of("text \xff").eight_bit);
}

TEST(MemorySource, MayBeEmpty) {
  MemorySource source{Text()};
  ContentPlan plan;
  ASSERT_EQ(source.start(Offer(), plan), Status::ok);
  EXPECT_TRUE(plan.length_known);
  EXPECT_EQ(plan.length, 0U);
  EXPECT_EQ(test::read_all(source, 16), "");
}

TEST(MemorySource, LooksThroughLongContentInSteps) {
  for (const bool eight_bit : {false, true}) {
    std::string octets(1000, 'x');
    if (eight_bit) octets[700] = '\xe4';
    MemorySource source{Text(octets)};
    ContentPlan plan;
    int steps = 1;
    ASSERT_EQ(source.start_step(Offer(), plan), Status::ok);
    for (; plan.unfinished; ++steps) ASSERT_EQ(source.start_step(Offer(), plan), Status::ok);
    EXPECT_EQ(plan.eight_bit, eight_bit);
    EXPECT_EQ(steps, eight_bit ? 3 : 4);
    EXPECT_EQ(test::read_all(source, 512), octets);
  }
}

}  // namespace
}  // namespace mailmote
