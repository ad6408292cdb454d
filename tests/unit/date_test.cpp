#include <gtest/gtest.h>

#include <ctime>
#include <string>

#include "mailmote/text_message.hpp"

namespace mailmote {
namespace {

std::string formatted(UnixTime time) {
  char out[kDateSize];
  return std::string(format_date(time, out));
}

// What the C library says (in the C locale, which the tests run in).
std::string expected(UnixTime time) {
  const std::time_t seconds = time;
  std::tm parts;
  char out[64];
  std::strftime(out, sizeof out, "%a, %d %b %Y %H:%M:%S +0000", gmtime_r(&seconds, &parts));
  return out;
}

TEST(Date, IsInTheFormOfRfc5322) {
  EXPECT_EQ(formatted(880127706), "Fri, 21 Nov 1997 15:55:06 +0000");  // the date of RFC 5322 appendix A.1.1, in UTC
  EXPECT_EQ(formatted(1), "Thu, 01 Jan 1970 00:00:01 +0000");
}

TEST(Date, KnowsLeapYears) {
  EXPECT_EQ(formatted(951782400), "Tue, 29 Feb 2000 00:00:00 +0000");
  EXPECT_EQ(formatted(951868800), "Wed, 01 Mar 2000 00:00:00 +0000");
  EXPECT_EQ(formatted(1709164800), "Thu, 29 Feb 2024 00:00:00 +0000");
}

TEST(Date, KnowsThat2100IsNoLeapYear) {
  EXPECT_EQ(formatted(4107542399), "Sun, 28 Feb 2100 23:59:59 +0000");
  EXPECT_EQ(formatted(4107542400), "Mon, 01 Mar 2100 00:00:00 +0000");
}

TEST(Date, IsRightOnEveryDayUntilTheLastSecond) {
  for (UnixTime day = 0; day <= 0xffffffff / 86400; ++day) {
    const UnixTime noon = day * 86400 + (day % 24) * 3600 + day % 3600;
    if (noon < day * 86400) break;
    ASSERT_EQ(formatted(noon), expected(noon));
  }
  EXPECT_EQ(formatted(0xffffffff), "Sun, 07 Feb 2106 06:28:15 +0000");
}

TEST(Date, EndsWithNulInsideTheBuffer) {
  char out[kDateSize];
  EXPECT_EQ(format_date(880127706, out).size(), kDateSize - 1);
  EXPECT_EQ(out[kDateSize - 1], '\0');
}

}  // namespace
}  // namespace mailmote
