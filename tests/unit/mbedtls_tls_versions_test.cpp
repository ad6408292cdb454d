// Ranges of versions of TLS, and operations that are left before they are done.
#ifdef MAILMOTE_HAS_MBEDTLS

#include "mbedtls_tls_fixture.hpp"

namespace mailmote::tls_support {
namespace {

// Long operations.

unsigned calls_of_a_handshake(unsigned max_ops) {
  ServerOptions options;
  options.max = TlsVersion::tls1_2;
  Connection connection(options);
  static_cast<void>(mbedtls::set_max_ops(max_ops));
  EXPECT_EQ(connection.tls.open({"localhost", 465}), IoStatus::ok);
  IoStatus status = connection.tls.start_tls();
  unsigned calls = 0;
  for (; status == IoStatus::would_block && connection.sleep(); ++calls) status = connection.tls.progress(0);
  static_cast<void>(mbedtls::set_max_ops(0));
  EXPECT_EQ(status, IoStatus::ok);
  return calls;
}

TEST(MbedtlsMaxOps, SpreadsAnOperationOverManyCalls) {
  if (!mbedtls::set_max_ops(0)) GTEST_SKIP() << "skipped: this Mbed TLS lacks MBEDTLS_ECP_RESTARTABLE";
  const unsigned whole = calls_of_a_handshake(0);
  EXPECT_LT(whole, 30U);
  EXPECT_GT(calls_of_a_handshake(500), whole + 10);
}

// Ranges of versions.

Status with_versions(Connection& connection, TlsVersion min, TlsVersion max, bool allow_downgrade = false) {
  connection.options.min = min;
  connection.options.max = max;
  connection.options.allow_downgrade = allow_downgrade;
  static_cast<void>(connection.handshake());
  return connection.tls.status();
}

TEST(MbedtlsVersions, TakesTheBestOfBoth) {
  Connection connection;
  EXPECT_EQ(with_versions(connection, TlsVersion::tls1_2, TlsVersion::none), Status::ok);
  EXPECT_EQ(connection.report().version, versions().back());
  EXPECT_FALSE(connection.report().downgraded);
}

TEST(MbedtlsVersions, StaysWithinTheRange) {
  Connection connection;
  EXPECT_EQ(with_versions(connection, TlsVersion::tls1_2, TlsVersion::tls1_2), Status::ok);
  EXPECT_EQ(connection.report().version, TlsVersion::tls1_2);
  if (!has_tls13()) GTEST_SKIP() << "skipped: the rest needs TLS 1.3";
  EXPECT_EQ(with_versions(connection, TlsVersion::tls1_3, TlsVersion::none), Status::ok);
  EXPECT_EQ(connection.report().version, TlsVersion::tls1_3);
}

TEST(MbedtlsVersions, NamesAServerWithoutThem) {
  if (!has_tls13()) GTEST_SKIP() << "skipped: it needs TLS 1.3";
  ServerOptions young;
  young.min = TlsVersion::tls1_3;
  Connection too_young(young);
  EXPECT_EQ(with_versions(too_young, TlsVersion::tls1_2, TlsVersion::tls1_2), Status::tls_version_refused);
}

TEST(MbedtlsVersions, RefusesOneThatTheLibraryLacks) {
  if (has_tls13()) GTEST_SKIP() << "skipped: this Mbed TLS has them all";
  Connection connection;
  EXPECT_EQ(with_versions(connection, TlsVersion::tls1_2, TlsVersion::tls1_3), Status::tls_version_unavailable);
  EXPECT_EQ(with_versions(connection, TlsVersion::tls1_3, TlsVersion::none, true), Status::tls_version_unavailable);
  EXPECT_EQ(with_versions(connection, TlsVersion::tls1_2, TlsVersion::tls1_3, true), Status::ok);
  EXPECT_EQ(connection.report().version, TlsVersion::tls1_2);
  EXPECT_TRUE(connection.report().downgraded);
}

}  // namespace
}  // namespace mailmote::tls_support

#endif
