#include <gtest/gtest.h>

#include "mailmote/oauth.hpp"
#include "support/exchange.hpp"

namespace mailmote {
namespace {

using test::Exchange;

TEST(OAuthBearer, SaysTheMessageOfRfc7628) {
  OAuthBearerMechanism bearer("user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==");
  Exchange exchange(bearer);
  exchange.options.host = "server.example.com";
  exchange.options.port = 143;
  EXPECT_EQ(exchange.begin(),
            "n,a=user@example.com,\1host=server.example.com\1port=143\1"
            "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\1\1");
}

TEST(OAuthBearer, NamesTheStandardPort) {
  OAuthBearerMechanism bearer("", "t");
  Exchange exchange(bearer);
  EXPECT_EQ(exchange.begin(), "n,,\1host=mail.example\1port=465\1auth=Bearer t\1\1");
  exchange.implicit_tls = false;
  EXPECT_EQ(exchange.begin(), "n,,\1host=mail.example\1port=587\1auth=Bearer t\1\1");
}

TEST(OAuthBearer, AnswersTheReasonOfARefusalWithOneOctet) {
  OAuthBearerMechanism bearer("user", "t");
  Exchange exchange(bearer);
  exchange.begin();
  EXPECT_EQ(exchange.answer("{\"status\":\"invalid_token\"}"), "\1");
  EXPECT_EQ(bearer.refusal(), "{\"status\":\"invalid_token\"}");
}

}  // namespace
}  // namespace mailmote
