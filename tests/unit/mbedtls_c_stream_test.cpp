// The TLS stream as a program in C uses it: what its options do, and what its report says, with a client above it.
#ifdef MAILMOTE_HAS_MBEDTLS

#include <gtest/gtest.h>
#include <mbedtls/ecp.h>

#include <cstring>

#include "mailmote/c/bridge.hpp"
#include "mailmote/mbedtls/tls_stream.h"
#include "tls_support/memory_stream.hpp"
#include "tls_support/tls_server.hpp"

namespace mailmote::tls_support {
namespace {

std::uint32_t now_in_c(void*) { return kNow; }
bool random_in_c(void*, std::uint8_t* out, std::size_t size) { return random().fill(nullptr, out, size); }

class MbedtlsCStream : public testing::Test {
 protected:
  MbedtlsCStream() {
    mailmote_tls_options_init(&options);
    options.ca = root().certificate.data();
    options.ca_size = root().certificate.size();
    options.clock = now_in_c;
    options.random = {random_in_c, nullptr};
  }

  // Connects to a server that greets and offers nothing, ends the connection, and fills `report` in.
  mailmote_status_t connect() {
    MemoryStream wire;
    TlsServer server(peer);
    mailmote_stream_t* const stream = mailmote_mbedtls_stream_init(&memory_, to_c(wire), &options);
    mailmote_client_t client;
    mailmote_options_t told;
    mailmote_options_init(&told, host);
    told.security = MAILMOTE_SECURITY_IMPLICIT;
    mailmote_client_init(&client, sizeof client, stream, &told, rx_, sizeof rx_, tx_, sizeof tx_);
    EXPECT_EQ(mailmote_connect(&client), MAILMOTE_OK);
    std::string greeting = "220 ready\r\n", answer = "250 mail.example.com\r\n";
    for (std::uint32_t now = 0; now < 5000 && mailmote_poll(&client, now) != MAILMOTE_POLL_DONE; ++now) {
      server.in += wire.to_far;
      wire.to_far.clear();
      server.run();
      if (server.established && !greeting.empty()) server.send(greeting);
      if (!server.received.empty() && !answer.empty()) server.send(answer);
      wire.to_near += server.out;
      server.out.clear();
      wire.far_ended = server.error != 0;
    }
    EXPECT_TRUE(mailmote_tls_report(stream, &report));
    const mailmote_status_t status = mailmote_error(&client).status;
    EXPECT_EQ(mailmote_connected(&client), status == MAILMOTE_OK);
    mailmote_cancel(&client);
    return status;
  }

  ServerOptions peer;
  mailmote_tls_options_t options;
  const char* host = "localhost";
  mailmote_tls_report_t report = {};

