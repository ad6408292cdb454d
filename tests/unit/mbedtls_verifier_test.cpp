// What a server's certificate must be, in whole handshakes.
#ifdef MAILMOTE_HAS_MBEDTLS

#include <gtest/gtest.h>
#include <mbedtls/x509_crt.h>

#include <cstring>
#include <optional>

#include "tls_support/connection.hpp"

namespace mailmote::tls_support {
namespace {

constexpr UnixTime kBeforeAll = 1000000000;  // 2001
constexpr UnixTime kAfterAll = 2300000000;   // 2042

Request of(const std::string& subject, std::vector<std::string> dns, std::vector<std::string> addresses = {}) {
  Request request;
  request.subject = subject;
  request.dns = std::move(dns);
  request.addresses = std::move(addresses);
  return request;
}

class MbedtlsVerifier : public testing::TestWithParam<TlsVersion> {
 protected:
  MbedtlsVerifier() = default;

  Connection& with(const Credential& who) {
    who_ = who;
    ServerOptions options;
    options.who = &who_;
    options.max = GetParam();
    connection_.emplace(options);
    connection_->options.max = GetParam();
    return *connection_;
  }
  Connection& with(const Request& request) { return with(server_for(request)); }

  void expect_good(Connection& connection, Text host = "localhost") {
    EXPECT_EQ(connection.handshake(host), IoStatus::ok) << static_cast<int>(connection.tls.status());
    EXPECT_TRUE(connection.report().established);
  }

  // An accepted handshake would let the server answer.
  void expect_refused(Connection& connection, Status reason, Text host = "localhost") {
    EXPECT_EQ(connection.handshake(host), IoStatus::error);
    EXPECT_EQ(connection.tls.status(), reason) << static_cast<int>(connection.tls.status());
    EXPECT_FALSE(connection.report().established);
    EXPECT_TRUE(connection.report().answered);
    connection.carry();
    EXPECT_FALSE(connection.server->established);
  }

