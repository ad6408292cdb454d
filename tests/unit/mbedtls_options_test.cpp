#ifdef MAILMOTE_HAS_MBEDTLS

#include <gtest/gtest.h>

#include "options.hpp"

namespace mailmote::mbedtls {
namespace {

constexpr std::uint8_t kSome[] = {1, 2, 3};
constexpr SpkiPin kPins[3] = {};

TlsOptions good() {
  TlsOptions options;
  options.ca = {kSome, sizeof kSome};
  options.random.fill = [](void*, std::uint8_t*, std::size_t) { return true; };
  return options;
}

TlsOptions pinned(std::uint8_t count) {
  TlsOptions options = good();
  options.ca = {};
  options.pins = kPins;
  options.pin_count = count;
  return options;
}

TEST(MbedtlsOptions, WantsSomethingToTrust) {
  EXPECT_EQ(check(good()), Status::ok);
  TlsOptions options = good();
  options.ca = {};
  EXPECT_EQ(check(options), Status::tls_no_trust);
  options.ca_file = "roots.pem";
  EXPECT_EQ(check(options), Status::ok);
  options.ca_file = nullptr;
  options.ca_dir = "roots";
  EXPECT_EQ(check(options), Status::ok);
  options.ca_dir = nullptr;
  options.insecure = true;
  EXPECT_EQ(check(options), Status::ok);
}

TEST(MbedtlsOptions, TakesOneOrTwoPins) {
  EXPECT_EQ(check(pinned(0)), Status::tls_no_trust);
  EXPECT_EQ(check(pinned(1)), Status::ok);
  EXPECT_EQ(check(pinned(2)), Status::ok);
  EXPECT_EQ(check(pinned(3)), Status::tls_invalid_options);
  TlsOptions options = pinned(1);
  options.pins = nullptr;
  EXPECT_EQ(check(options), Status::tls_invalid_options);
}

TEST(MbedtlsOptions, LeavesHostOrDatesOutOnlyWithAPin) {
  for (bool TlsOptions::*rule : {&TlsOptions::check_host, &TlsOptions::check_time}) {
    TlsOptions options = good();
    options.*rule = false;
    EXPECT_EQ(check(options), Status::tls_invalid_options);
    options.insecure = true;
    EXPECT_EQ(check(options), Status::ok);
    options = pinned(1);
    options.*rule = false;
    EXPECT_EQ(check(options), Status::ok);
  }
}

TEST(MbedtlsOptions, WantsRandomOctets) {
  TlsOptions options = good();
  options.random = {};
  EXPECT_EQ(check(options), Status::no_random_source);
}

TEST(MbedtlsOptions, WantsCertificateAndKeyTogether) {
  TlsOptions options = good();
  options.certificate = {kSome, sizeof kSome};
  EXPECT_EQ(check(options), Status::tls_invalid_key);
  options.private_key = options.certificate;
  EXPECT_EQ(check(options), Status::ok);
  options.certificate = {};
  EXPECT_EQ(check(options), Status::tls_invalid_key);
}

TEST(MbedtlsOptions, KnowsTheSizesOfFragments) {
  for (const int octets : {0, 512, 1024, 2048, 4096}) {
    TlsOptions options = good();
    options.max_fragment = static_cast<std::uint16_t>(octets);
    EXPECT_EQ(check(options), Status::ok) << octets;
    options.max_fragment = static_cast<std::uint16_t>(octets + 1);
    EXPECT_EQ(check(options), Status::tls_invalid_options) << octets + 1;
  }
}

TEST(MbedtlsOptions, RefusesAnEmptyRangeOfVersions) {
  TlsOptions options = good();
  options.min = TlsVersion::tls1_3;
  options.max = TlsVersion::tls1_2;
  EXPECT_EQ(check(options), Status::tls_invalid_options);
}

struct Choice {
  Status status;
  VersionRange range;
};

Choice choose_from(TlsVersion lowest, TlsVersion highest, TlsVersion min, TlsVersion max,
                   bool allow_downgrade = false) {
  TlsOptions options;
  options.min = min;
  options.max = max;
  options.allow_downgrade = allow_downgrade;
  Choice choice{};
  choice.status = choose(options, lowest, highest, choice.range);
  return choice;
}

constexpr TlsVersion kNone = TlsVersion::none, k12 = TlsVersion::tls1_2, k13 = TlsVersion::tls1_3;

TEST(MbedtlsOptions, TakesTheBestVersionByDefault) {
  EXPECT_EQ(choose_from(k12, k13, k12, kNone).range.max, k13);
  const Choice old = choose_from(k12, k12, k12, kNone);
  EXPECT_EQ(old.status, Status::ok);
  EXPECT_EQ(old.range.max, k12);
  EXPECT_FALSE(old.range.downgraded);
}

TEST(MbedtlsOptions, NeverGoesBelowTls12) { EXPECT_EQ(choose_from(k12, k13, kNone, kNone).range.min, k12); }

TEST(MbedtlsOptions, RefusesAVersionThatTheLibraryLacks) {
  EXPECT_EQ(choose_from(k12, k12, k12, k13).status, Status::tls_version_unavailable);
  EXPECT_EQ(choose_from(k12, k12, k13, kNone).status, Status::tls_version_unavailable);
  EXPECT_EQ(choose_from(k13, k13, k12, k12).status, Status::tls_version_unavailable);
}

TEST(MbedtlsOptions, TakesALowerVersionOnlyWhereThatIsAllowed) {
  const Choice lower = choose_from(k12, k12, k12, k13, true);
  EXPECT_EQ(lower.status, Status::ok);
  EXPECT_EQ(lower.range.max, k12);
  EXPECT_TRUE(lower.range.downgraded);
  EXPECT_FALSE(choose_from(k12, k13, k12, k13, true).range.downgraded);
}

TEST(MbedtlsOptions, HoldsTheLowestVersionInAnyCase) {
  EXPECT_EQ(choose_from(k12, k12, k13, k13, true).status, Status::tls_version_unavailable);
}

TEST(MbedtlsOptions, TakesWhatIsLeftOfARange) {
  const Choice choice = choose_from(k13, k13, k12, k13);
  EXPECT_EQ(choice.status, Status::ok);
  EXPECT_EQ(choice.range.min, k13);
}

}  // namespace
}  // namespace mailmote::mbedtls

#endif
