// The SASL mechanisms that the program has, by name: the one place that knows all of them.
#ifndef MAILMOTE_CLI_MECHANISMS_HPP
#define MAILMOTE_CLI_MECHANISMS_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailmote/oauth.hpp"
#include "mailmote/sasl.hpp"
#include "mailmote/scram.hpp"

namespace mailmote::cli {

/// What a mechanism logs in with.
enum class Proof { password, token, outside };

struct MechanismRow {
  const char* name;
  Mechanism id;
  Proof proof;
};

/// The strongest first. EXTERNAL comes last: it is the one that is left where there is no secret.
inline constexpr MechanismRow kMechanisms[] = {
    {"SCRAM-SHA-256", Mechanism::scram_sha_256, Proof::password},
    {"SCRAM-SHA-1", Mechanism::scram_sha_1, Proof::password},
    {"OAUTHBEARER", Mechanism::oauthbearer, Proof::token},
    {"XOAUTH2", Mechanism::xoauth2, Proof::token},
    {"CRAM-MD5", Mechanism::cram_md5, Proof::password},
    {"PLAIN", Mechanism::plain, Proof::password},
    {"LOGIN", Mechanism::login, Proof::password},
    {"EXTERNAL", Mechanism::external, Proof::outside},
};

/// Names with a comma between each two, or "auto": an empty set. Throws Failure.
AuthSet parse_mechanisms(std::string_view list);

/// "SCRAM-SHA-256, PLAIN"; "none" of an empty set.
std::string to_text(const AuthSet& set);

/// "PLAIN, LOGIN"; "none" where there are none.
std::string joined(const std::vector<std::string>& words);

/// The mechanisms that EHLO lines offer, known or not, each once, in the server's order and in upper case.
std::vector<std::string> offered_mechanisms(const std::vector<std::string>& lines);

/// One object of each mechanism that is allowed.
class Mechanisms {
 public:
  /// The texts and what `token` points to must stay. SCRAM is left out where the program was built without its hashes.
  Mechanisms(const AuthSet& allowed, const Credentials& credentials, const TokenSource& token);
  Mechanisms(const Mechanisms&) = delete;
  Mechanisms& operator=(const Mechanisms&) = delete;

  /// The strongest first.
  const std::vector<SaslMechanism*>& list() const { return list_; }

  /// What the server said about a token that it refused; empty: it took it, or none was tried.
  Text token_refusal() const;

 private:
  void add_scram(const ScramHash* hash, const Credentials& credentials, std::optional<ScramMechanism>& into);
  SaslMechanism* find(Mechanism id);

  std::optional<ScramMechanism> scram_sha_256_;
  std::optional<ScramMechanism> scram_sha_1_;
  OAuthBearerMechanism oauthbearer_;
  XOAuth2Mechanism xoauth2_;
  CramMd5Mechanism cram_md5_;
  PlainMechanism plain_;
  LoginMechanism login_;
  ExternalMechanism external_;
  std::vector<SaslMechanism*> list_;
};

}  // namespace mailmote::cli

#endif
