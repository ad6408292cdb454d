#include <gtest/gtest.h>

#include "mailmote/sasl.hpp"
#include "support/exchange.hpp"

namespace mailmote {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using test::Exchange;

TEST(Login, SaysUserThenPasswordWhateverItIsAsked) {
  LoginMechanism login({"sensor", "secret", {}});
  Exchange exchange(login);
  EXPECT_EQ(exchange.begin(), "sensor");
  EXPECT_EQ(exchange.answer("Benutzername\0"s), "secret");
}

TEST(Login, KnowsNoThirdStep) {
  LoginMechanism login({"sensor", "secret", {}});
  Exchange exchange(login);
  exchange.begin();
  exchange.answer("Password:");
  EXPECT_EQ(exchange.answer("Password:"), "*malformed_challenge");
}

TEST(Login, RefusesANul) {
  LoginMechanism user({"a\0b"sv, "p", {}});
  EXPECT_EQ(Exchange(user).begin(), "*invalid_credentials");
  LoginMechanism password({"u", "a\0b"sv, {}});
  EXPECT_EQ(Exchange(password).begin(), "*invalid_credentials");
}

TEST(Login, RefusesAnIdentityThatItCannotCarry) {
  LoginMechanism login({"u", "p", "other"});
  EXPECT_EQ(Exchange(login).begin(), "*invalid_credentials");
}

}  // namespace
}  // namespace mailmote
