#include "wire/base64.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/guard_page.hpp"

namespace mailmote {
namespace {

std::string encoded(std::string_view octets) {
  const test::GuardPage page(octets);
  std::string out;
  for (std::size_t at = 0; at < octets.size(); at += 3) {
    char group[4];
    base64_group(page.text().data() + at, std::min<std::size_t>(3, octets.size() - at), group);
    out.append(group, sizeof group);
  }
  return out;
}

TEST(Base64, EncodesTheVectorsOfRfc4648) {
  EXPECT_EQ(encoded(""), "");
  EXPECT_EQ(encoded("f"), "Zg==");
  EXPECT_EQ(encoded("fo"), "Zm8=");
  EXPECT_EQ(encoded("foo"), "Zm9v");
  EXPECT_EQ(encoded("foob"), "Zm9vYg==");
  EXPECT_EQ(encoded("fooba"), "Zm9vYmE=");
  EXPECT_EQ(encoded("foobar"), "Zm9vYmFy");
}

TEST(Base64, UsesEveryCharacterOfTheAlphabetInOrder) {
  std::string octets;  // the six-bit numbers 0 to 63, one after the other
  for (unsigned value = 0; value < 64; value += 4) {
    const unsigned bits = value << 18 | (value + 1) << 12 | (value + 2) << 6 | (value + 3);
    for (const unsigned shift : {16U, 8U, 0U}) octets += static_cast<char>(bits >> shift & 255U);
  }
  EXPECT_EQ(encoded(octets), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
}

TEST(Base64, EncodesNulAndEightBitOctets) {
  EXPECT_EQ(encoded(std::string_view("\0", 1)), "AA==");
  EXPECT_EQ(encoded("\xff"), "/w==");
  EXPECT_EQ(encoded("\xff\xff"), "//8=");
  EXPECT_EQ(encoded("\xfb\xef\xbe"), "++++");
}

TEST(Base64, CountsWholeGroups) {
  EXPECT_EQ(base64_length(0), 0U);
  EXPECT_EQ(base64_length(1), 4U);
  EXPECT_EQ(base64_length(3), 4U);
  EXPECT_EQ(base64_length(4), 8U);
  EXPECT_EQ(base64_length(57), 76U);
}

}  // namespace
}  // namespace mailmote
