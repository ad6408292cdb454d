// The mechanisms that a transcript or a test allows, by name.
#ifndef MAILMOTE_TESTS_SUPPORT_LOGIN_HPP
#define MAILMOTE_TESTS_SUPPORT_LOGIN_HPP

#include <string>
#include <vector>

#include "mailmote/oauth.hpp"
#include "mailmote/sasl.hpp"
#include "support/test_hash.hpp"

namespace mailmote::test {

/// Random octets 0, 1, 2, ...: a nonce of "AAECAwQFBgcICQoLDA0ODxAR".
bool count_up(void*, std::uint8_t* out, std::size_t size);

struct LoginSettings {
  std::vector<std::string> allowed;  ///< "SCRAM-SHA-256", "PLAIN"
  std::string user = "sensor";
  std::string password = "secret";
  std::string authorization;
  std::string token = "ya29.token";
  std::uint32_t min_iterations = 4096;
  std::string token_source;          ///< "fails", "never", "late" (the third time it is asked), or empty: at once
};

class Login {
 public:
  explicit Login(const LoginSettings& settings);

  Authenticator& authenticator() { return authenticator_; }
  const Authenticator& authenticator() const { return authenticator_; }

  /// What the server said about a refused token.
  std::string refusal() const;

  /// Everything in memory that could hold something secret: all objects of the mechanisms.
  std::vector<ByteView> memory() const;

 private:
  static TokenState ask(void* self, Text& token);
  SaslMechanism* named(const std::string& name);

  LoginSettings settings_;
  Credentials credentials_;
  int asked_ = 0;
  PlainMechanism plain_;
  LoginMechanism login_;
  CramMd5Mechanism cram_md5_;
  ExternalMechanism external_;
  ScramMechanism scram_sha_1_;
  ScramMechanism scram_sha_256_;
  XOAuth2Mechanism xoauth2_;
  OAuthBearerMechanism oauthbearer_;
  std::vector<SaslMechanism*> allowed_;
  Authenticator authenticator_;
};

}  // namespace mailmote::test

#endif
