#include "mailmote/scram.hpp"

#include <cstring>

#include "wire/base64_writer.hpp"
#include "auth/credentials.hpp"
#include "wire/base64_decoder.hpp"
#include "wire/wipe.hpp"
#include "wire/words.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kBlock = 64;

/// Takes "x=value" off the front of `text`, up to a comma; false when another attribute stands there.
bool take_attribute(Text& text, char name, Text& value) {
  if (text.size() < 2 || text[0] != name || text[1] != '=') return false;
  text.remove_prefix(2);
  std::size_t end = 0;
  while (end < text.size() && text[end] != ',') ++end;
  value = std::string_view(text.data(), end);
  text.remove_prefix(end < text.size() ? end + 1 : end);
  return true;
}

// RFC 5802 section 5.1: printable ASCII without comma.
bool extends(const Text& nonce, const char (&ours)[24]) {
  return nonce.size() > sizeof ours && std::memcmp(nonce.data(), ours, sizeof ours) == 0 &&
         is_within(nonce, 0x21, 0x7e);
}

void write_octets(const void* view, Sink& out) {
  const auto* const octets = static_cast<const ByteView*>(view);
  out.put(octets->data, octets->size);
}

void write_identity(const void* identity, Sink& out) { write_gs2_header(out, *static_cast<const Text*>(identity)); }

void combine(std::uint8_t* into, const std::uint8_t* other, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) into[i] ^= other[i];
}

}  // namespace

void ScramMechanism::do_begin(const AuthContext& context) {
  set_verified(false);
  computing_ = false;
  std::uint8_t octets[sizeof nonce_ / 4 * 3];
  const RandomSource& random = context.random;
  const bool filled = random.fill != nullptr && random.fill(random.context, octets, sizeof octets);
  failure_ = filled ? Status::ok : Status::no_random_source;
  const ByteView view = {octets, sizeof octets};
  Sink out(reinterpret_cast<std::uint8_t*>(nonce_), sizeof nonce_, 0);
  if (filled) write_base64(out, write_octets, &view);
}

AuthStep ScramMechanism::do_go_on() {
  if (failure_ != Status::ok) return cancel(failure_);
  if (computing_ && !iterate()) return AuthStep::compute;
  return respond(2, are_valid_credentials());
}

// What SASLprep would leave as it is.
bool ScramMechanism::are_valid_credentials() const {
  return is_within(credentials_.user, 0x20, 0x7e) && is_within(credentials_.password, 0x20, 0x7e) &&
         is_within(credentials_.authorization, 0x20, 0x7e);
}

void ScramMechanism::do_challenge(Text base64) {
  ByteView octets;
  failure_ = Status::malformed_challenge;
  if (!decode(base64, octets)) return;
  Text message = std::string_view(reinterpret_cast<const char*>(octets.data), octets.size);
  failure_ = challenges() == 1 ? read_first(message) : read_final(message);
}

Status ScramMechanism::read_first(Text& message) {
  if (message.size() > sizeof first_) return Status::challenge_too_long;
  std::memcpy(first_, message.data(), message.size());
  first_size_ = static_cast<std::uint16_t>(message.size());
  Text nonce, salt, count;
  const bool whole = take_attribute(message, 'r', nonce) && take_attribute(message, 's', salt) &&
                     take_attribute(message, 'i', count);
  std::uint8_t octets[96];
  ByteView salted;
  std::uint32_t iterations = 0;
  if (!whole || !extends(nonce, nonce_) || !decode_base64(salt, {octets, sizeof octets}, salted) ||
      !parse_decimal(count, iterations)) {
    return Status::malformed_challenge;
  }
  if (iterations < min_iterations || iterations > max_iterations) return Status::iterations_refused;
  constexpr std::uint8_t kFirstBlock[] = {0, 0, 0, 1};
  set_key(credentials_.password.data(), credentials_.password.size());
  ScramContext context;
  hash_.copy(context, inner_);
  hash_.add(context, salted.data, salted.size);
  hash_.add(context, kFirstBlock, sizeof kFirstBlock);
  finish_hmac(context, proof_);
  std::memcpy(signature_, proof_, sizeof signature_);
  left_ = iterations - 1;
  computing_ = true;
  return Status::ok;
}

// False: there is more to do. The proof has a poll of its own.
bool ScramMechanism::iterate() {
  computing_ = left_ != 0;
  if (!computing_) {
    prove();
    return true;
  }
  for (std::uint32_t n = 0; left_ != 0 && n < iterations_per_poll; --left_, ++n) {
    sign(signature_, hash_.size, signature_);
    combine(proof_, signature_, hash_.size);
  }
  return false;
}