 private:
  mailmote_mbedtls_stream_t memory_;
  std::uint8_t rx_[128] = {};
  std::uint8_t tx_[64] = {};
};

std::string text(const mailmote_octets_t& octets) { return {octets.data, octets.size}; }

TEST_F(MbedtlsCStream, ReportsWhatItHasVerified) {
  ASSERT_EQ(connect(), MAILMOTE_OK);
  EXPECT_TRUE(report.answered && report.established && report.chain_verified && report.host_verified);
  EXPECT_TRUE(report.time_checked);
  EXPECT_FALSE(report.resumed || report.pin_verified || report.downgraded || report.certificate_wanted);
  EXPECT_EQ(report.version, has_tls13() ? MAILMOTE_TLS_1_3 : MAILMOTE_TLS_1_2);
  EXPECT_NE(report.cipher.size, 0U);
  EXPECT_EQ(text(report.subject), "CN=localhost");
  EXPECT_EQ(text(report.names), "localhost");
  EXPECT_LT(report.not_before, kNow);
  EXPECT_GT(report.not_after, kNow);
  EXPECT_EQ(std::memcmp(report.spki.sha256, server().pin().sha256, 32), 0);
  EXPECT_EQ(report.alert, 0);
}

TEST_F(MbedtlsCStream, RefusesAnotherServer) {
  host = "example.com";
  EXPECT_EQ(connect(), MAILMOTE_TLS_WRONG_HOST);
  EXPECT_FALSE(report.established || report.host_verified);
  options.server_name = "localhost";
  EXPECT_EQ(connect(), MAILMOTE_OK);
  EXPECT_TRUE(report.host_verified);
}

TEST_F(MbedtlsCStream, TakesAPinInPlaceOfAChain) {
  mailmote_spki_pin_t pins[2] = {};
  options.ca_size = 0;
  EXPECT_EQ(connect(), MAILMOTE_TLS_NO_TRUST);
  options.pins = pins;
  options.pin_count = 2;
  EXPECT_EQ(connect(), MAILMOTE_TLS_PIN_MISMATCH);
  EXPECT_FALSE(report.pin_verified);
  std::memcpy(pins[1].sha256, server().pin().sha256, sizeof pins[1].sha256);
  EXPECT_EQ(connect(), MAILMOTE_OK);
  EXPECT_TRUE(report.pin_verified);
  EXPECT_FALSE(report.chain_verified);
}

TEST_F(MbedtlsCStream, NeedsTheTimeUnlessToldOtherwise) {
  options.clock = nullptr;
  EXPECT_EQ(connect(), MAILMOTE_TLS_CLOCK_NOT_SET);
  options.clock_not_set = MAILMOTE_CLOCK_NOT_SET_ACCEPT;
  EXPECT_EQ(connect(), MAILMOTE_OK);
  EXPECT_FALSE(report.time_checked);
}

TEST_F(MbedtlsCStream, ShowsItsCertificate) {
  Request request;
  request.subject = "CN=sensor";
  request.for_servers = false;
  const Credential own = issue(request, &root());
  peer.clients = &root();
  EXPECT_NE(connect(), MAILMOTE_OK);
  EXPECT_TRUE(report.certificate_wanted);
  options.certificate = own.certificate.data();
  options.certificate_size = own.certificate.size();
  options.private_key = own.key.data();
  options.private_key_size = own.key.size();
  EXPECT_EQ(connect(), MAILMOTE_OK);
}

TEST_F(MbedtlsCStream, SpeaksTheVersionsThatItMay) {
  options.max = MAILMOTE_TLS_1_2;
  EXPECT_EQ(connect(), MAILMOTE_OK);
  EXPECT_EQ(report.version, MAILMOTE_TLS_1_2);
  options.max = MAILMOTE_TLS_1_3;
  EXPECT_EQ(connect(), has_tls13() ? MAILMOTE_OK : MAILMOTE_TLS_VERSION_UNAVAILABLE);
  options.allow_downgrade = true;
  EXPECT_EQ(connect(), MAILMOTE_OK);
  EXPECT_EQ(report.downgraded, !has_tls13());
}

TEST_F(MbedtlsCStream, ResumesASessionThatWasSaved) {
  Tickets tickets;
  std::uint8_t room[2048];
  mailmote_tls_session_t session, later;
  peer.tickets = &tickets;
  mailmote_tls_session_init(&session, room, sizeof room, 0);
  options.session = &session;
  ASSERT_EQ(connect(), MAILMOTE_OK);
  EXPECT_FALSE(report.resumed);
  EXPECT_TRUE(mailmote_tls_session_changed(&session));
  EXPECT_FALSE(mailmote_tls_session_changed(&session));
  EXPECT_FALSE(mailmote_tls_session_too_big(&session));
  const std::size_t used = mailmote_tls_session_used(&session);
  ASSERT_GT(used, 0U);
  mailmote_tls_session_init(&later, room, sizeof room, used);
  options.session = &later;
  ASSERT_EQ(connect(), MAILMOTE_OK);
  EXPECT_TRUE(report.resumed && report.established && report.chain_verified);
  options.check_host = false;  // another trust is another session
  options.pins = &report.spki;
  options.pin_count = 1;
  ASSERT_EQ(connect(), MAILMOTE_OK);
  EXPECT_FALSE(report.resumed);
}

TEST_F(MbedtlsCStream, SavesNoSessionThatDoesNotFit) {
  Tickets tickets;
  std::uint8_t room[64];
  mailmote_tls_session_t session;
  peer.tickets = &tickets;
  mailmote_tls_session_init(&session, room, sizeof room, 0);
  options.session = &session;
  ASSERT_EQ(connect(), MAILMOTE_OK);
  EXPECT_EQ(mailmote_tls_session_used(&session), 0U);
  EXPECT_FALSE(mailmote_tls_session_changed(&session));
  EXPECT_TRUE(mailmote_tls_session_too_big(&session));
  ASSERT_EQ(connect(), MAILMOTE_OK);
  EXPECT_FALSE(report.resumed);
}

TEST_F(MbedtlsCStream, LeavesLongOperationsWhereMbedTlsCan) {
#if defined(MBEDTLS_ECP_RESTARTABLE)
  ASSERT_TRUE(mailmote_mbedtls_set_max_ops(250));
  EXPECT_EQ(connect(), MAILMOTE_OK);
  EXPECT_TRUE(mailmote_mbedtls_set_max_ops(0));
#else
  EXPECT_FALSE(mailmote_mbedtls_set_max_ops(250));
  EXPECT_EQ(connect(), MAILMOTE_OK);
#endif
}

TEST_F(MbedtlsCStream, IsMadeOfAStreamAndOptions) {
  mailmote_mbedtls_stream_t memory;
  MemoryStream wire;
  EXPECT_EQ(mailmote_mbedtls_stream_init(&memory, nullptr, &options), nullptr);
  EXPECT_EQ(mailmote_mbedtls_stream_init(&memory, to_c(wire), nullptr), nullptr);
}

}  // namespace
}  // namespace mailmote::tls_support

#endif
