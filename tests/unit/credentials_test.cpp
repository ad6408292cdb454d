#include "auth/credentials.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/guard_page.hpp"

namespace mailmote {
namespace {

std::string written(void (*write)(Sink&, const Text&), std::string_view text, std::size_t skip = 0) {
  const test::GuardPage page(text);
  std::uint8_t out[100];
  Sink sink(out, sizeof out, skip);
  write(sink, page.text());
  return {reinterpret_cast<const char*>(out), sink.written()};
}

TEST(Credentials, AreWithinBounds) {
  EXPECT_TRUE(is_within("abc", 'a', 'c'));
  EXPECT_FALSE(is_within("abcd", 'a', 'c'));
  EXPECT_FALSE(is_within("`", 'a', 'c'));
  EXPECT_TRUE(is_within("", 'a', 'c'));
  EXPECT_TRUE(lacks_nul("\xff\1"));
  EXPECT_FALSE(lacks_nul(std::string_view("a\0", 2)));
}

TEST(Credentials, MayBeUserAndPasswordOnly) {
  constexpr std::string_view kNul("a\0", 2);
  EXPECT_TRUE(are_user_and_password({"u", "p", {}}));
  EXPECT_FALSE(are_user_and_password({"u", "p", "other"}));
  EXPECT_FALSE(are_user_and_password({kNul, "p", {}}));
  EXPECT_FALSE(are_user_and_password({"u", kNul, {}}));
}

TEST(Credentials, SpellCommaAndEqualsSign) {
  EXPECT_EQ(written(write_sasl_name, "a,b=c"), "a=2Cb=3Dc");
  EXPECT_EQ(written(write_sasl_name, ",,=="), "=2C=2C=3D=3D");
  EXPECT_EQ(written(write_sasl_name, "plain"), "plain");
  EXPECT_EQ(written(write_sasl_name, ""), "");
}

TEST(Credentials, AreTheSameInPieces) {
  for (std::size_t skip = 0; skip <= 9; ++skip) {
    EXPECT_EQ(written(write_sasl_name, "a,b=c", skip), std::string("a=2Cb=3Dc").substr(skip)) << skip;
  }
}

TEST(Credentials, StandInTheHeaderOfRfc5801) {
  EXPECT_EQ(written(write_gs2_header, ""), "n,,");
  EXPECT_EQ(written(write_gs2_header, "a,b"), "n,a=a=2Cb,");
}

}  // namespace
}  // namespace mailmote
