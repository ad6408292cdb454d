#include <gtest/gtest.h>

#include "mailmote/auth.hpp"
#include "support/guard_page.hpp"

namespace mailmote {
namespace {

/// Keeps what it was told.
class Keeper final : public SaslMechanism {
 public:
  constexpr Keeper() : SaslMechanism(Mechanism::ntlm, "X-KEEPER", false) {}

  bool decoded = false;
  ByteView octets;

 private:
  AuthStep do_go_on() override { return AuthStep::respond; }
  void do_write(Sink&) const override {}
  void do_challenge(Text base64) override { decoded = decode(base64, octets); }
};

TEST(Challenge, IsDecodedInItsPlace) {
  const test::GuardPage page("Zm9vYg==");
  Keeper keeper;
  keeper.challenge(page.text());
  EXPECT_TRUE(keeper.decoded);
  EXPECT_EQ(keeper.octets.data, page.data());
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(keeper.octets.data), keeper.octets.size), "foob");
}

TEST(Challenge, MayNotBeBase64) {
  const test::GuardPage page("Password:");
  Keeper keeper;
  keeper.challenge(page.text());
  EXPECT_FALSE(keeper.decoded);
}

}  // namespace
}  // namespace mailmote
