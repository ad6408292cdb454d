#include <gtest/gtest.h>

#include "mailmote/auth.hpp"
#include "support/exchange.hpp"

namespace mailmote {
namespace {

/// A mechanism of an application's own that does no more than it must.
class Own final : public SaslMechanism {
 public:
  constexpr Own() : SaslMechanism(Mechanism::digest_md5, "X-OWN", true) {}

  bool valid = true;

 private:
  AuthStep do_go_on() override { return respond(1, valid); }
  void do_write(Sink& out) const override { out.put_decimal(challenges()); }
};

TEST(Mechanism, NeedsTwoFunctionsOnly) {
  Own own;
  test::Exchange exchange(own);
  EXPECT_EQ(exchange.begin(), "0");
  EXPECT_EQ(exchange.answer("x"), "1");
  EXPECT_EQ(exchange.answer("x"), "*malformed_challenge");
  EXPECT_TRUE(own.verified());
  own.forget();
}

TEST(Mechanism, BeginsAnewWithoutTheLastStatus) {
  Own own;
  own.valid = false;
  test::Exchange exchange(own);
  EXPECT_EQ(exchange.begin(), "*invalid_credentials");
  own.valid = true;
  EXPECT_EQ(exchange.begin(), "0");
  EXPECT_EQ(own.status(), Status::ok);
}

}  // namespace
}  // namespace mailmote
