#include <gtest/gtest.h>

#include "mailmote/sasl.hpp"
#include "support/exchange.hpp"

namespace mailmote {
namespace {

using namespace std::string_literals;
using test::Exchange;

TEST(Plain, SaysTheMessageOfRfc4616) {
  PlainMechanism plain({"tim", "tanstaaftanstaaf", {}});
  EXPECT_EQ(Exchange(plain).begin(), "\0tim\0tanstaaftanstaaf"s);
  PlainMechanism for_another({"Kurt", "xipj3plmq", "Ursel"});
  EXPECT_EQ(Exchange(for_another).begin(), "Ursel\0Kurt\0xipj3plmq"s);
}

TEST(Plain, SpeaksFirstAndNamesItself) {
  PlainMechanism plain({"u", "p", {}});
  EXPECT_EQ(plain.name(), "PLAIN");
  EXPECT_EQ(plain.id(), Mechanism::plain);
  EXPECT_TRUE(plain.client_first());
}

TEST(Plain, CarriesUtf8AndEveryOctetButNul) {
  std::string all;
  for (int octet = 1; octet < 256; ++octet) all += static_cast<char>(octet);
  PlainMechanism plain({"jürgen", all, {}});
  EXPECT_EQ(Exchange(plain).begin(), "\0jürgen\0"s + all);
}

TEST(Plain, RefusesANulAnywhere) {
  const std::string nul = "a\0b"s;
  for (const Credentials& credentials :
       {Credentials{nul, "p", {}}, Credentials{"u", nul, {}}, Credentials{"u", "p", nul}}) {
    PlainMechanism plain(credentials);
    EXPECT_EQ(Exchange(plain).begin(), "*invalid_credentials");
  }
}

TEST(Plain, KnowsNoChallenge) {
  PlainMechanism plain({"u", "p", {}});
  Exchange exchange(plain);
  exchange.begin();
  EXPECT_EQ(exchange.answer("what"), "*malformed_challenge");
}

TEST(Plain, CanBeginAgain) {
  PlainMechanism plain({"u", "p", {}});
  Exchange exchange(plain);
  exchange.begin();
  exchange.answer("what");
  EXPECT_EQ(exchange.begin(), "\0u\0p"s);
}

}  // namespace
}  // namespace mailmote
