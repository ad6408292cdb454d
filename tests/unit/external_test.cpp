#include <gtest/gtest.h>

#include "mailmote/sasl.hpp"
#include "support/exchange.hpp"

namespace mailmote {
namespace {

using namespace std::string_view_literals;
using test::Exchange;

TEST(External, SaysNothingWhereTheServerKnowsTheClient) {
  ExternalMechanism external;
  EXPECT_EQ(Exchange(external).begin(), "");
  EXPECT_TRUE(external.client_first());
}

TEST(External, SaysAnIdentity) {
  ExternalMechanism external("jürgen@example.com");
  EXPECT_EQ(Exchange(external).begin(), "jürgen@example.com");
}

TEST(External, RefusesANulAndAChallenge) {
  ExternalMechanism nul("a\0b"sv);
  EXPECT_EQ(Exchange(nul).begin(), "*invalid_credentials");
  ExternalMechanism external;
  Exchange exchange(external);
  exchange.begin();
  EXPECT_EQ(exchange.answer(""), "*malformed_challenge");
}

}  // namespace
}  // namespace mailmote
