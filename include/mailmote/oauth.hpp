// Logging in with an access token (OAuth 2.0): OAUTHBEARER (RFC 7628) and XOAUTH2. Each is linked when named.
#ifndef MAILMOTE_OAUTH_HPP
#define MAILMOTE_OAUTH_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/auth.hpp"

namespace mailmote {

enum class TokenState : std::uint8_t {
  ready = 0,    ///< here it is
  not_yet = 1,  ///< a new one is on its way: asked again after a while, up to Timeouts::source
  failed = 2,   ///< there will be none
};

/// Where an access token comes from: a text, or a function that is asked when a login begins and sets `token`. The text
/// must stay until the operation is done.
struct TokenSource {
  constexpr TokenSource() = default;
  constexpr TokenSource(Text text) : token(text) {}         // NOLINT: implicit on purpose
  constexpr TokenSource(const char* text) : token(text) {}  // NOLINT: implicit on purpose
  constexpr TokenSource(TokenState (*function)(void* context, Text& token), void* its_context)
      : get(function), context(its_context) {}

  Text token;
  TokenState (*get)(void* context, Text& token) = nullptr;
  void* context = nullptr;
};

/// What both have in common. Control characters in the user, or anything but visible ASCII in the token, are
/// invalid_credentials; no token is token_failed, and one that does not come in time token_timeout.
class TokenMechanism : public SaslMechanism {
 public:
  /// What the server said about a token that it refused: JSON such as {"status":"401","schemes":"bearer"}, cut at 128
  /// octets. Data from outside; kept until the next login.
  Text refusal() const { return {std::string_view(refusal_, refusal_size_)}; }

 protected:
  constexpr TokenMechanism(Mechanism id, Text name, Text user, const TokenSource& token)
      : SaslMechanism(id, name, true), user_(user), source_(token) {}
  ~TokenMechanism() = default;

  Text user() const { return user_; }
  Text host() const { return host_; }
  std::uint16_t port() const { return port_; }

  /// The token with what stands before and behind it.
  void write_token(Sink& out) const;

 private:
  void do_begin(const AuthContext& context) override;
  AuthStep do_go_on() override;
  void do_challenge(Text base64) override;

  Text user_;
  Text host_;
  TokenSource source_;
  std::size_t checked_ = 0;  // octets of the token
  std::uint16_t port_ = 0;
  bool malformed_ = false;   // what the server said
  std::uint8_t refusal_size_ = 0;
  char refusal_[128] = {};
};

/// XOAUTH2, which Google and Microsoft have had before OAUTHBEARER.
class XOAuth2Mechanism final : public TokenMechanism {
 public:
  constexpr XOAuth2Mechanism(Text user, const TokenSource& token)
      : TokenMechanism(Mechanism::xoauth2, "XOAUTH2", user, token) {}

 private:
  void do_write(Sink& out) const override;
};

/// OAUTHBEARER (RFC 7628): names the user, the server's host and port besides the token. `user` may be empty where the
/// token says who it is.
class OAuthBearerMechanism final : public TokenMechanism {
 public:
  constexpr OAuthBearerMechanism(Text user, const TokenSource& token)
      : TokenMechanism(Mechanism::oauthbearer, "OAUTHBEARER", user, token) {}

 private:
  void do_write(Sink& out) const override;
};

}  // namespace mailmote

#endif
