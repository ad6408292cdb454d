#include <gtest/gtest.h>

#include <set>
#include <string>

#include "mailmote/tls.hpp"

namespace mailmote {
namespace {

TEST(TlsNames, OfVersions) {
  EXPECT_EQ(name(TlsVersion::tls1_2), "TLS 1.2");
  EXPECT_EQ(name(TlsVersion::tls1_3), "TLS 1.3");
  EXPECT_EQ(name(TlsVersion::none), "");
}

TEST(TlsNames, OfAlertsAreThoseOfTheRfcs) {
  EXPECT_EQ(tls_alert_name(0), "close_notify");
  EXPECT_EQ(tls_alert_name(40), "handshake_failure");
  EXPECT_EQ(tls_alert_name(42), "bad_certificate");
  EXPECT_EQ(tls_alert_name(48), "unknown_ca");
  EXPECT_EQ(tls_alert_name(70), "protocol_version");
  EXPECT_EQ(tls_alert_name(80), "internal_error");
  EXPECT_EQ(tls_alert_name(100), "no_renegotiation");  // RFC 5246 only
  EXPECT_EQ(tls_alert_name(112), "unrecognized_name");
  EXPECT_EQ(tls_alert_name(116), "certificate_required");
  EXPECT_EQ(tls_alert_name(120), "no_application_protocol");
}

TEST(TlsNames, OfAlertsAreEmptyWhereTheRfcsHaveNone) {
  EXPECT_EQ(tls_alert_name(1), "");
  EXPECT_EQ(tls_alert_name(121), "");
  EXPECT_EQ(tls_alert_name(255), "");
}

TEST(TlsNames, NoTwoAlertsHaveTheSame) {
  std::set<std::string> names;
  unsigned known = 0;
  for (unsigned alert = 0; alert < 256; ++alert) {
    const Text found = tls_alert_name(static_cast<std::uint8_t>(alert));
    if (found.empty()) continue;
    ++known;
    names.emplace(found);
  }
  EXPECT_EQ(names.size(), known);
  EXPECT_EQ(known, 34U);
}

}  // namespace
}  // namespace mailmote
