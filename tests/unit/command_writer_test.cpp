#include "wire/command_writer.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/content.hpp"

namespace mailmote {
namespace {

IpAddress v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
  IpAddress address;
  address.family = IpFamily::v4;
  const std::uint8_t octets[] = {a, b, c, d};
  std::memcpy(address.octets, octets, sizeof octets);
  return address;
}

std::string hello(Text name, const IpAddress& local) {
  return test::composed(64, [&](Sink& sink) { write_hello(sink, "EHLO ", name, local); });
}

std::string mail(Text sender, std::uint32_t size, bool eight_bit, bool smtputf8, std::size_t window = 64) {
  ContentPlan plan;
  plan.eight_bit = eight_bit;
  plan.smtputf8 = smtputf8;
  return test::composed(window, [&](Sink& sink) { write_mail(sink, sender, size, plan); });
}

TEST(CommandWriter, HelloSaysTheGivenName) {
  EXPECT_EQ(hello("bar.com", v4(192, 0, 2, 1)), "EHLO bar.com");
  const auto helo = [](Sink& sink) { write_hello(sink, "HELO ", "relay.example", IpAddress()); };
  EXPECT_EQ(test::composed(16, helo), "HELO relay.example");
}

TEST(CommandWriter, HelloWithoutNameSaysTheAddressLiteral) {
  EXPECT_EQ(hello("", v4(123, 255, 37, 2)), "EHLO [123.255.37.2]");
  EXPECT_EQ(hello("", v4(0, 0, 0, 0)), "EHLO [0.0.0.0]");
}

TEST(CommandWriter, HelloWritesAllGroupsOfAnIpv6Literal) {
  IpAddress address;
  address.family = IpFamily::v6;
  const std::uint8_t octets[16] = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xab, 0xcd, 0, 1};
  std::memcpy(address.octets, octets, sizeof octets);
  EXPECT_EQ(hello("", address), "EHLO [IPv6:2001:db8:0:0:0:0:abcd:1]");
}

TEST(CommandWriter, HelloWithoutNameAndAddressSaysLoopback) {
  EXPECT_EQ(hello("", IpAddress()), "EHLO [127.0.0.1]");
}

TEST(CommandWriter, MailNamesTheSender) {
  EXPECT_EQ(mail("JQP@bar.com", 0, false, false), "MAIL FROM:<JQP@bar.com>");
  EXPECT_EQ(mail("", 0, false, false), "MAIL FROM:<>");
}

TEST(CommandWriter, MailAddsTheParametersThatAreAsked) {
  EXPECT_EQ(mail("a@b", 500000, false, false), "MAIL FROM:<a@b> SIZE=500000");
  EXPECT_EQ(mail("a@b", 0, true, false), "MAIL FROM:<a@b> BODY=8BITMIME");
  EXPECT_EQ(mail("a@b", 0, false, true), "MAIL FROM:<a@b> SMTPUTF8");
  EXPECT_EQ(mail("a@b", 4294967295, true, true), "MAIL FROM:<a@b> SIZE=4294967295 BODY=8BITMIME SMTPUTF8");
}

TEST(CommandWriter, RcptNamesTheRecipient) {
  const auto rcpt = [](Sink& sink) { write_rcpt(sink, "Smith@bar.com"); };
  EXPECT_EQ(test::composed(64, rcpt), "RCPT TO:<Smith@bar.com>");
}

TEST(CommandWriter, WritesTheSameThroughEveryWindow) {
  const std::string sender(250, 's');
  const std::string whole = "MAIL FROM:<" + sender + "> SIZE=12345 BODY=8BITMIME SMTPUTF8";
  for (std::size_t window = 1; window <= whole.size() + 1; ++window) {
    EXPECT_EQ(mail(sender, 12345, true, true, window), whole);
  }
}

}  // namespace
}  // namespace mailmote
