#ifdef MAILMOTE_HAS_MBEDTLS

#include "mailmote/mbedtls/hash.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/test_hash.hpp"

namespace mailmote {
namespace {

std::string digest_of(const ScramHash& hash, std::string_view octets) {
  ScramContext context, other;
  hash.start(context);
  hash.add(context, octets.data(), octets.size() / 2);
  hash.copy(other, context);
  hash.end(context);
  hash.add(other, octets.data() + octets.size() / 2, octets.size() - octets.size() / 2);
  std::string digest(hash.size, '\0');
  hash.finish(other, reinterpret_cast<std::uint8_t*>(digest.data()));
  return digest;
}

TEST(MbedtlsHash, AgreesWithAnotherProgram) {
  for (const std::size_t size : {0U, 3U, 55U, 56U, 64U, 65U, 1000U}) {
    const std::string octets(size, 'x');
    EXPECT_EQ(digest_of(mbedtls::kSha1, octets), test::sha1(octets)) << size;
    EXPECT_EQ(digest_of(mbedtls::kSha256, octets), test::sha256(octets)) << size;
  }
}

TEST(MbedtlsHash, HasTheDigestsOfFips180) {
  EXPECT_EQ(digest_of(mbedtls::kSha1, "abc").substr(0, 4), "\xa9\x99\x3e\x36");
  EXPECT_EQ(digest_of(mbedtls::kSha256, "abc").substr(0, 4), "\xba\x78\x16\xbf");
}

TEST(MbedtlsHash, NamesItsMechanism) {
  EXPECT_EQ(mbedtls::kSha1.name, "SCRAM-SHA-1");
  EXPECT_EQ(mbedtls::kSha1.id, Mechanism::scram_sha_1);
  EXPECT_EQ(mbedtls::kSha1.size, 20U);
  EXPECT_EQ(mbedtls::kSha256.name, "SCRAM-SHA-256");
  EXPECT_EQ(mbedtls::kSha256.id, Mechanism::scram_sha_256);
  EXPECT_EQ(mbedtls::kSha256.size, 32U);
}

}  // namespace
}  // namespace mailmote

#endif
