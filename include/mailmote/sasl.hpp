// The mechanisms that need nothing but credentials: PLAIN, LOGIN, CRAM-MD5, EXTERNAL. Each is linked when named.
#ifndef MAILMOTE_SASL_HPP
#define MAILMOTE_SASL_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/auth.hpp"

namespace mailmote {

/// PLAIN (RFC 4616): user and password as they are. A NUL in one of them is invalid_credentials.
class PlainMechanism final : public SaslMechanism {
 public:
  constexpr explicit PlainMechanism(const Credentials& credentials)
      : SaslMechanism(Mechanism::plain, "PLAIN", true), credentials_(credentials) {}

 private:
  AuthStep do_go_on() override;
  void do_write(Sink& out) const override;

  Credentials credentials_;
};

/// LOGIN (draft-murchison-sasl-login): user, then password, as they are; the user goes with the command. A NUL in one
/// of them is invalid_credentials, and so is an authorization identity, which it cannot carry.
class LoginMechanism final : public SaslMechanism {
 public:
  constexpr explicit LoginMechanism(const Credentials& credentials)
      : SaslMechanism(Mechanism::login, "LOGIN", true), credentials_(credentials) {}

 private:
  AuthStep do_go_on() override;
  void do_write(Sink& out) const override;

  Credentials credentials_;
};

/// CRAM-MD5 (RFC 2195): the password is not sent, but who listens may try passwords at leisure. A NUL in user or
/// password is invalid_credentials, and so is an authorization identity, which it cannot carry. A challenge of more
/// than kMaxChallenge octets is challenge_too_long.
class CramMd5Mechanism final : public SaslMechanism {
 public:
  static constexpr std::size_t kMaxChallenge = 180;

  constexpr explicit CramMd5Mechanism(const Credentials& credentials)
      : SaslMechanism(Mechanism::cram_md5, "CRAM-MD5", false), credentials_(credentials) {}

 private:
  AuthStep do_go_on() override;
  void do_write(Sink& out) const override;
  void do_challenge(Text base64) override;
  void do_forget() override;

  Credentials credentials_;
  std::uint8_t digest_[16] = {};
  Status failure_ = Status::ok;  // of the challenge
};

/// EXTERNAL (RFC 4422 appendix A): the server knows the client by other means, such as its TLS certificate.
/// `authorization` is the identity to act as; empty: the one that the server derives. A NUL in it is
/// invalid_credentials.
class ExternalMechanism final : public SaslMechanism {
 public:
  constexpr explicit ExternalMechanism(Text authorization = {})
      : SaslMechanism(Mechanism::external, "EXTERNAL", true), authorization_(authorization) {}

 private:
  AuthStep do_go_on() override;
  void do_write(Sink& out) const override;

  Text authorization_;
};

}  // namespace mailmote

#endif
