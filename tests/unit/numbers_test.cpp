#include <gtest/gtest.h>

#include <limits>

#include "mailmote/sources.hpp"
#include "support/content.hpp"

namespace mailmote {
namespace {

std::string fixed(std::int32_t value, unsigned decimals) {
  return test::composed(3, [=](Sink& out) { put_fixed(out, value, decimals); });
}

std::string number(std::int32_t value) {
  return test::composed(3, [=](Sink& out) { put_number(out, value); });
}

TEST(PutNumber, WritesEverySign) {
  for (const std::int32_t value : {0, 1, -1, 10, -99, std::numeric_limits<std::int32_t>::max(),
                                   std::numeric_limits<std::int32_t>::min()}) {
    EXPECT_EQ(number(value), std::to_string(value));
  }
}

TEST(PutFixed, WritesEveryDecimal) {
  EXPECT_EQ(fixed(0, 0), "0");
  EXPECT_EQ(fixed(0, 2), "0.00");
  EXPECT_EQ(fixed(5, 2), "0.05");
  EXPECT_EQ(fixed(-5, 2), "-0.05");
  EXPECT_EQ(fixed(-1250, 3), "-1.250");
  EXPECT_EQ(fixed(2147483647, 9), "2.147483647");
  EXPECT_EQ(fixed(std::numeric_limits<std::int32_t>::min(), 1), "-214748364.8");
}

}  // namespace
}  // namespace mailmote
