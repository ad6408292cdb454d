#include "mailmote/ip.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/guard_page.hpp"

namespace mailmote {
namespace {

std::string parsed(const std::string& text) {
  const test::GuardPage page(text);
  std::uint8_t out[16];
  const std::size_t size = parse_ip(page.text(), out);
  std::string hex;
  for (std::size_t i = 0; i < size; ++i) {
    hex += "0123456789abcdef"[out[i] >> 4];
    hex += "0123456789abcdef"[out[i] & 15];
  }
  return hex;
}

TEST(IpText, ReadsIpv4) {
  EXPECT_EQ(parsed("127.0.0.1"), "7f000001");
  EXPECT_EQ(parsed("0.0.0.0"), "00000000");
  EXPECT_EQ(parsed("255.255.255.255"), "ffffffff");
  EXPECT_EQ(parsed("192.0.2.010"), "c000020a");
}

TEST(IpText, RefusesWhatIsNoIpv4) {
  for (const char* text :
       {"", ".", "1", "1.2.3", "1.2.3.", ".1.2.3.4", "1.2.3.4.", "1.2.3.4.5", "256.0.0.1", "1.2.3.0004", "1.2.3.-4",
        "1.2.3.4 ", "1.2.3.a", "1..3.4", "mail.example.com", "0x7f.0.0.1"}) {
    EXPECT_EQ(parsed(text), "") << text;
  }
}

TEST(IpText, ReadsIpv6) {
  EXPECT_EQ(parsed("2001:db8:1:2:3:4:5:6"), "20010db8000100020003000400050006");
  EXPECT_EQ(parsed("2001:DB8::6"), "20010db8000000000000000000000006");
  EXPECT_EQ(parsed("::"), std::string(32, '0'));
  EXPECT_EQ(parsed("::1"), std::string(31, '0') + "1");
  EXPECT_EQ(parsed("fe80::"), "fe80" + std::string(28, '0'));
  EXPECT_EQ(parsed("1:2:3:4:5:6:7::"), "00010002000300040005000600070000");
  EXPECT_EQ(parsed("::2:3:4:5:6:7:8"), "00000002000300040005000600070008");
}

TEST(IpText, ReadsAnIpv4AddressAtTheEndOfIpv6) {
  EXPECT_EQ(parsed("::ffff:192.0.2.1"), std::string(20, '0') + "ffffc0000201");
  EXPECT_EQ(parsed("1:2:3:4:5:6:192.0.2.1"), "000100020003000400050006c0000201");
}

TEST(IpText, RefusesWhatIsNoIpv6) {
  for (const char* text : {":",
                           ":::",
                           "1:",
                           ":1",
                           "1:2",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "1:2:3:4:5:6:7:8:",
                           "1::2::3",
                           ":1::2",
                           "1::2:",
                           "12345::",
                           "::g",
                           "::1%eth0",
                           "[::1]",
                           "1:2:3:4:5:6:7::8",
                           "::192.0.2",
                           "::1 ",
                           "192.0.2.1::",
                           "1:2:3:4:5:6:7:192.0.2.1",
                           "::192.0.2.1:1"}) {
    EXPECT_EQ(parsed(text), "") << text;
  }
}

TEST(IpAddress, KnowsTheAddressesOfThisMachine) {
  const auto is_loopback = [](Text text, IpFamily family) {
    IpAddress address;
    address.family = family;
    EXPECT_NE(parse_ip(text, address.octets), 0U);
    return address.is_loopback();
  };
  EXPECT_TRUE(is_loopback("127.0.0.1", IpFamily::v4));
  EXPECT_TRUE(is_loopback("127.9.8.7", IpFamily::v4));
  EXPECT_FALSE(is_loopback("128.0.0.1", IpFamily::v4));
  EXPECT_TRUE(is_loopback("::1", IpFamily::v6));
  EXPECT_FALSE(is_loopback("::2", IpFamily::v6));
  EXPECT_FALSE(is_loopback("fe80::1", IpFamily::v6));
  EXPECT_FALSE(is_loopback("::1:0:0:1", IpFamily::v6));
}

}  // namespace
}  // namespace mailmote
