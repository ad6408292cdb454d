#include <gtest/gtest.h>

#include "mailmote/oauth.hpp"
#include "support/exchange.hpp"

namespace mailmote {
namespace {

using test::Exchange;

TEST(XOAuth2, SaysUserAndToken) {  // the example of Google's description of the protocol
  XOAuth2Mechanism xoauth2("someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg");
  EXPECT_EQ(Exchange(xoauth2).begin(),
            "user=someuser@example.com\1auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\1\1");
}

TEST(XOAuth2, AnswersTheReasonOfARefusalWithNothing) {
  XOAuth2Mechanism xoauth2("user", "token");
  Exchange exchange(xoauth2);
  exchange.begin();
  EXPECT_EQ(exchange.answer("{\"status\":\"401\"}"), "");
  EXPECT_EQ(xoauth2.refusal(), "{\"status\":\"401\"}");
}

}  // namespace
}  // namespace mailmote
