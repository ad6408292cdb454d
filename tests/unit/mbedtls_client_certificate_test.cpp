// Clients' certificates: shown, refused, and not what they should be.
#ifdef MAILMOTE_HAS_MBEDTLS

#include "mbedtls_tls_fixture.hpp"

namespace mailmote::tls_support {
namespace {

class MbedtlsClientCertificate : public TlsStreamTest {};

class Clients {
 public:
  Clients() {
    Request request;
    request.subject = "CN=pump 7";
    request.for_servers = false;
    credential = issue(request, &root());
    stranger = issue(request, &issue_authority());
  }
  ServerOptions wanted(TlsVersion version) const {
    ServerOptions options;
    options.max = version;
    options.clients = &root();
    return options;
  }
  static void give(Connection& connection, const Credential& who) {
    connection.options.certificate = view(who.certificate);
    connection.options.private_key = view(who.key);
  }

  Credential credential;
  Credential stranger;

 private:
  static const Credential& issue_authority() {
    static const Credential made = [] {
      Request request;
      request.subject = "CN=Unknown";
      request.is_ca = true;
      return issue(request, nullptr);
    }();
    return made;
  }
};

TEST_P(MbedtlsClientCertificate, ShowsItsOwnCertificate) {
  const Clients clients;
  Connection asked(clients.wanted(GetParam()));
  Clients::give(asked, clients.credential);
  ASSERT_EQ(asked.handshake(), IoStatus::ok);
  expect_dialogue(asked);
  EXPECT_TRUE(asked.report().certificate_wanted);
}

TEST_P(MbedtlsClientCertificate, ShowsItsOwnCertificateFromPem) {
  const Clients clients;
  Connection asked(clients.wanted(GetParam()));
  const std::string certificate = clients.credential.pem();
  const std::string key = clients.credential.key_pem();
  asked.options.certificate = view(certificate);
  asked.options.private_key = view(key);
  ASSERT_EQ(asked.handshake(), IoStatus::ok);
  expect_dialogue(asked);
}

TEST_P(MbedtlsClientCertificate, NamesARefusalOfItsCertificate) {
  if (GetParam() == TlsVersion::tls1_3) GTEST_SKIP() << "skipped: Mbed TLS's server encrypts that alert with old keys";
  const Clients clients;
  Connection asked(clients.wanted(GetParam()));
  Clients::give(asked, clients.stranger);
  EXPECT_EQ(asked.handshake(), IoStatus::error);
  EXPECT_EQ(asked.tls.status(), Status::tls_client_certificate_refused);
  EXPECT_TRUE(asked.report().certificate_wanted);
  EXPECT_EQ(asked.report().alert, 48);
}

// A server that refuses and closes is faster than the rest of the client's messages.
TEST_P(MbedtlsClientCertificate, NamesTheAlertBehindAWriteThatFailed) {
  if (GetParam() == TlsVersion::tls1_3) GTEST_SKIP() << "skipped: the alert would be encrypted";
  Connection asked(Clients().wanted(GetParam()));
  ASSERT_EQ(asked.tls.open({"localhost", 465}), IoStatus::ok);
  ASSERT_EQ(asked.tls.start_tls(), IoStatus::would_block);
  while (asked.wire.to_near.empty()) {
    ASSERT_EQ(asked.tls.progress(0), IoStatus::would_block);
    asked.carry();
  }
  asked.wire.to_near += std::string("\x15\x03\x03\x00\x02\x02\x28", 7);
  asked.wire.takes_no_more = true;
  EXPECT_EQ(asked.advance(), IoStatus::error);
  EXPECT_EQ(asked.tls.status(), Status::tls_client_certificate_refused);
  EXPECT_EQ(asked.report().alert, 40);
}

// In TLS 1.3 a server looks at the certificate after the client's end of the handshake.
TEST_P(MbedtlsClientCertificate, NamesARefusalRightAfterTheHandshake) {
  const Clients clients;
  Connection asked(clients.wanted(GetParam()));
  Clients::give(asked, clients.credential);
  ASSERT_EQ(asked.handshake(), IoStatus::ok);
  asked.server->send_alert(116);
  IoStatus last;
  asked.read_to_end(last);
  EXPECT_EQ(last, IoStatus::error);
  EXPECT_EQ(asked.tls.status(), Status::tls_client_certificate_refused);
  EXPECT_EQ(asked.report().alert, 116);
}

TEST_P(MbedtlsClientCertificate, TakesACertificateAlertForARefusalOnlyWhereOneWasWanted) {
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  connection.server->send_alert(42);
  IoStatus last;
  connection.read_to_end(last);
  EXPECT_EQ(connection.tls.status(), Status::tls_alert);
}

TEST_P(MbedtlsClientCertificate, TakesAnAlertInADialogueForNoRefusal) {
  const Clients clients;
  Connection asked(clients.wanted(GetParam()));
  Clients::give(asked, clients.credential);
  ASSERT_EQ(asked.handshake(), IoStatus::ok);
  expect_dialogue(asked);
  asked.server->send_alert(42);
  IoStatus last;
  asked.read_to_end(last);
  EXPECT_EQ(asked.tls.status(), Status::tls_alert);
}

TEST_P(MbedtlsClientCertificate, RefusesAKeyThatIsNotTheCertificates) {
  const Clients clients;
  Connection asked(clients.wanted(GetParam()));
  asked.options.certificate = view(clients.credential.certificate);
  asked.options.private_key = view(clients.stranger.key);
  expect_failure(asked, Status::tls_invalid_key);
  const std::string garbage = "garbage";
  asked.options.private_key = view(garbage);
  expect_failure(asked, Status::tls_invalid_key);
  asked.options.private_key = view(clients.credential.key);
  asked.options.certificate = view(garbage);
  expect_failure(asked, Status::tls_invalid_key);
}

INSTANTIATE_TEST_SUITE_P(Versions, MbedtlsClientCertificate, testing::ValuesIn(versions()), version_name);

}  // namespace
}  // namespace mailmote::tls_support

#endif
