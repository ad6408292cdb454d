// MD5 (RFC 1321) and HMAC-MD5 (RFC 2104), for CRAM-MD5 only: broken as a signature, and still good enough there.
#ifndef MAILMOTE_AUTH_MD5_HPP
#define MAILMOTE_AUTH_MD5_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"

namespace mailmote {

/// start(), then add() as often as needed, then finish(). At most 2^32 - 1 octets.
class Md5 {
 public:
  static constexpr std::size_t kBlock = 64;
  static constexpr std::size_t kDigest = 16;

  void start();
  void add(const std::uint8_t* octets, std::size_t size);
  void finish(std::uint8_t (&digest)[kDigest]);

  /// start(), and a block of the key, at most kBlock octets, with each octet changed by `pad`.
  void start_with_key(const ByteView& key, std::uint8_t pad);

 private:
  void put(std::uint8_t octet);
  void mix();

  std::uint32_t state_[4];
  std::uint32_t size_;
  std::uint8_t block_[kBlock];
};

/// A secret of more than 64 octets is hashed first.
void hmac_md5(const ByteView& secret, const ByteView& text, std::uint8_t (&digest)[Md5::kDigest]);

}  // namespace mailmote

#endif
