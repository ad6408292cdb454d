#ifdef MAILMOTE_HAS_MBEDTLS

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "address_text.hpp"

namespace mailmote::mbedtls {
namespace {

using Octets = std::basic_string<std::uint8_t>;

Octets parse(Text text) {
  const IpAddress address = parse_address(text);
  return {address.octets, address.family == IpFamily::none ? 0U : address.family == IpFamily::v4 ? 4U : 16U};
}

TEST(MbedtlsAddressText, ParsesIpv4) {
  EXPECT_EQ(parse("192.0.2.1"), (Octets{192, 0, 2, 1}));
  EXPECT_EQ(parse("255.255.255.255"), (Octets{255, 255, 255, 255}));
}

TEST(MbedtlsAddressText, TakesNothingElseForIpv4) {
  for (const char* text : {"", ".", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.0004", "1.2.3.4 ", " 1.2.3.4",
                           "1..2.3", "1.2.3.", "a.b.c.d", "1.2.3.4a", "mail.example.com", "12345"}) {
    EXPECT_EQ(parse(text), Octets{}) << text;
  }
}

TEST(MbedtlsAddressText, ParsesIpv6) {
  EXPECT_EQ(parse("::"), Octets(16, 0));
  EXPECT_EQ(parse("::1"), Octets(15, 0) + Octets{1});
  EXPECT_EQ(parse("2001:db8::"), (Octets{0x20, 0x01, 0x0d, 0xb8}) + Octets(12, 0));
  EXPECT_EQ(parse("1:2:3:4:5:6:7:8"), (Octets{0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8}));
  EXPECT_EQ(parse("FE80::a:B"), (Octets{0xfe, 0x80}) + Octets(10, 0) + (Octets{0, 0x0a, 0, 0x0b}));
  EXPECT_EQ(parse("1:2:3:4:5:6:7::"), (Octets{0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0}));
}

TEST(MbedtlsAddressText, ParsesIpv4InsideIpv6) {
  EXPECT_EQ(parse("::ffff:192.0.2.1"), Octets(10, 0) + (Octets{255, 255, 192, 0, 2, 1}));
  EXPECT_EQ(parse("64:ff9b::192.0.2.1"), (Octets{0, 0x64, 0xff, 0x9b}) + Octets(8, 0) + (Octets{192, 0, 2, 1}));
}

TEST(MbedtlsAddressText, LeavesTheZoneOut) { EXPECT_EQ(parse("fe80::1%eth0"), parse("fe80::1")); }

TEST(MbedtlsAddressText, TakesNothingElseForIpv6) {
  for (const char* text : {":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1::2", "12345::",
                           "g::", "::192.0.2", "::192.0.2.1:1", "1:2:3:4:5:6:7:192.0.2.1", "[::1]", "::1 "}) {
    EXPECT_EQ(parse(text), Octets{}) << text;
  }
}

TEST(MbedtlsAddressText, WritesAddresses) {
  char out[kAddressText];
  const Octets v4 = {192, 0, 2, 1};
  EXPECT_EQ(format_address({v4.data(), 4}, out), "192.0.2.1");
  const Octets v6 = parse("2001:db8::ff00:42");
  EXPECT_EQ(format_address({v6.data(), 16}, out), "2001:db8:0:0:0:0:ff00:42");
  const Octets longest(16, 0xff);
  EXPECT_EQ(format_address({longest.data(), 16}, out), "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
}

}  // namespace
}  // namespace mailmote::mbedtls

#endif
