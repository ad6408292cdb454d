#include "mailmote/scram.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "support/exchange.hpp"
#include "support/test_hash.hpp"

namespace mailmote {
namespace {

using test::Exchange;
using test::kTestSha1;
using test::kTestSha256;

/// The nonce of RFC 5802 section 5: "fyko+d2lbbFgONRv9qkxdawL".
bool nonce_of_rfc5802(void*, std::uint8_t* out, std::size_t size) {
  constexpr std::uint8_t kOctets[] = {0x7f, 0x29, 0x28, 0xf9, 0xdd, 0xa5, 0x6d, 0xb1, 0x60,
                                      0x38, 0xd4, 0x6f, 0xf6, 0xa9, 0x31, 0x75, 0xac, 0x0b};
  if (size != sizeof kOctets) return false;
  std::memcpy(out, kOctets, size);
  return true;
}

constexpr RandomSource kRandom = {nonce_of_rfc5802, nullptr};
constexpr const char* kFirst = "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL";
constexpr const char* kServerFirst = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096";
constexpr const char* kFinal = "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=";
constexpr const char* kServerFinal = "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=";

class Scram : public testing::Test {
 protected:
  ~Scram() override {
    scram.forget();
    EXPECT_EQ(test::open_contexts(), 0);
  }

  ScramMechanism scram{kTestSha1, {"user", "pencil", {}}};
  Exchange exchange{scram, kRandom};
};

TEST_F(Scram, HasTheDialogueOfRfc5802) {
  EXPECT_EQ(exchange.begin(), kFirst);
  EXPECT_EQ(exchange.answer(kServerFirst), kFinal);
  EXPECT_FALSE(scram.verified());
  EXPECT_EQ(exchange.answer(kServerFinal), "");
  EXPECT_TRUE(scram.verified());
}

// RFC 7677 section 3 has a nonce of another length; these values are by another program that reproduces its example.
TEST(ScramSha256, HasTheValuesOfAnotherProgram) {
  ScramMechanism scram(kTestSha256, {"user", "pencil", {}});
  Exchange exchange(scram, kRandom);
  EXPECT_EQ(exchange.begin(), kFirst);
  EXPECT_EQ(
      exchange.answer("r=fyko+d2lbbFgONRv9qkxdawL%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"),
      "c=biws,r=fyko+d2lbbFgONRv9qkxdawL%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=2FUSN0pPcS7P8hBhsxBJOiUDbRoW4KVNGZT0LxVnSek=");
  EXPECT_EQ(exchange.answer("v=zJZjsVp2g+W9jd01vgbsshippfH1sM0tLdBvs+e3DF4="), "");
  EXPECT_TRUE(scram.verified());
  scram.forget();
  EXPECT_EQ(test::open_contexts(), 0);
}

TEST_F(Scram, NamesItselfByItsHash) {
  EXPECT_EQ(scram.name(), "SCRAM-SHA-1");
  EXPECT_EQ(scram.id(), Mechanism::scram_sha_1);
  EXPECT_TRUE(scram.client_first());
}

TEST_F(Scram, ComputesAPartInEachPoll) {
  exchange.begin();
  exchange.answer(kServerFirst);
  EXPECT_EQ(exchange.computes, 256U);
  scram.iterations_per_poll = 4096;
  exchange.computes = 0;
  exchange.begin();
  EXPECT_EQ(exchange.answer(kServerFirst), kFinal);
  EXPECT_EQ(exchange.computes, 1U);
}

TEST_F(Scram, CanDoOneIterationOnly) {
  scram.min_iterations = 1;
  exchange.begin();
  EXPECT_EQ(exchange.answer("r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=1"),
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawLx,p=EYLAdtnvAmfOeV0GFgRfi0b+b/8=");
}

TEST_F(Scram, HashesALongPasswordFirst) {
  const std::string password(100, 'p');
  ScramMechanism with_long(kTestSha1, {"user", password, {}});
  with_long.min_iterations = 1;
  Exchange other(with_long, kRandom);
  other.begin();
  EXPECT_EQ(other.answer("r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=2"),
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawLx,p=yvu10ps7jiNNeb36+/GXuSM5eus=");
}

// RFC 2104: a key as long as the block is taken as it is. The proof is by Python's hashlib and hmac.
TEST_F(Scram, TakesAPasswordOfOneBlockAsItIs) {
  const std::string password(64, 'p');
  ScramMechanism with_block(kTestSha1, {"user", password, {}});
  with_block.min_iterations = 1;
  Exchange other(with_block, kRandom);
  other.begin();
  EXPECT_EQ(other.answer("r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=2"),
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawLx,p=X03wypbDtSv/im1Q9sxt7jNa/H4=");
}

// The proof is by Python's hashlib and hmac.
TEST_F(Scram, TakesAnEmptyPassword) {
  ScramMechanism with_none(kTestSha1, {"user", {}, {}});
  with_none.min_iterations = 1;
  Exchange other(with_none, kRandom);
  other.begin();
  EXPECT_EQ(other.answer("r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXCR+Q6sek8bf92,i=2"),
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawLx,p=NVkdJeZtCXkkti8MG5nl2V1e26w=");
}

TEST_F(Scram, RefusesAWrongSignature) {
  for (const char* final : {"v=AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "v=", "v=rmF9pqV8S7suAoZWja4dJRkFsA==", "v=?",
                            "v=rmF9pqV8S7suAoZWja4dJRkFsKQArmF9pqV8S7suAoZWja4dJRkFsKQ="}) {
    exchange.begin();
    exchange.answer(kServerFirst);
    EXPECT_EQ(exchange.answer(final), "*server_not_verified") << final;
    EXPECT_FALSE(scram.verified());
  }
}

TEST_F(Scram, LetsAServerReportItsError) {
  exchange.begin();
  exchange.answer(kServerFirst);
  EXPECT_EQ(exchange.answer("e=unknown-user"), "");
  EXPECT_FALSE(scram.verified());
}

TEST_F(Scram, RefusesAMalformedFinalMessage) {
  for (const char* final : {"", "x=1", "vrmF9pqV8S7suAoZWja4dJRkFsKQ="}) {
    exchange.begin();
    exchange.answer(kServerFirst);
    EXPECT_EQ(exchange.answer(final), "*malformed_challenge") << final;
  }
}

TEST_F(Scram, KnowsNoThirdChallenge) {
  exchange.begin();
  exchange.answer(kServerFirst);
  exchange.answer(kServerFinal);
  EXPECT_EQ(exchange.answer(kServerFinal), "*malformed_challenge");
}

TEST_F(Scram, RefusesAFirstMessageThatMakesNoSense) {
  const std::string nonce = "r=fyko+d2lbbFgONRv9qkxdawL3rfc";
  for (const std::string& first :
       {std::string(), std::string("r="), nonce, nonce + ",s=", nonce + ",s=,i=", nonce + ",s=QSXC",
        nonce + ",i=4096,s=QSXC", nonce + ",s=QSX,i=4096", nonce + ",s=QSXC,i=-1",
        nonce + ",s=QSXC,i=", "m=1," + nonce + ",s=QSXC,i=4096", nonce + "\x80,s=QSXC,i=4096",
        nonce + " ,s=QSXC,i=4096", std::string("r=fyko+d2lbbFgONRv9qkxdawL,s=QSXC,i=4096"),
        std::string("r=Fyko+d2lbbFgONRv9qkxdawL3rfc,s=QSXC,i=4096"), std::string("r=fyko,s=QSXC,i=4096")}) {
    exchange.begin();
    EXPECT_EQ(exchange.answer(first), "*malformed_challenge") << first;
  }
}

TEST_F(Scram, TakesEveryVisibleCharacterButTheCommaInANonce) {
  scram.min_iterations = 1;
  std::string nonce = "fyko+d2lbbFgONRv9qkxdawL";
  for (char c = '!'; c <= '~'; ++c) nonce += c == ',' ? '.' : c;
  exchange.begin();
  const std::string expected = "c=biws,r=" + nonce + ",p=";
  EXPECT_EQ(exchange.answer("r=" + nonce + ",s=QSXC,i=1").substr(0, expected.size()), expected);
}

TEST_F(Scram, RefusesWhatIsNotBase64) {
  exchange.begin();
  EXPECT_EQ(exchange.answer_raw("a?b="), "*malformed_challenge");
}

TEST_F(Scram, PassesOverExtensionsBehindTheIterations) {
  scram.min_iterations = 1;
  exchange.begin();
  EXPECT_EQ(exchange.answer("r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXC,i=1,x=y").substr(0, 10), "c=biws,r=f");
}

TEST_F(Scram, RefusesTooFewAndTooManyIterations) {
  const auto answer = [&](const std::string& count) {
    exchange.begin();
    return exchange.answer("r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXC,i=" + count);
  };
  for (const char* count : {"0", "1", "4095", "65537", "2147483648", "4294967296", "99999999999999999999"}) {
    EXPECT_EQ(answer(count), "*iterations_refused") << count;
  }
  scram.max_iterations = 4097;
  EXPECT_EQ(answer("4098"), "*iterations_refused");
  EXPECT_EQ(answer("4097").substr(0, 2), "c=");
}

TEST_F(Scram, KeepsAFirstMessageOf256Octets) {
  const std::string start = "r=fyko+d2lbbFgONRv9qkxdawL", end = ",s=QSXC,i=4096";
  exchange.begin();
  EXPECT_EQ(exchange.answer(start + std::string(256 - start.size() - end.size(), 'x') + end).substr(0, 2), "c=");
  exchange.begin();
  EXPECT_EQ(exchange.answer(start + std::string(257 - start.size() - end.size(), 'x') + end), "*challenge_too_long");
}

TEST_F(Scram, NeedsRandomOctets) {
  Exchange without(scram);
  EXPECT_EQ(without.begin(), "*no_random_source");
  Exchange failing(scram, {[](void*, std::uint8_t*, std::size_t) { return false; }, nullptr});
  EXPECT_EQ(failing.begin(), "*no_random_source");
}

TEST_F(Scram, RefusesWhatSaslprepWouldChange) {
  for (const Credentials& credentials :
       {Credentials{"üser", "p", {}}, Credentials{"u", "sü\xc3\x9f", {}}, Credentials{"u", "p", "ü"},
        Credentials{"u\t", "p", {}}, Credentials{"u", "p\x7f", {}}}) {
    ScramMechanism refusing(kTestSha1, credentials);
    EXPECT_EQ(Exchange(refusing, kRandom).begin(), "*invalid_credentials");
  }
}

TEST_F(Scram, SpellsNamesAsRfc5802Says) {
  ScramMechanism other(kTestSha1, {"a=b,c", "pencil", "d,e"});
  EXPECT_EQ(Exchange(other, kRandom).begin(), "n,a=d=2Ce,n=a=3Db=2Cc,r=fyko+d2lbbFgONRv9qkxdawL");
}

TEST_F(Scram, ForgetsItsKeysAtEveryPoint) {
  const auto bare = [&] {  // all of it but the key-less rest
    std::string octets(sizeof scram, '\0');
    std::memcpy(octets.data(), static_cast<const void*>(&scram), sizeof scram);
    return octets;
  };
  exchange.begin();
  exchange.answer("r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXC,i=1");  // refused: no key was made
  scram.forget();
  const std::string without = bare();
  scram.min_iterations = 1;
  exchange.begin();
  exchange.answer("r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXC,i=2");
  EXPECT_NE(bare(), without);
  scram.forget();
  scram.min_iterations = 4096;
  exchange.begin();
  exchange.answer("r=fyko+d2lbbFgONRv9qkxdawLx,s=QSXC,i=1");
  EXPECT_EQ(bare(), without);
}

}  // namespace
}  // namespace mailmote
