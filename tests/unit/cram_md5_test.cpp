#include <gtest/gtest.h>

#include <cstring>

#include "mailmote/sasl.hpp"
#include "support/exchange.hpp"

namespace mailmote {
namespace {

using namespace std::string_view_literals;
using test::Exchange;

std::string answer(SaslMechanism& mechanism, std::string_view challenge) {
  Exchange exchange(mechanism);
  exchange.begin();
  return exchange.answer(challenge);
}

TEST(CramMd5, AnswersTheChallengeOfRfc2195) {
  CramMd5Mechanism cram({"tim", "tanstaaftanstaaf", {}});
  EXPECT_EQ(answer(cram, "<1896.697170952@postoffice.reston.mci.net>"), "tim b913a602c7eda7a495b4e6e7334d3890");
}

TEST(CramMd5, LetsTheServerSpeakFirst) {
  CramMd5Mechanism cram({"tim", "tanstaaftanstaaf", {}});
  EXPECT_FALSE(cram.client_first());
}

TEST(CramMd5, TakesAPasswordLongerThanABlock) {  // RFC 2202, test case 6
  CramMd5Mechanism cram(
      {"u",
       std::string_view("\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"
                        "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"
                        "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"
                        "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"),
       {}});
  EXPECT_EQ(answer(cram, "Test Using Larger Than Block-Size Key - Hash Key First"),
            "u 6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd");
}

TEST(CramMd5, TakesAnEmptyAndALongChallenge) {  // digests by another program
  CramMd5Mechanism cram({"u", "p", {}});
  EXPECT_EQ(answer(cram, ""), "u 847b23cf9af43ac56556eb09eac586a5");
  EXPECT_EQ(answer(cram, std::string(180, 'x')), "u 3f4716c3aac69cbfcb8866e4ae93db44");
  EXPECT_EQ(answer(cram, std::string(181, 'x')), "*challenge_too_long");
}

TEST(CramMd5, RefusesAChallengeThatIsNotBase64) {
  CramMd5Mechanism cram({"u", "p", {}});
  Exchange exchange(cram);
  exchange.begin();
  EXPECT_EQ(exchange.answer_raw("a?b="), "*malformed_challenge");
  exchange.begin();
  EXPECT_EQ(exchange.answer("<1@example>").substr(0, 2), "u ");
}

TEST(CramMd5, KnowsOneChallengeOnly) {
  CramMd5Mechanism cram({"u", "p", {}});
  Exchange exchange(cram);
  exchange.begin();
  exchange.answer("<1@example>");
  EXPECT_EQ(exchange.answer("<2@example>"), "*malformed_challenge");
}

TEST(CramMd5, RefusesWhatItCannotCarry) {
  for (const Credentials& credentials : {Credentials{"a\0b"sv, "p", {}}, Credentials{"u", "p", "other"}}) {
    CramMd5Mechanism cram(credentials);
    EXPECT_EQ(answer(cram, "<1@example>"), "*invalid_credentials");
  }
}

TEST(CramMd5, ForgetsTheDigest) {
  CramMd5Mechanism cram({"u", "p", {}});
  answer(cram, "<1@example>");
  std::uint8_t before[sizeof cram];
  std::memcpy(before, static_cast<const void*>(&cram), sizeof cram);
  cram.forget();
  std::size_t changed = 0;
  for (std::size_t i = 0; i < sizeof cram; ++i) changed += before[i] != reinterpret_cast<const std::uint8_t*>(&cram)[i];
  EXPECT_GE(changed, 14U);  // 16 octets of digest, few of which can have been 0 before
}

}  // namespace
}  // namespace mailmote
