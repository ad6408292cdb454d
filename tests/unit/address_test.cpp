#include "wire/address.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/guard_page.hpp"

namespace mailmote {
namespace {

bool mailbox(std::string_view address) { return is_mailbox(test::GuardPage(address).text()); }

std::string repeated(std::size_t n, char c) { return std::string(n, c); }

TEST(Address, TakesLocalPartAndDomain) {
  for (const char* good :
       {"a@b", "ops@example.com", "first.last+tag@sub.example.org", "x@[192.0.2.1]", "x@[IPv6:2001:db8::1]",
        "\"quoted\"@example.com", "\"a@b\"@example.com", "!#$%&'*+-/=?^_`{|}~@example.com",
        "m\xc3\xbcller@b\xc3\xbc"
        "cher.example"}) {
    EXPECT_TRUE(mailbox(good)) << good;
  }
}

TEST(Address, RefusesWhatLacksAPart) {
  for (const char* wrong : {"", "@", "a@", "@b", "example.com", "a@b@"}) EXPECT_FALSE(mailbox(wrong)) << wrong;
}

TEST(Address, RefusesWhatCouldEndThePathOrTheLine) {
  for (const char* wrong : {"<a@b>", "a>@b", "a@b>", "a@b> SIZE=1", "a @b", "a@ b", " a@b", "a@b ",
                            "a@b\r\nRCPT TO:<c@d>", "a\r@b", "a@b\n", "a\t@b", "a\x7f@b", "\"a b\"@c"}) {
    EXPECT_FALSE(mailbox(wrong)) << wrong;
  }
  EXPECT_FALSE(mailbox(std::string_view("a\0@b", 4)));
}

TEST(Address, KnowsTheLengthsOfRfc5321) {
  EXPECT_TRUE(mailbox(repeated(64, 'a') + "@b"));
  EXPECT_FALSE(mailbox(repeated(65, 'a') + "@b"));
  EXPECT_TRUE(mailbox("a@" + repeated(252, 'b')));
  EXPECT_FALSE(mailbox("a@" + repeated(253, 'b')));
}

TEST(Address, IsOneAddress) {
  for (const char* wrong : {"a@x,b@y", "a@x;b", "a,b@x", "a@b@c", "a:b@c", "(a)@b", "a@b:25", "a@[192.0.2.1", "a\\@b",
                            "\"@b", "\"a@b", "a@["}) {
    EXPECT_FALSE(mailbox(wrong)) << wrong;
  }
  for (const char* right : {"\"a,b@c\"@d", "a@[192.0.2.1]", "a@[IPv6:2001:db8::1]", "o'hara+x=y/z@example.com"}) {
    EXPECT_TRUE(mailbox(right)) << right;
  }
}

TEST(Address, EachOctetInEachPlaceIsVisibleOrRefused) {
  for (int octet = 0; octet < 256; ++octet) {
    for (const std::size_t at : {0U, 1U, 3U, 4U}) {
      std::string address = "ab@cd";
      address[at] = static_cast<char>(octet);
      const std::string specials = "<>,;:@()[]\\\"";  // RFC 5321 section 4.1.2: only in quoted strings and literals
      const bool allowed = octet > 0x20 && octet != 0x7f && specials.find(static_cast<char>(octet)) == std::string::npos;
      EXPECT_EQ(mailbox(address), allowed) << octet << " at " << at;
    }
  }
}

TEST(Address, NamesAreVisibleAndBounded) {
  EXPECT_TRUE(is_name("mail.example.com", 16));
  EXPECT_FALSE(is_name("mail.example.com", 15));
  for (const char* wrong : {"", "a b", "a\r\nQUIT", "a\t", "\x7f"}) EXPECT_FALSE(is_name(wrong, 100)) << wrong;
}

TEST(Address, FindsEightBitOctets) {
  EXPECT_FALSE(has_eight_bit(""));
  EXPECT_FALSE(has_eight_bit("\x01\x7f"));
  EXPECT_TRUE(has_eight_bit("a\x80"));
  EXPECT_TRUE(has_eight_bit("\xff"));
}

TEST(Address, TheDomainIsBehindTheLastAt) {
  EXPECT_EQ(domain_of("a@b"), "b");
  EXPECT_EQ(domain_of("\"a@b\"@c"), "c");
  EXPECT_EQ(domain_of("a@"), "");
  EXPECT_EQ(domain_of("host"), "host");
}

TEST(Address, NothingInQuotesOrBracketsEndsThePath) {
  EXPECT_TRUE(is_mailbox("\"a(b\"@example.com"));
  EXPECT_FALSE(is_mailbox("\"a<b\"@example.com"));
  EXPECT_FALSE(is_mailbox("\"a>b\"@example.com"));
  EXPECT_FALSE(is_mailbox("a@[192.0.2.1>]"));
}

}  // namespace
}  // namespace mailmote
