#include <gtest/gtest.h>

#include <string>

#include "mailmote/auth.hpp"
#include "support/guard_page.hpp"

namespace mailmote {
namespace {

/// The advice for a reply of which 48 octets are kept, as by default.
std::string advice(std::uint16_t code, EnhancedCode enhanced, std::string_view reply) {
  const test::GuardPage kept(reply.substr(0, 48));
  Error error;
  error.status = Status::auth_rejected;
  error.smtp_code = code;
  error.enhanced = enhanced;
  return std::string(auth_advice(error, kept.text()));
}

bool has(const std::string& text, const char* words) { return text.find(words) != std::string::npos; }

TEST(AuthAdvice, KnowsGmail) {
  EXPECT_TRUE(has(advice(534, {5, 7, 9}, "5.7.9 Application-specific password required. For more information, go to"),
                  "app password or OAuth"));
  EXPECT_TRUE(has(advice(535, {5, 7, 8}, "5.7.8 Username and Password not accepted. For more information, go to"),
                  "Gmail refuses the password: it needs an app password or OAuth"));
  EXPECT_TRUE(
      has(advice(534, {5, 7, 14}, "5.7.14 <https://accounts.google.com/signin/continue?sarp=1"), "web browser"));
  EXPECT_TRUE(
      has(advice(534, {5, 7, 9}, "5.7.9 Please log in with your web browser and then try again."), "app password"));
  EXPECT_TRUE(has(advice(454, {4, 7, 0}, "4.7.0 Too many login attempts, please try again later."), "wait"));
  EXPECT_TRUE(has(advice(421, {4, 7, 28}, "4.7.28 Gmail has detected an unusual rate of unsolicited"), "less often"));
  EXPECT_TRUE(has(advice(550, {5, 4, 5}, "5.4.5 Daily user sending limit exceeded. For more"), "tomorrow"));
  EXPECT_TRUE(
      has(advice(530, {5, 7, 0}, "5.7.0 Authentication Required. For more information, go to"), "give credentials"));
  EXPECT_TRUE(has(advice(530, {5, 7, 0}, "5.7.0 Must issue a STARTTLS command first. 1-2"), "use STARTTLS"));
}

TEST(AuthAdvice, KnowsOutlook) {
  EXPECT_TRUE(
      has(advice(535, {5, 7, 139}, "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for"),
          "administrator"));
  EXPECT_TRUE(
      has(advice(535, {5, 7, 139}, "5.7.139 Authentication unsuccessful, basic authentication is disabled."), "OAuth"));
  EXPECT_TRUE(has(advice(535, {5, 7, 139}, "5.7.139 Authentication unsuccessful, the request did not"), "policy"));
  EXPECT_TRUE(has(advice(535, {5, 7, 3}, "5.7.3 Authentication unsuccessful [X]"), "Exchange"));
  EXPECT_TRUE(has(advice(530, {5, 7, 57}, "5.7.57 Client not authenticated to send mail."), "credentials"));
  EXPECT_TRUE(has(advice(550, {5, 7, 60}, "5.7.60 SMTP; Client does not have permissions to send as"), "sender"));
  EXPECT_TRUE(has(advice(432, {4, 3, 2}, "4.3.2 Concurrent connections limit exceeded."), "fewer"));
}

TEST(AuthAdvice, KnowsOtherProviders) {
  EXPECT_TRUE(has(advice(535, {5, 7, 8}, "5.7.8 Error: authentication failed: app-specific password"), "app password"));
  EXPECT_TRUE(has(advice(535, {5, 7, 0}, "5.7.0 (#AUTH005) Too many bad auth attempts."), "blocked"));
  EXPECT_TRUE(has(advice(454, {}, "Throttling failure: Maximum sending rate exceeded."), "less often"));
  EXPECT_TRUE(has(advice(454, {}, "Throttling failure: Daily message quota exceeded."), "quota"));
}

TEST(AuthAdvice, KnowsTheCodesWithoutAProvider) {
  EXPECT_TRUE(has(advice(535, {}, "Authentication failed"), "check both"));
  EXPECT_TRUE(has(advice(535, {5, 7, 8}, "5.7.8 Error: authentication failed: (reason unavailable)"), "check both"));
  EXPECT_TRUE(has(advice(454, {4, 7, 0}, "4.7.0 Temporary authentication failure"), "later"));
  EXPECT_TRUE(has(advice(523, {5, 7, 10}, "5.7.10 Plaintext authentication disabled."), "TLS"));
  EXPECT_TRUE(has(advice(538, {5, 7, 11}, "5.7.11 Encryption required"), "TLS"));
  EXPECT_TRUE(has(advice(530, {}, ""), "credentials"));
  EXPECT_TRUE(has(advice(534, {5, 7, 9}, "5.7.9 Authentication mechanism is too weak"), "app password"));
  EXPECT_TRUE(has(advice(534, {}, "mechanism too weak"), "stronger"));
  EXPECT_TRUE(has(advice(432, {4, 7, 12}, "4.7.12 A password transition is needed"), "PLAIN"));
  EXPECT_TRUE(has(advice(500, {5, 5, 6}, "5.5.6 Authentication Exchange line is too long"), "shorter"));
  EXPECT_TRUE(has(advice(504, {5, 5, 4}, "5.5.4 Unrecognized authentication type"), "another one"));
}

TEST(AuthAdvice, KnowsTheTextWhereTheEnhancedCodeSaysNothing) {
  EXPECT_TRUE(has(advice(534, {}, "Please log in with your web browser"), "web browser"));
  EXPECT_TRUE(has(advice(534, {}, "Application-specific password required"), "app password or OAuth, not"));
  EXPECT_TRUE(has(advice(535, {5, 7, 9}, "5.7.9 Application-specific password required"), "app password or OAuth, not"));
  EXPECT_TRUE(has(advice(535, {}, "use an app password"), "an app password, not"));
  EXPECT_TRUE(has(advice(535, {5, 7, 8}, "5.7.8 Use an app-specific password"), "an app password, not"));
  EXPECT_TRUE(has(advice(421, {}, "Too many concurrent connections"), "too many connections"));
  EXPECT_TRUE(has(advice(550, {}, "sending quota reached"), "as it may today"));
  EXPECT_TRUE(has(advice(432, {}, "Concurrent connections limit"), "fewer connections"));
}

TEST(AuthAdvice, SaysNothingAboutWhatItDoesNotKnow) {
  EXPECT_EQ(advice(550, {5, 1, 1}, "5.1.1 no such user"), "");
  EXPECT_EQ(advice(500, {}, "what"), "");
  EXPECT_EQ(advice(421, {}, "bye"), "");
  EXPECT_EQ(advice(0, {}, ""), "");
}

// Only its first octets are kept.
TEST(AuthAdvice, TakesATextThatEndsWithinAWordForNoneOfThem) {
  EXPECT_TRUE(has(advice(535, {}, "the login needs an app pas"), "check both"));
  EXPECT_TRUE(has(advice(534, {}, "go to the we"), "stronger"));
}

TEST(AuthAdvice, ReadsTheTextInAnyCase) {
  EXPECT_EQ(advice(454, {}, "THROTTLING FAILURE"), advice(454, {}, "throttling failure"));
}

}  // namespace
}  // namespace mailmote
