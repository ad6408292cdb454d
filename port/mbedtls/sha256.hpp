// SHA-256 by Mbed TLS.
#ifndef MAILMOTE_MBEDTLS_SHA256_HPP
#define MAILMOTE_MBEDTLS_SHA256_HPP

#include "versions.hpp"

namespace mailmote::mbedtls {

class Sha256 {
 public:
  Sha256() {
    mbedtls_sha256_init(&hash_);
    sha256_start(hash_);
  }
  ~Sha256() { mbedtls_sha256_free(&hash_); }
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(ByteView octets) { sha256_add(hash_, octets); }

  /// The size goes in first, so that no two lists of octets look the same.
  void add_item(ByteView octets) {
    add_number(octets.size);
    add(octets);
  }
  void add_number(std::size_t number) {
    std::uint8_t octets[4];
    for (std::size_t i = 0; i < 4; ++i) octets[i] = static_cast<std::uint8_t>(number >> (8 * i));
    add({octets, sizeof octets});
  }
  void finish(std::uint8_t (&out)[32]) { sha256_finish(hash_, out); }

 private:
  mbedtls_sha256_context hash_;
};

}  // namespace mailmote::mbedtls

#endif
