#include <gtest/gtest.h>

#include <string>

#include "mailmote/capabilities.hpp"
#include "support/guard_page.hpp"

namespace mailmote {
namespace {

AuthSet named(std::string_view line) {
  const test::GuardPage page(line);
  AuthSet set;
  parse_auth(page.text(), set);
  return set;
}

unsigned bit(Mechanism mechanism) { return 1U << static_cast<unsigned>(mechanism); }

TEST(AuthNames, EachNameSetsItsMechanismAlone) {
  const struct {
    const char* name;
    Mechanism mechanism;
  } kRows[] = {
      {"PLAIN", Mechanism::plain},
      {"LOGIN", Mechanism::login},
      {"CRAM-MD5", Mechanism::cram_md5},
      {"DIGEST-MD5", Mechanism::digest_md5},
      {"SCRAM-SHA-1", Mechanism::scram_sha_1},
      {"SCRAM-SHA-1-PLUS", Mechanism::scram_sha_1_plus},
      {"SCRAM-SHA-256", Mechanism::scram_sha_256},
      {"SCRAM-SHA-256-PLUS", Mechanism::scram_sha_256_plus},
      {"XOAUTH2", Mechanism::xoauth2},
      {"OAUTHBEARER", Mechanism::oauthbearer},
      {"EXTERNAL", Mechanism::external},
      {"NTLM", Mechanism::ntlm},
      {"GSSAPI", Mechanism::gssapi},
  };
  for (const auto& row : kRows) {
    EXPECT_EQ(named(std::string("AUTH ") + row.name).bits, bit(row.mechanism)) << row.name;
    EXPECT_EQ(name(row.mechanism), row.name);
  }
}

TEST(AuthNames, ReadsAListInAnyCase) {
  EXPECT_EQ(named("auth login Plain cram-md5").bits,
            bit(Mechanism::login) | bit(Mechanism::plain) | bit(Mechanism::cram_md5));
}

TEST(AuthNames, ReadsTheOldForm) {
  EXPECT_EQ(named("AUTH=LOGIN PLAIN").bits, bit(Mechanism::login) | bit(Mechanism::plain));
  EXPECT_EQ(named("AUTH=").bits, 0);
}

TEST(AuthNames, NamesCountOnlyWhole) {
  EXPECT_EQ(named("AUTH PLAINTEXT XPLAIN PLAI SCRAM-SHA-512 CRAM SCRAM-SHA-1-PLU PLAIN=1").bits, 0);
}

TEST(AuthNames, OtherLinesAreNothing) {
  for (const char* line : {"", "AUTH", "SIZE PLAIN", "XAUTH PLAIN", "AUTHX PLAIN", "PLAIN", "AUT PLAIN"}) {
    EXPECT_EQ(named(line).bits, 0) << line;
  }
}

TEST(AuthNames, LinesAddUp) {
  AuthSet set;
  parse_auth("AUTH LOGIN", set);
  parse_auth("AUTH=PLAIN", set);
  EXPECT_TRUE(set.has(Mechanism::login));
  EXPECT_TRUE(set.has(Mechanism::plain));
  EXPECT_FALSE(set.has(Mechanism::ntlm));
}

}  // namespace
}  // namespace mailmote