// RFC 5802 section 3.
void ScramMechanism::prove() {
  constexpr char kClientKey[] = "Client Key";
  constexpr char kServerKey[] = "Server Key";
  std::uint8_t client_key[kMaxDigest], stored_key[kMaxDigest];
  set_key(proof_, hash_.size);
  sign(kClientKey, sizeof kClientKey - 1, client_key);
  sign(kServerKey, sizeof kServerKey - 1, signature_);
  ScramContext context;
  hash_.start(context);
  hash_.add(context, client_key, hash_.size);
  hash_.finish(context, stored_key);
  set_key(stored_key, hash_.size);
  sign_auth_message(proof_);
  combine(proof_, client_key, hash_.size);
  set_key(signature_, hash_.size);
  sign_auth_message(signature_);
  end_key();
  wipe(client_key, sizeof client_key);
  wipe(stored_key, sizeof stored_key);
}

// A server that reports an error is let go on: its refusal follows.
Status ScramMechanism::read_final(Text& message) {
  Text value;
  if (take_attribute(message, 'e', value)) return Status::ok;
  if (!take_attribute(message, 'v', value)) return Status::malformed_challenge;
  std::uint8_t octets[kMaxDigest];
  ByteView signature;
  const bool verified = decode_base64(value, {octets, sizeof octets}, signature) && signature.size == hash_.size &&
                        std::memcmp(octets, signature_, hash_.size) == 0;
  set_verified(verified);
  return verified ? Status::ok : Status::server_not_verified;
}

// HMAC (RFC 2104), with the part that depends on the key done once.

void ScramMechanism::set_key(const void* key, std::size_t size) {
  end_key();
  std::uint8_t pad[kBlock] = {};
  hash_.start(inner_);
  if (size > sizeof pad) {
    hash_.add(inner_, key, size);
    hash_.finish(inner_, pad);
    hash_.start(inner_);
  } else if (size != 0) {
    std::memcpy(pad, key, size);
  }
  for (std::uint8_t& octet : pad) octet ^= 0x36U;
  hash_.add(inner_, pad, sizeof pad);
  for (std::uint8_t& octet : pad) octet ^= 0x36U ^ 0x5cU;
  hash_.start(outer_);
  hash_.add(outer_, pad, sizeof pad);
  keyed_ = true;
  wipe(pad, sizeof pad);
}

void ScramMechanism::end_key() {
  if (keyed_) {
    hash_.end(inner_);
    hash_.end(outer_);
  }
  keyed_ = false;
}

void ScramMechanism::finish_hmac(ScramContext& inner, std::uint8_t* digest) const {
  hash_.finish(inner, digest);
  hash_.copy(inner, outer_);
  hash_.add(inner, digest, hash_.size);
  hash_.finish(inner, digest);
}

void ScramMechanism::sign(const void* octets, std::size_t size, std::uint8_t* digest) const {
  ScramContext context;
  hash_.copy(context, inner_);
  hash_.add(context, octets, size);
  finish_hmac(context, digest);
}

void ScramMechanism::sign_auth_message(std::uint8_t* digest) const {
  ScramContext context;
  hash_.copy(context, inner_);
  std::uint8_t octets[64];
  std::size_t at = 0;
  for (;;) {
    Sink piece(octets, sizeof octets, at);
    write_auth_message(piece);
    if (piece.written() == 0) break;
    hash_.add(context, octets, piece.written());
    at += piece.written();
  }
  finish_hmac(context, digest);
}

// Messages.

void ScramMechanism::do_write(Sink& out) const {
  if (challenges() == 0) {
    write_gs2_header(out, credentials_.authorization);
    write_bare_first(out);
  } else if (challenges() == 1) {
    const ByteView proof = {proof_, hash_.size};
    write_without_proof(out);
    out.put(",p=");
    write_base64(out, write_octets, &proof);
  }
}

void ScramMechanism::write_bare_first(Sink& out) const {
  out.put("n=");
  write_sasl_name(out, credentials_.user);
  out.put(",r=");
  out.put(nonce_, sizeof nonce_);
}

void ScramMechanism::write_without_proof(Sink& out) const {
  Text first = std::string_view(first_, first_size_);
  Text nonce;
  static_cast<void>(take_attribute(first, 'r', nonce));
  out.put("c=");
  write_base64(out, write_identity, &credentials_.authorization);
  out.put(",r=");
  out.put(nonce);
}

void ScramMechanism::write_auth_message(Sink& out) const {
  write_bare_first(out);
  out.put(',');
  out.put(first_, first_size_);
  out.put(',');
  write_without_proof(out);
}

void ScramMechanism::do_forget() {
  end_key();
  wipe(&inner_, sizeof inner_);
  wipe(&outer_, sizeof outer_);
  wipe(proof_, sizeof proof_);
  wipe(signature_, sizeof signature_);
}

}  // namespace mailmote
