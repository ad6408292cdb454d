// SCRAM (RFC 5802, RFC 7677): the password is not sent, and the server must show that it knows it. Linked when named.
#ifndef MAILMOTE_SCRAM_HPP
#define MAILMOTE_SCRAM_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/auth.hpp"

namespace mailmote {

/// Octets that a ScramHash may need for a hash under way.
constexpr std::size_t kScramContext = 128;

/// Memory of a hash under way.
struct alignas(8) ScramContext {
  std::uint8_t octets[kScramContext] = {};
};

/// A hash function with blocks of 64 octets, such as mbedtls::kSha256 of port/mbedtls. A context that was started, or
/// copied to, is ended by finish() or end().
struct ScramHash {
  Text name;                ///< of the mechanism: "SCRAM-SHA-256"
  Mechanism id;
  std::uint8_t size;        ///< octets of a digest, at most 32
  void (*start)(ScramContext& context);
  void (*copy)(ScramContext& to, const ScramContext& from);  ///< `to` is not started
  void (*add)(ScramContext& context, const void* octets, std::size_t size);
  void (*finish)(ScramContext& context, std::uint8_t* digest);
  void (*end)(ScramContext& context);
};

/// SCRAM without channel binding. User, password and identity must be printable ASCII, because anything else would have
/// to be prepared by SASLprep (RFC 4013), which is not there: invalid_credentials. Needs Authenticator::random:
/// no_random_source. A server's first message of more than 256 octets is challenge_too_long.
///
/// The password is hashed as often as the server asks, a part in each poll. Costs about 700 octets of RAM.
class ScramMechanism final : public SaslMechanism {
 public:
  constexpr ScramMechanism(const ScramHash& hash, const Credentials& credentials)
      : SaslMechanism(hash.id, hash.name, true), hash_(hash), credentials_(credentials) {}

  /// What the server may ask for; fewer or more is iterations_refused. RFC 7677 section 4 wants 4096 at least.
  std::uint32_t min_iterations = 4096;
  std::uint32_t max_iterations = 65536;

  /// Iterations in one poll, at least 1, each about two blocks of the hash. A program that may compute for longer sets
  /// 4096.
  std::uint32_t iterations_per_poll = 16;

 private:
  static constexpr std::size_t kMaxDigest = 32;

  void do_begin(const AuthContext& context) override;
  AuthStep do_go_on() override;
  void do_write(Sink& out) const override;
  void do_challenge(Text base64) override;
  void do_forget() override;

  bool are_valid_credentials() const;
  Status read_first(Text& message);
  Status read_final(Text& message);
  bool iterate();
  void prove();

  void set_key(const void* key, std::size_t size);
  void end_key();
  void finish_hmac(ScramContext& inner, std::uint8_t* digest) const;
  void sign(const void* octets, std::size_t size, std::uint8_t* digest) const;
  void sign_auth_message(std::uint8_t* digest) const;

  void write_bare_first(Sink& out) const;
  void write_without_proof(Sink& out) const;
  void write_auth_message(Sink& out) const;

  const ScramHash& hash_;
  Credentials credentials_;
  std::uint32_t left_ = 0;        // iterations
  Status failure_ = Status::ok;   // why it cannot go on
  bool keyed_ = false;            // inner_ and outer_ are started
  bool computing_ = false;        // the proof is not ready
  std::uint16_t first_size_ = 0;
  ScramContext inner_;            // HMAC with the key of the moment
  ScramContext outer_;
  std::uint8_t proof_[kMaxDigest] = {};      // before that the sum of the iterations
  std::uint8_t signature_[kMaxDigest] = {};  // the server's; before that the last iteration
  char nonce_[24] = {};
  char first_[256] = {};          // the server's first message
};

}  // namespace mailmote

#endif
