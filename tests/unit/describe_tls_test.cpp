#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "mailmote/tls.hpp"
#include "support/guard_page.hpp"

namespace mailmote {
namespace {

constexpr UnixTime k2024 = 1704153600;  // 2024-01-02 00:00:00 UTC

Error error_of(Status status, Phase phase = Phase::tls) {
  Error error;
  error.status = status;
  error.phase = phase;
  return error;
}

std::string described(const Error& error, const TlsReport& report, Text host = "mail.example.com") {
  char out[1024];
  return std::string(describe(error, report, host, out));
}

// What stands behind the plain sentence.
std::string added(const Error& error, const TlsReport& report, Text host = "mail.example.com") {
  char plain[1024];
  const std::string sentence(describe(error, plain));
  const std::string whole = described(error, report, host);
  EXPECT_EQ(whole.substr(0, sentence.size()), sentence);
  return whole.substr(std::min(whole.size(), sentence.size()));
}

TEST(DescribeTls, SaysWhoseTheCertificateIs) {
  TlsReport report;
  report.peer.names = "mail.example.org";
  EXPECT_EQ(added(error_of(Status::tls_wrong_host), report, "192.0.2.1"),
            " (issued for mail.example.org, not for 192.0.2.1)");
  report.peer.names = "mail.example.org *.example.net 192.0.2.7";
  EXPECT_EQ(added(error_of(Status::tls_wrong_host), report, "192.0.2.1"),
            " (issued for mail.example.org, *.example.net, 192.0.2.7, not for 192.0.2.1)");
  report.peer.names_cut = true;
  EXPECT_EQ(added(error_of(Status::tls_wrong_host), report, "192.0.2.1"),
            " (issued for mail.example.org, *.example.net, 192.0.2.7 and more, not for 192.0.2.1)");
}

TEST(DescribeTls, SaysThatACertificateHasNoName) {
  EXPECT_EQ(added(error_of(Status::tls_wrong_host), TlsReport{}), " (issued for no name, not for mail.example.com)");
}

TEST(DescribeTls, SaysWhenACertificateExpired) {
  TlsReport report;
  report.valid_until = k2024;
  EXPECT_EQ(added(error_of(Status::tls_certificate_expired), report), " (expired on 2024-01-02)");
  report.valid_until = k2024 - 1;
  EXPECT_EQ(added(error_of(Status::tls_certificate_expired), report), " (expired on 2024-01-01)");
}

TEST(DescribeTls, SaysSinceWhenACertificateWillBeValid) {
  TlsReport report;
  report.valid_from = 4294967295U;  // the last moment that UnixTime knows
  EXPECT_EQ(added(error_of(Status::tls_certificate_not_yet_valid), report), " (valid from 2106-02-07)");
}

TEST(DescribeTls, SaysNothingOfDatesThatAreNotKnown) {
  EXPECT_EQ(added(error_of(Status::tls_certificate_expired), TlsReport{}), "");
  EXPECT_EQ(added(error_of(Status::tls_certificate_not_yet_valid), TlsReport{}), "");
}

TEST(DescribeTls, NamesTheSubjectThatIsNotTrusted) {
  TlsReport report;
  report.peer.subject = "CN=router";
  for (const Status status : {Status::tls_untrusted, Status::tls_pin_mismatch, Status::tls_bad_certificate}) {
    EXPECT_EQ(added(error_of(status), report), " (the server shows CN=router)") << name(status);
    EXPECT_EQ(added(error_of(status), TlsReport{}), "") << name(status);
  }
}

TEST(DescribeTls, NamesTheAlert) {
  TlsReport report;
  report.alert = 40;
  EXPECT_EQ(added(error_of(Status::tls_alert), report), " (alert handshake_failure)");
  report.alert = 70;
  EXPECT_EQ(added(error_of(Status::tls_version_refused), report), " (alert protocol_version)");
  for (const std::uint8_t unknown : {std::uint8_t{5}, std::uint8_t{99}, std::uint8_t{200}}) {
    report.alert = unknown;
    EXPECT_EQ(added(error_of(Status::tls_alert), report), " (alert " + std::to_string(unknown) + ")");
  }
}

TEST(DescribeTls, NamesTheWishForAClientCertificate) {
  TlsReport report;
  report.certificate_wanted = true;
  constexpr char kWanted[] = "; the server asked for a client certificate";
  EXPECT_EQ(added(error_of(Status::service_closing, Phase::greeting), report), kWanted);
  EXPECT_EQ(added(error_of(Status::greeting_rejected, Phase::greeting), report), kWanted);
  for (const Phase phase : {Phase::tls, Phase::greeting, Phase::ehlo}) {  // EHLO is the first thing after STARTTLS
    EXPECT_EQ(added(error_of(Status::connection_closed, phase), report), kWanted) << name(phase);
  }
  report.alert = 116;
  EXPECT_EQ(added(error_of(Status::tls_alert), report), std::string(" (alert certificate_required)") + kWanted);
}

TEST(DescribeTls, LeavesThatWishOutWhereItCannotBeTheReason) {
  TlsReport report;
  report.certificate_wanted = true;
  EXPECT_EQ(added(error_of(Status::service_closing, Phase::rcpt), report), "");
  EXPECT_EQ(added(error_of(Status::connection_closed, Phase::content), report), "");
  EXPECT_EQ(added(error_of(Status::greeting_timeout, Phase::greeting), report), "");
  EXPECT_EQ(added(error_of(Status::service_closing, Phase::greeting), TlsReport{}), "");
}

TEST(DescribeTls, AddsNothingToAnErrorThatHasNothingToDoWithTls) {
  TlsReport report;
  report.peer.subject = "CN=mail.example.com";
  report.peer.names = "mail.example.com";
  report.alert = 80;
  report.valid_until = k2024;
  EXPECT_EQ(added(error_of(Status::recipients_rejected, Phase::rcpt), report), "");
  EXPECT_EQ(added(error_of(Status::name_not_found, Phase::connect), report), "");
}

TEST(DescribeTls, TellsOneModeFromAnother) {
  EXPECT_NE(described(error_of(Status::tls_before_greeting, Phase::greeting), {}).find("use implicit TLS"),
            std::string::npos);
  EXPECT_NE(described(error_of(Status::tls_plain_text), {}).find("use STARTTLS"), std::string::npos);
}

TEST(DescribeTls, EscapesWhatComesFromOutside) {
  TlsReport report;
  report.peer.names = "a\x1b[2J.example.com b\nc";
  EXPECT_EQ(added(error_of(Status::tls_wrong_host), report, "x\r\ny"),
            " (issued for a\\x1b[2J.example.com, b\\x0ac, not for x\\x0d\\x0ay)");
  report.peer.subject = "CN=\xff";
  EXPECT_EQ(added(error_of(Status::tls_untrusted), report), " (the server shows CN=\\xff)");
}

TEST(DescribeTls, CutsToTheBufferAndEndsItWithNul) {
  TlsReport report;
  report.peer.names = "one.example.com \x01\x02\x03 three";
  const Error error = error_of(Status::tls_wrong_host);
  const std::string whole = described(error, report);
  for (std::size_t size = 1; size <= whole.size() + 6; ++size) {
    const test::GuardPage page(size);
    auto* const out = reinterpret_cast<char*>(page.data());
    const std::string cut(describe(error, report, "mail.example.com", out, size));
    EXPECT_EQ(cut, whole.substr(0, cut.size())) << size;
    EXPECT_LE(std::min(whole.size(), size - 1), cut.size() + 4) << "no more is lost than an escape takes";
    EXPECT_EQ(std::strlen(out), cut.size());
  }
}

TEST(DescribeTls, TouchesNothingWithoutABuffer) {
  EXPECT_EQ(describe(error_of(Status::tls_untrusted), TlsReport{}, "", nullptr, 0), "");
}

}  // namespace
}  // namespace mailmote
