// Logins without TLS: each mechanism that needs no hash function of somebody else's.
#include <cstring>
#include <utility>

#include "mailmote/oauth.hpp"
#include "mailmote/sasl.hpp"
#include "measure.hpp"

using namespace mailmote;

namespace {

constexpr Options options_with(Authenticator& authenticator) {
  Options options;
  options.host = "192.0.2.25";
  options.helo = "tank7.example.com";
  options.security = Security::none;
  options.allow_clear = true;
  options.allow_cleartext_credentials = true;
  options.auth = &authenticator;
  return options;
}

constexpr Step kGreeting = {"", "220 mail.example.com ESMTP ready\r\n"};
constexpr Step kExtensions = {
    "\r\n", "250-mail.example.com at your service\r\n250-SIZE 35882577\r\n250-8BITMIME\r\n250-PIPELINING\r\n"
            "250-AUTH PLAIN LOGIN CRAM-MD5 EXTERNAL XOAUTH2 OAUTHBEARER\r\n250 SMTPUTF8\r\n"};
constexpr Step kGoOn = {"\r\n", "334 \r\n"};
constexpr Step kPassword = {"\r\n", "334 UGFzc3dvcmQ6\r\n"};
constexpr Step kChallenge = {"\r\n", "334 PDE4OTYuNjk3MTcwOTUyQG1haWwuZXhhbXBsZS5jb20+\r\n"};
constexpr Step kRefusal = {"\r\n", "334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=\r\n"};
constexpr Step kWelcome = {"\r\n", "235 2.7.0 welcome\r\n"};
constexpr Step kNo = {"\r\n", "535 5.7.8 no\r\n"};
constexpr Step kBye = {"QUIT\r\n", "221 2.0.0 bye\r\n"};

constexpr Step kAtOnce[] = {kGreeting, kExtensions, kWelcome, kBye};
constexpr Step kAfterGoOn[] = {kGreeting, kExtensions, kGoOn, kWelcome, kBye};
constexpr Step kTwoSteps[] = {kGreeting, kExtensions, kPassword, kWelcome, kBye};
constexpr Step kCramMd5[] = {kGreeting, kExtensions, kChallenge, kWelcome, kBye};
constexpr Step kTokenRefused[] = {kGreeting, kExtensions, kRefusal, kNo, kBye};

void measure_login(const char* kind, const char* about, SaslMechanism& mechanism, ScriptedStream&& stream,
                   WindowSizes windows = {}) {
  SaslMechanism* const allowed[] = {&mechanism};
  Authenticator authenticator(allowed);
  const Options options = options_with(authenticator);
  report(kind, about, options, std::move(stream), nullptr, windows);
}

constexpr Credentials kCredentials = {"sensor@example.com", "correct horse battery staple"};
char token[4096];

Text token_of(std::size_t size) {
  std::memset(token, 't', size);
  return std::string_view(token, size);
}

void measure_passwords() {
  PlainMechanism plain(kCredentials);
  LoginMechanism login(kCredentials);
  CramMd5Mechanism cram_md5(kCredentials);
  ExternalMechanism external;
  measure_login("ordinary", "PLAIN", plain, kAtOnce);
  measure_login("ordinary", "LOGIN", login, kTwoSteps);
  measure_login("ordinary", "EXTERNAL", external, kAtOnce);
  measure_login("digest", "CRAM-MD5", cram_md5, kCramMd5);
}

void measure_tokens() {
  const Text user = kCredentials.user;
  XOAuth2Mechanism refused(user, token_of(200)), short_one(user, token_of(200)), long_one(user, token_of(4096));
  OAuthBearerMechanism bearer(user, token_of(200));
  measure_login("ordinary", "XOAUTH2, a token of 200 octets", short_one, kAtOnce);
  measure_login("ordinary", "XOAUTH2, refused", refused, kTokenRefused);
  measure_login("ordinary", "OAUTHBEARER, a token of 200 octets", bearer, kAtOnce);
  measure_login("ordinary", "XOAUTH2, a token of 4,096, windows 256", long_one, kAfterGoOn, {256, 256});
  measure_login("ordinary", "XOAUTH2, a token of 4,096, window 64", long_one, kAfterGoOn, {256, 64});
}

}  // namespace

int main() {
  start_clock();
  measure_passwords();
  measure_tokens();
}
