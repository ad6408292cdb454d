#include <gtest/gtest.h>

#include <string>

#include "support/guard_page.hpp"
#include "wire/base64.hpp"

namespace mailmote {
namespace {

// Group by group, as the other function does it.
std::string expected(const std::string& octets) {
  std::string out;
  char group[4];
  for (std::size_t at = 0; at < octets.size(); at += 3) {
    base64_group(octets.data() + at, 3, group);
    out.append(group, sizeof group);
  }
  return out;
}

std::string octets_of(std::size_t groups) {
  std::string octets;
  for (std::size_t i = 0; i < groups * 3; ++i) octets += static_cast<char>(i * 167 + groups);
  return octets;
}

TEST(Base64Groups, EveryNumberOfGroupsIsThatOfTheSingleOnes) {
  for (std::size_t groups = 0; groups < 64; ++groups) {
    const std::string octets = octets_of(groups);
    const test::GuardPage in(octets), out(groups * 4);
    base64_groups(in.data(), groups, reinterpret_cast<char*>(out.data()));
    EXPECT_EQ(std::string(out.text()), expected(octets)) << groups;
  }
}

TEST(Base64Groups, EveryGroupOfTwelveBitsIsRight) {
  std::string octets;
  for (unsigned bits = 0; bits < 4096; ++bits) {
    octets += {static_cast<char>(bits >> 4), static_cast<char>(bits << 4 | bits >> 8), static_cast<char>(bits)};
  }
  const test::GuardPage in(octets), out(octets.size() / 3 * 4);
  base64_groups(in.data(), octets.size() / 3, reinterpret_cast<char*>(out.data()));
  EXPECT_EQ(std::string(out.text()), expected(octets));
}

TEST(Base64Groups, EncodesForwardInOnePieceOfMemory) {
  for (std::size_t groups = 1; groups < 40; ++groups) {
    const std::string octets = octets_of(groups);
    const test::GuardPage page(groups * 4);
    std::memcpy(page.data() + groups, octets.data(), octets.size());
    base64_groups(page.data() + groups, groups, reinterpret_cast<char*>(page.data()));
    EXPECT_EQ(std::string(page.text()), expected(octets)) << groups;
  }
}

}  // namespace
}  // namespace mailmote
