#include "auth/credentials.hpp"
#include "auth/md5.hpp"
#include "mailmote/sasl.hpp"
#include "wire/wipe.hpp"

namespace mailmote {

AuthStep CramMd5Mechanism::do_go_on() {
  if (challenges() != 0 && failure_ != Status::ok) return cancel(failure_);
  return respond(1, are_user_and_password(credentials_));
}

// The limit bounds a poll's work.
void CramMd5Mechanism::do_challenge(Text base64) {
  ByteView octets;
  failure_ = Status::malformed_challenge;
  if (!decode(base64, octets)) return;
  failure_ = Status::challenge_too_long;
  if (octets.size > kMaxChallenge) return;
  failure_ = Status::ok;
  const Text key = credentials_.password;
  hmac_md5({reinterpret_cast<const std::uint8_t*>(key.data()), key.size()}, octets, digest_);
}

void CramMd5Mechanism::do_write(Sink& out) const {
  out.put(credentials_.user);
  out.put(' ');
  for (std::size_t i = 0; i < 2 * sizeof digest_; ++i) {
    const unsigned digit = digest_[i / 2] >> (i % 2 == 0 ? 4U : 0U) & 15U;
    out.put(static_cast<char>(digit < 10 ? '0' + digit : 'a' - 10 + digit));
  }
}

void CramMd5Mechanism::do_forget() { wipe(digest_, sizeof digest_); }

}  // namespace mailmote
