#include "message/hexadecimal.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailmote {
namespace {

TEST(Hexadecimal, WritesTwoUpperCaseDigits) {
  for (int octet = 0; octet < 256; ++octet) {
    char out[4] = "...";
    char expected[4];
    std::snprintf(expected, sizeof expected, "=%02X", static_cast<unsigned>(octet));
    EXPECT_EQ(write_escaped(out, static_cast<char>(octet)), out + 3);
    EXPECT_STREQ(out, expected);
  }
}

}  // namespace
}  // namespace mailmote
