// What a server offers in its reply to EHLO.
#ifndef MAILMOTE_CAPABILITIES_HPP
#define MAILMOTE_CAPABILITIES_HPP

#include <cstdint>

#include "mailmote/bytes.hpp"

namespace mailmote {

/// The extensions that mailmote knows, as bits of Capabilities::flags.
enum class Extension : std::uint8_t {
  size = 0,               ///< SIZE, RFC 1870
  pipelining,             ///< PIPELINING, RFC 2920
  eight_bit_mime,         ///< 8BITMIME, RFC 6152
  smtputf8,               ///< SMTPUTF8, RFC 6531
  chunking,               ///< CHUNKING, RFC 3030
  binary_mime,            ///< BINARYMIME, RFC 3030
  dsn,                    ///< DSN, RFC 3461
  enhanced_status_codes,  ///< ENHANCEDSTATUSCODES, RFC 2034
  starttls,               ///< STARTTLS, RFC 3207
  require_tls,            ///< REQUIRETLS, RFC 8689
  limits,                 ///< LIMITS, RFC 9422
  auth,                   ///< AUTH, RFC 4954; the mechanisms: parse_auth()
};

/// The current EHLO's answer. Cleared at every connect and every EHLO; empty after HELO.
struct Capabilities {
  std::uint16_t flags = 0;
  std::uint16_t rcpt_max = 0;         ///< LIMITS RCPTMAX, 0 when not given
  std::uint16_t rcpt_domain_max = 0;  ///< LIMITS RCPTDOMAINMAX, 0 when not given
  std::uint16_t mail_max = 0;         ///< LIMITS MAILMAX, 0 when not given
  std::uint32_t size_max = 0;         ///< octets; 0: no limit known (SIZE alone, SIZE 0, or above 2^32 - 2)

  constexpr bool has(Extension e) const { return ((flags >> static_cast<unsigned>(e)) & 1U) != 0; }
};

/// SASL mechanisms that a server names in its AUTH line, as bits.
enum class Mechanism : std::uint8_t {
  plain = 0, login, cram_md5, digest_md5, scram_sha_1, scram_sha_1_plus, scram_sha_256, scram_sha_256_plus, xoauth2,
  oauthbearer, external, ntlm, gssapi,
};

/// A set of mechanisms.
struct AuthSet {
  std::uint16_t bits = 0;
  constexpr bool has(Mechanism m) const { return ((bits >> static_cast<unsigned>(m)) & 1U) != 0; }
  constexpr void add(Mechanism m) { bits = static_cast<std::uint16_t>(bits | (1U << static_cast<unsigned>(m))); }
};

/// Adds the mechanisms of one EHLO line (without code, "AUTH PLAIN LOGIN" or the old "AUTH=PLAIN LOGIN") to `set`. Other
/// lines and unknown mechanisms are passed over. Linked when named; see Observer::on_line for how to get the lines.
void parse_auth(Text line, AuthSet& set);

/// A mechanism's name, such as "SCRAM-SHA-256". Linked when named.
Text name(Mechanism mechanism);

}  // namespace mailmote

#endif
