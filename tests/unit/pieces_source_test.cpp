#include <gtest/gtest.h>

#include "mailmote/sources.hpp"
#include "support/content.hpp"

namespace mailmote {
namespace {

TEST(PiecesSource, DeliversOneBehindTheOther) {
  const Text pieces[] = {"", "one ", "", "two\n", "a longer piece that takes several windows\n", ""};
  PiecesSource source(pieces);
  for (const std::size_t window : {16U, 17U, 64U, 512U}) {
    ContentPlan plan;
    ASSERT_EQ(source.start(Offer(), plan), Status::ok);
    const std::string all = test::read_all(source, window);
    EXPECT_EQ(all, "one two\na longer piece that takes several windows\n");
    EXPECT_TRUE(plan.rewindable && plan.length_known);
    EXPECT_EQ(plan.length, all.size());
  }
}

TEST(PiecesSource, OfNothingIsEmpty) {
  PiecesSource source(nullptr, 0, true);
  ContentPlan plan;
  ASSERT_EQ(source.start(Offer(), plan), Status::ok);
  EXPECT_EQ(test::read_all(source, 16), "");
  EXPECT_TRUE(plan.eight_bit);
}

TEST(PiecesSource, GoesOnBehindAPieceThatFilledTheWindow) {
  const Text pieces[] = {"0123456789abcdef", "ghij"};
  PiecesSource source(pieces);
  ContentPlan plan;
  ASSERT_EQ(source.start(Offer(), plan), Status::ok);
  EXPECT_EQ(test::read_all(source, 16), "0123456789abcdefghij");
}

}  // namespace
}  // namespace mailmote
