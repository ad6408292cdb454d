#include <gtest/gtest.h>

#include "mailmote/oauth.hpp"
#include "support/exchange.hpp"

namespace mailmote {
namespace {

using test::Exchange;

struct Refresh {
  int not_yet = 0;  ///< how often it has none
  TokenState end = TokenState::ready;
  int asked = 0;
};

TokenState ask(void* context, Text& token) {
  Refresh& refresh = *static_cast<Refresh*>(context);
  if (++refresh.asked <= refresh.not_yet) return TokenState::not_yet;
  token = "fresh";
  return refresh.end;
}

TEST(Token, IsAskedForUntilItIsThere) {
  Refresh refresh;
  refresh.not_yet = 3;
  XOAuth2Mechanism xoauth2("u", {ask, &refresh});
  Exchange exchange(xoauth2);
  EXPECT_EQ(exchange.begin(), "user=u\1auth=Bearer fresh\1\1");
  EXPECT_EQ(exchange.waits, 3U);
  EXPECT_EQ(refresh.asked, 4);
}

TEST(Token, IsAskedForAnewAtEachLogin) {
  Refresh refresh;
  XOAuth2Mechanism xoauth2("u", {ask, &refresh});
  Exchange exchange(xoauth2);
  exchange.begin();
  exchange.answer("{}");
  EXPECT_EQ(refresh.asked, 1);
  exchange.begin();
  EXPECT_EQ(refresh.asked, 2);
  EXPECT_EQ(xoauth2.refusal(), "");
}

TEST(Token, FailsWithItsSource) {
  Refresh refresh;
  refresh.end = TokenState::failed;
  XOAuth2Mechanism xoauth2("u", {ask, &refresh});
  EXPECT_EQ(Exchange(xoauth2).begin(), "*token_failed");
  XOAuth2Mechanism none("u", TokenSource{});
  EXPECT_EQ(Exchange(none).begin(), "*token_failed");
}

TEST(Token, HoldsVisibleAsciiOnly) {
  for (const char* token : {"a b", "a\1", "a\r\n", "t\xc3\xbc", "\x7f"}) {
    XOAuth2Mechanism xoauth2("u", token);
    EXPECT_EQ(Exchange(xoauth2).begin(), "*invalid_credentials") << token;
  }
}

TEST(Token, HoldsEveryVisibleCharacter) {
  std::string token;
  for (char c = '!'; c <= '~'; ++c) token += c;
  XOAuth2Mechanism xoauth2("u", Text(token));
  EXPECT_EQ(Exchange(xoauth2).begin(), "user=u\1auth=Bearer " + token + "\1\1");
}

TEST(Token, IsLookedThroughAPartAtATime) {
  std::string token(4097, 't');
  XOAuth2Mechanism good("u", Text(token));
  Exchange exchange(good);
  EXPECT_EQ(exchange.begin().size(), token.size() + 21);
  EXPECT_EQ(exchange.computes, 5U);
  EXPECT_EQ(exchange.begin().size(), token.size() + 21);
  token[4096] = ' ';
  EXPECT_EQ(exchange.begin(), "*invalid_credentials");
  token[1024] = '\t';
  EXPECT_EQ(exchange.begin(), "*invalid_credentials");
}

TEST(Token, HasAUserWithoutControlCharacters) {
  XOAuth2Mechanism xoauth2("u\1auth=Bearer x", "t");
  EXPECT_EQ(Exchange(xoauth2).begin(), "*invalid_credentials");
  XOAuth2Mechanism blank("first last", "t");
  EXPECT_EQ(Exchange(blank).begin(), "user=first last\1auth=Bearer t\1\1");
  XOAuth2Mechanism utf8("jürgen", "t");
  EXPECT_EQ(Exchange(utf8).begin(), "user=jürgen\1auth=Bearer t\1\1");
}

TEST(Token, KeepsAsMuchOfTheReasonAsItHasRoomFor) {
  XOAuth2Mechanism xoauth2("u", "t");
  Exchange exchange(xoauth2);
  exchange.begin();
  exchange.answer(std::string(1000, 'x'));
  EXPECT_EQ(xoauth2.refusal(), std::string(128, 'x'));
}

TEST(Token, RefusesAReasonThatIsNotBase64) {
  XOAuth2Mechanism xoauth2("u", "t");
  Exchange exchange(xoauth2);
  exchange.begin();
  EXPECT_EQ(exchange.answer_raw("{}"), "*malformed_challenge");
  EXPECT_EQ(exchange.begin().substr(0, 6), "user=u");
}

TEST(Token, KnowsOneChallengeOnly) {
  XOAuth2Mechanism xoauth2("u", "t");
  Exchange exchange(xoauth2);
  exchange.begin();
  exchange.answer("{}");
  EXPECT_EQ(exchange.answer("{}"), "*malformed_challenge");
}

}  // namespace
}  // namespace mailmote