 private:
  Credential who_;
  std::optional<Connection> connection_;
};

TEST_P(MbedtlsVerifier, AcceptsWhatATrustedCertificateVouchesFor) {
  Connection& connection = with(server());
  expect_good(connection);
  const TlsReport& report = connection.report();
  EXPECT_EQ(report.version, GetParam());
  EXPECT_TRUE(report.chain_verified);
  EXPECT_TRUE(report.host_verified);
  EXPECT_TRUE(report.time_checked);
  EXPECT_FALSE(report.pin_verified);
  EXPECT_FALSE(report.resumed);
  EXPECT_FALSE(report.certificate_wanted);
  EXPECT_NE(report.cipher, "");
}

TEST_P(MbedtlsVerifier, AcceptsRsa) { expect_good(with(rsa_server())); }

TEST_P(MbedtlsVerifier, DescribesTheServer) {
  Connection& connection =
      with(of("C=DE,O=Pumps,CN=mail.example.com", {"mail.example.com", "localhost"}, {"\xc0\x01\x02\x03"}));
  expect_good(connection);
  const PeerCertificate& peer = connection.report().peer;
  EXPECT_EQ(peer.subject, "C=DE, O=Pumps, CN=mail.example.com");
  EXPECT_EQ(peer.names, "mail.example.com localhost 192.1.2.3");
  EXPECT_FALSE(peer.names_cut);
  EXPECT_EQ(peer.not_before, 1577836800U);  // 2020-01-01
  EXPECT_EQ(peer.not_after, 2208988800U);   // 2040-01-01
}

TEST_P(MbedtlsVerifier, CutsNamesThatDoNotFit) {
  const std::string long_name = std::string(60, 'x') + ".example.com";
  const std::string fitting = "localhost " + long_name + " " + long_name;
  Connection& connection = with(of("CN=" + std::string(60, 'y') + ",O=" + std::string(60, 'z'),
                                   {"localhost", long_name, long_name, "more.example.com"}));
  expect_good(connection);
  EXPECT_EQ(connection.report().peer.names, Text(fitting));
  EXPECT_TRUE(connection.report().peer.names_cut);
  EXPECT_LE(connection.report().peer.subject.size(), 96U);
}

TEST_P(MbedtlsVerifier, ShowsTheKeysDigestAsAPinWouldBe) {
  const Credential who = server_for({});
  Connection& connection = with(who);
  expect_good(connection);
  EXPECT_EQ(std::memcmp(connection.report().peer.spki.sha256, who.pin().sha256, 32), 0);
}

// Names.

TEST_P(MbedtlsVerifier, RefusesAnotherHost) {
  Connection& connection = with(of("CN=mail.example.org", {"mail.example.org"}));
  expect_refused(connection, Status::tls_wrong_host);
  EXPECT_EQ(connection.report().peer.names, "mail.example.org");
  EXPECT_TRUE(connection.report().chain_verified);
  EXPECT_FALSE(connection.report().host_verified);
  EXPECT_EQ(connection.tls.native(), MBEDTLS_X509_BADCERT_CN_MISMATCH);
}

TEST_P(MbedtlsVerifier, RefusesACommonNameAlone) {
  expect_refused(with(of("CN=localhost", {})), Status::tls_wrong_host);
  expect_refused(with(of("CN=192.0.2.1", {})), Status::tls_wrong_host, "192.0.2.1");
}

TEST_P(MbedtlsVerifier, AcceptsAWildcardForOneLabel) {
  expect_good(with(of("CN=x", {"*.example.com"})), "mail.example.com");
  expect_refused(with(of("CN=x", {"*.example.com"})), Status::tls_wrong_host, "a.mail.example.com");
}

TEST_P(MbedtlsVerifier, AcceptsTheAddress) {
  expect_good(with(of("CN=x", {}, {"\xc0\x01\x02\x03"})), "192.1.2.3");
  expect_good(with(of("CN=x", {}, {std::string(15, '\0') + '\1'})), "::1");
}

TEST_P(MbedtlsVerifier, RefusesAnotherAddress) {
  expect_refused(with(of("CN=x", {"localhost"}, {"\xc0\x01\x02\x03"})), Status::tls_wrong_host, "192.1.2.4");
  expect_refused(with(of("CN=x", {"192.1.2.4"})), Status::tls_wrong_host, "192.1.2.4");
}

TEST_P(MbedtlsVerifier, TellsTheServerANameButNoAddress) {
  Connection& by_name = with(server());
  expect_good(by_name, "localhost.");
  EXPECT_EQ(by_name.server->name, "localhost");
  Connection& by_address = with(of("CN=x", {}, {"\xc0\x01\x02\x03"}));
  expect_good(by_address, "192.1.2.3");
  EXPECT_FALSE(by_address.server->has_name);
}

// Dates.

TEST_P(MbedtlsVerifier, RefusesAnExpiredCertificate) {
  Request request;
  request.until = "20290101000000";
  Connection& connection = with(request);
  expect_refused(connection, Status::tls_certificate_expired);
  EXPECT_EQ(connection.report().peer.not_after, 1861920000U);
  EXPECT_FALSE(connection.report().time_checked);
  EXPECT_TRUE(connection.report().chain_verified);
}

TEST_P(MbedtlsVerifier, RefusesACertificateBeforeItsTime) {
  Request request;
  request.from = "20310101000000";
  expect_refused(with(request), Status::tls_certificate_not_yet_valid);
}

TEST_P(MbedtlsVerifier, KnowsTheTimeFromTheGivenClockAlone) {
  Connection& late = with(server());
  late.now = kAfterAll;
  expect_refused(late, Status::tls_certificate_expired);
  Connection& early = with(server());
  early.now = kBeforeAll;
  expect_refused(early, Status::tls_certificate_not_yet_valid);
  Request request;
  request.from = "20200101000000";
  request.until = "20210101000000";
  Connection& long_ago = with(request);  // by this machine's own clock
  long_ago.now = 1600000000;
  expect_good(long_ago);
}

TEST_P(MbedtlsVerifier, LooksAtTheDatesOfTheWholeChain) {
  Request authority;
  authority.subject = "CN=Short-lived";
  authority.is_ca = true;
  authority.until = "20290101000000";
  const Credential above = issue(authority, &root());
  Credential who = issue({}, &above);
  who.chain = {above.certificate};
  expect_refused(with(who), Status::tls_certificate_expired);
}

TEST_P(MbedtlsVerifier, RefusesToGoOnWithoutTheTime) {
  Connection& connection = with(server());
  connection.now = 0;
  EXPECT_EQ(connection.handshake(), IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::tls_clock_not_set);
  EXPECT_TRUE(connection.wire.to_far.empty());
}

TEST_P(MbedtlsVerifier, GoesOnWithoutTheTimeWhereThatIsAllowed) {
  Connection& connection = with(server());
  connection.now = 0;
  connection.options.clock_not_set = ClockNotSet::accept;
  expect_good(connection);
  EXPECT_FALSE(connection.report().time_checked);
  EXPECT_TRUE(connection.report().chain_verified);
}

// Chains.

TEST_P(MbedtlsVerifier, RefusesAnUnknownAuthority) {
  Request authority;
  authority.subject = "CN=Nobody knows it";
  authority.is_ca = true;
  const Credential unknown = issue(authority, nullptr);
  Connection& connection = with(issue({}, &unknown));
  expect_refused(connection, Status::tls_untrusted);
  EXPECT_FALSE(connection.report().chain_verified);
  EXPECT_TRUE(connection.report().host_verified);
}

TEST_P(MbedtlsVerifier, RefusesAnAuthorityThatOnlyHasTheRightName) {
  Request authority;
  authority.subject = "CN=Intermediate";
  authority.is_ca = true;
  const Credential false_one = issue(authority, nullptr);
  Credential who = issue({}, &false_one);
  who.chain = {intermediate().certificate};
  expect_refused(with(who), Status::tls_untrusted);
}

TEST_P(MbedtlsVerifier, RefusesACertificateThatSignsItself) {
  expect_refused(with(issue({}, nullptr)), Status::tls_untrusted);
}

TEST_P(MbedtlsVerifier, RefusesAChainWithAGap) {
  Credential who = server_for({});
  who.chain.clear();
  expect_refused(with(who), Status::tls_untrusted);
}

TEST_P(MbedtlsVerifier, RefusesALeafThatActsAsAnAuthority) {
  Credential who = issue({}, &server());
  who.chain = {server().certificate, intermediate().certificate};
  expect_refused(with(who), Status::tls_untrusted);
}

TEST_P(MbedtlsVerifier, NamesTheMostTellingOfSeveralReasons) {
  Request request = of("CN=mail.example.org", {"mail.example.org"});
  request.until = "20290101000000";
  expect_refused(with(request), Status::tls_wrong_host);
  expect_refused(with(issue(request, nullptr)), Status::tls_untrusted);
}

// Pins.

TEST_P(MbedtlsVerifier, AcceptsAPinnedKeyInPlaceOfAChain) {
  const Credential who = issue({}, nullptr);
  const SpkiPin pins[] = {server().pin(), who.pin()};
  Connection& connection = with(who);
  connection.options.ca = {};
  connection.options.pins = pins;
  connection.options.pin_count = 2;
  expect_good(connection);
  EXPECT_TRUE(connection.report().pin_verified);
  EXPECT_FALSE(connection.report().chain_verified);
  EXPECT_TRUE(connection.report().host_verified);
  EXPECT_TRUE(connection.report().time_checked);
}

TEST_P(MbedtlsVerifier, RefusesAnotherKey) {
  const SpkiPin pin = intermediate().pin();  // not the server's own
  Connection& connection = with(server());
  connection.options.pins = &pin;
  connection.options.pin_count = 1;
  expect_refused(connection, Status::tls_pin_mismatch);
  EXPECT_TRUE(connection.report().chain_verified);
  connection.options.ca = {};
  expect_refused(connection, Status::tls_pin_mismatch);
}

TEST_P(MbedtlsVerifier, WantsBothPinAndChainWhenBothAreGiven) {
  const Credential who = issue({}, nullptr);
  const SpkiPin pin = who.pin();
  Connection& connection = with(who);
  connection.options.pins = &pin;
  connection.options.pin_count = 1;
  expect_refused(connection, Status::tls_untrusted);
}

TEST_P(MbedtlsVerifier, ChecksHostAndDatesWithAPinToo) {
  Request request = of("CN=x", {"mail.example.org"});
  request.until = "20290101000000";
  const Credential who = issue(request, nullptr);
  const SpkiPin pin = who.pin();
  Connection& connection = with(who);
  connection.options.ca = {};
  connection.options.pins = &pin;
  connection.options.pin_count = 1;
  expect_refused(connection, Status::tls_wrong_host);
  connection.options.check_host = false;
  expect_refused(connection, Status::tls_certificate_expired);
  connection.options.check_time = false;
  expect_good(connection);
  EXPECT_FALSE(connection.report().host_verified);
  EXPECT_FALSE(connection.report().time_checked);
}

// Nothing at all.

TEST_P(MbedtlsVerifier, AcceptsAnybodyWhenInsecureAndSaysSo) {
  Request request = of("CN=x", {"mail.example.org"});
  request.until = "20290101000000";
  Connection& connection = with(issue(request, nullptr));
  connection.options.insecure = true;
  connection.options.ca = {};
  expect_good(connection);
  const TlsReport& report = connection.report();
  EXPECT_FALSE(report.chain_verified || report.host_verified || report.time_checked || report.pin_verified);
  EXPECT_EQ(report.peer.names, "mail.example.org");
}

// What is trusted.

TEST_P(MbedtlsVerifier, ReadsTrustedCertificatesInPem) {
  const std::string pem = root().pem();
  Connection& connection = with(server());
  connection.options.ca = view(pem);
  expect_good(connection);
}

TEST_P(MbedtlsVerifier, RefusesTrustedCertificatesThatCannotBeRead) {
  const std::string der = root().certificate;
  const std::string pem = root().pem();
  for (const std::string& broken :
       {der.substr(0, der.size() - 1), pem.substr(0, pem.size() - 1), pem.substr(0, 200) + '\0', std::string("garbage"),
        std::string("0"), std::string(1, '\0')}) {
    Connection& connection = with(server());
    connection.options.ca = view(broken);
    EXPECT_EQ(connection.handshake(), IoStatus::error);
    EXPECT_EQ(connection.tls.status(), Status::tls_invalid_ca) << broken.size();
    EXPECT_NE(connection.tls.native(), 0);
    EXPECT_TRUE(connection.wire.to_far.empty());
  }
}

TEST_P(MbedtlsVerifier, RefusesAFileThatIsNotThere) {
  Connection& connection = with(server());
  connection.options.ca = {};
  connection.options.ca_file = "/no/such/file.pem";
  EXPECT_EQ(connection.handshake(), IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::tls_invalid_ca);
  connection.options.ca_file = nullptr;
  connection.options.ca_dir = "/no/such/directory";
  EXPECT_EQ(connection.handshake(), IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::tls_invalid_ca);
}

std::string version_name(const testing::TestParamInfo<TlsVersion>& info) {
  return info.param == TlsVersion::tls1_3 ? "Tls13" : "Tls12";
}
INSTANTIATE_TEST_SUITE_P(Versions, MbedtlsVerifier, testing::ValuesIn(versions()), version_name);

}  // namespace
}  // namespace mailmote::tls_support

#endif
