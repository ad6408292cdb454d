#include "mailmote/mbedtls/hash.hpp"

#include <mbedtls/sha1.h>
#include <mbedtls/sha256.h>

#include <new>

#include "versions.hpp"

namespace mailmote::mbedtls::detail {
namespace {

static_assert(sizeof(mbedtls_sha256_context) <= kScramContext &&
              alignof(mbedtls_sha256_context) <= alignof(ScramContext));

mbedtls_sha256_context* sha256_in(ScramContext& context) {
  return std::launder(reinterpret_cast<mbedtls_sha256_context*>(context.octets));
}

mbedtls_sha256_context* new_sha256_in(ScramContext& context) {
  auto* const hash = new (context.octets) mbedtls_sha256_context;
  mbedtls_sha256_init(hash);
  return hash;
}

}  // namespace

void sha256_start(ScramContext& context) { mbedtls::sha256_start(*new_sha256_in(context)); }

void sha256_copy(ScramContext& to, const ScramContext& from) {
  mbedtls_sha256_clone(new_sha256_in(to), sha256_in(const_cast<ScramContext&>(from)));
}

void sha256_add(ScramContext& context, const void* octets, std::size_t size) {
  mbedtls::sha256_add(*sha256_in(context), {static_cast<const std::uint8_t*>(octets), size});
}

void sha256_finish(ScramContext& context, std::uint8_t* digest) {
  mbedtls::sha256_finish(*sha256_in(context), reinterpret_cast<std::uint8_t(&)[32]>(*digest));
  sha256_end(context);
}

void sha256_end(ScramContext& context) { mbedtls_sha256_free(sha256_in(context)); }

#if defined(MBEDTLS_SHA1_C)

#if MBEDTLS_VERSION_NUMBER < 0x03000000
#define mbedtls_sha1_starts mbedtls_sha1_starts_ret
#define mbedtls_sha1_update mbedtls_sha1_update_ret
#define mbedtls_sha1_finish mbedtls_sha1_finish_ret
#endif

namespace {

static_assert(sizeof(mbedtls_sha1_context) <= kScramContext && alignof(mbedtls_sha1_context) <= alignof(ScramContext));

mbedtls_sha1_context* sha1_in(ScramContext& context) {
  return std::launder(reinterpret_cast<mbedtls_sha1_context*>(context.octets));
}

mbedtls_sha1_context* new_sha1_in(ScramContext& context) {
  auto* const hash = new (context.octets) mbedtls_sha1_context;
  mbedtls_sha1_init(hash);
  return hash;
}

}  // namespace

void sha1_start(ScramContext& context) { static_cast<void>(mbedtls_sha1_starts(new_sha1_in(context))); }

void sha1_copy(ScramContext& to, const ScramContext& from) {
  mbedtls_sha1_clone(new_sha1_in(to), sha1_in(const_cast<ScramContext&>(from)));
}

void sha1_add(ScramContext& context, const void* octets, std::size_t size) {
  static_cast<void>(mbedtls_sha1_update(sha1_in(context), static_cast<const unsigned char*>(octets), size));
}

void sha1_finish(ScramContext& context, std::uint8_t* digest) {
  static_cast<void>(mbedtls_sha1_finish(sha1_in(context), digest));
  sha1_end(context);
}

void sha1_end(ScramContext& context) { mbedtls_sha1_free(sha1_in(context)); }

#endif

}  // namespace mailmote::mbedtls::detail
