// The hash functions of SCRAM by Mbed TLS. Each is linked when named.
#ifndef MAILMOTE_MBEDTLS_HASH_HPP
#define MAILMOTE_MBEDTLS_HASH_HPP

#include "mailmote/scram.hpp"

namespace mailmote::mbedtls {
namespace detail {

void sha256_start(ScramContext& context);
void sha256_copy(ScramContext& to, const ScramContext& from);
void sha256_add(ScramContext& context, const void* octets, std::size_t size);
void sha256_finish(ScramContext& context, std::uint8_t* digest);
void sha256_end(ScramContext& context);

void sha1_start(ScramContext& context);
void sha1_copy(ScramContext& to, const ScramContext& from);
void sha1_add(ScramContext& context, const void* octets, std::size_t size);
void sha1_finish(ScramContext& context, std::uint8_t* digest);
void sha1_end(ScramContext& context);

}  // namespace detail

/// For SCRAM-SHA-256 (RFC 7677).
inline constexpr ScramHash kSha256 = {"SCRAM-SHA-256",       Mechanism::scram_sha_256, 32,
                                      detail::sha256_start,  detail::sha256_copy,      detail::sha256_add,
                                      detail::sha256_finish, detail::sha256_end};

/// For SCRAM-SHA-1 (RFC 5802). Only where Mbed TLS was built with MBEDTLS_SHA1_C.
inline constexpr ScramHash kSha1 = {"SCRAM-SHA-1",       Mechanism::scram_sha_1, 20,
                                    detail::sha1_start,  detail::sha1_copy,      detail::sha1_add,
                                    detail::sha1_finish, detail::sha1_end};

}  // namespace mailmote::mbedtls

#endif
