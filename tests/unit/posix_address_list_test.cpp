#ifdef MAILMOTE_HAS_POSIX

#include "mailmote/posix/detail/address_list.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailmote::posix::detail {
namespace {

// Addresses are known here by family and last octet: "6.1" is ...::1, "4.2" is 0.0.0.2.
IpAddress address(const std::string& text) {
  IpAddress out;
  out.family = text[0] == '6' ? IpFamily::v6 : IpFamily::v4;
  out.octets[out.family == IpFamily::v6 ? 15 : 3] = static_cast<std::uint8_t>(std::stoi(text.substr(2)));
  return out;
}

std::string text(const IpAddress& address) {
  const bool is_v6 = address.family == IpFamily::v6;
  return (is_v6 ? "6." : "4.") + std::to_string(address.octets[is_v6 ? 15 : 3]);
}

class PosixAddressList : public testing::Test {
 protected:
  void add(const std::string& family, unsigned first, unsigned last) {
    for (unsigned i = first; i <= last; ++i) list.add(address(family + "." + std::to_string(i)));
  }

  std::string try_all() {
    std::string order;
    while (list.untried()) order += text(list[list.next()]) + " ";
    return order;
  }

  AddressList list;
};

TEST_F(PosixAddressList, IsEmptyAtFirst) {
  EXPECT_TRUE(list.empty());
  EXPECT_FALSE(list.untried());
  EXPECT_EQ(list.alive(), 0U);
}

TEST_F(PosixAddressList, TakesTheFamiliesInTurnsAndIPv6First) {
  add("4", 1, 3);
  add("6", 1, 2);
  EXPECT_EQ(try_all(), "6.1 4.1 6.2 4.2 4.3 ");
}

TEST_F(PosixAddressList, TakesALateFamilyNext) {
  add("4", 1, 3);
  EXPECT_EQ(text(list[list.next()]), "4.1");
  add("6", 1, 1);
  EXPECT_EQ(try_all(), "6.1 4.2 4.3 ");
}

TEST_F(PosixAddressList, HasEachAddressOnce) {
  add("4", 1, 2);
  add("4", 1, 2);
  EXPECT_EQ(list.alive(), 2U);
}

TEST_F(PosixAddressList, HoldsSixteen) {
  add("4", 1, 20);
  EXPECT_EQ(list.alive(), 16U);
  EXPECT_EQ(try_all(), "4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8 4.9 4.10 4.11 4.12 4.13 4.14 4.15 4.16 ");
}

TEST_F(PosixAddressList, GivesALateFamilyHalfOfThePlaces) {
  add("4", 1, 16);
  add("6", 1, 16);
  EXPECT_EQ(try_all(), "6.1 4.1 6.2 4.2 6.3 4.3 6.4 4.4 6.5 4.5 6.6 4.6 6.7 4.7 6.8 4.8 ");
}

TEST_F(PosixAddressList, DoesNotReplaceWhatWasTried) {
  add("4", 1, 16);
  for (int i = 0; i < 15; ++i) list.next();
  add("6", 1, 2);
  EXPECT_EQ(try_all(), "6.1 ") << "there was only one place that nobody had looked at";
}

TEST_F(PosixAddressList, BeginsAnotherRoundWithoutWhatWasGivenUp) {
  add("4", 1, 3);
  try_all();
  list.give_up(1);
  list.begin_round();
  EXPECT_EQ(list.alive(), 2U);
  EXPECT_EQ(try_all(), "4.1 4.3 ");
}

TEST_F(PosixAddressList, LeavesOutWhatIsToBeSkippedInARound) {
  add("4", 1, 3);
  try_all();
  list.begin_round();
  list.skip(0);
  EXPECT_EQ(try_all(), "4.2 4.3 ");
  EXPECT_EQ(list.alive(), 3U);
}

}  // namespace
}  // namespace mailmote::posix::detail

#endif
