// Each mechanism against challenges of any kind: it ends, it never takes a server for verified that has shown nothing,
// and the response is the same however small the window.
#include "fuzz/fuzz.hpp"
#include "mailmote/oauth.hpp"
#include "mailmote/options.hpp"
#include "mailmote/sasl.hpp"
#include "support/content.hpp"
#include "support/login.hpp"
#include "support/test_hash.hpp"

namespace mailmote::test {
namespace {

std::string response(const SaslMechanism& mechanism, std::size_t window) {
  return composed(window, [&](Sink& sink) { mechanism.write(sink); });
}

void exchange(SaslMechanism& mechanism, Feed& feed) {
  Options options;
  options.host = "smtp.example.com";
  const RandomSource random = {count_up, nullptr};
  mechanism.begin({options, random, feed.flag()});
  for (unsigned steps = 0; steps < 20; ++steps) {
    AuthStep step = mechanism.go_on();
    for (unsigned computes = 0; step == AuthStep::compute; ++computes) {
      require(computes < 5000, "an end of computing");
      step = mechanism.go_on();
    }
    if (step == AuthStep::cancel) {
      require(mechanism.status() != Status::ok, "a reason to cancel");
      break;
    }
    if (step == AuthStep::respond) {
      require(response(mechanism, 7) == response(mechanism, 4096), "the same response in small windows");
    }
    if (feed.empty()) break;
    std::string challenge = feed.text();
    mechanism.challenge(challenge);
  }
  mechanism.forget();
  require(open_contexts() == 0, "no hash left open");
}

}  // namespace
}  // namespace mailmote::test

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailmote;
  using namespace mailmote::test;
  Feed feed(data, size);
  const unsigned kind = feed.pick(8);
  const std::string user = feed.text();
  const std::string password = feed.text();
  const Credentials credentials = {user, password, {}};
  const TokenSource token(password);
  PlainMechanism plain(credentials);
  LoginMechanism login(credentials);
  CramMd5Mechanism cram_md5(credentials);
  ExternalMechanism external(user);
  ScramMechanism scram_1(kTestSha1, credentials);
  ScramMechanism scram_256(kTestSha256, credentials);
  XOAuth2Mechanism xoauth2(user, token);
  OAuthBearerMechanism oauthbearer(user, token);
  scram_1.min_iterations = scram_256.min_iterations = 1;
  scram_1.max_iterations = scram_256.max_iterations = 64;
  SaslMechanism* const mechanisms[] = {&plain,   &login,     &cram_md5, &external,
                                       &scram_1, &scram_256, &xoauth2,  &oauthbearer};
  exchange(*mechanisms[kind], feed);
  return 0;
}
