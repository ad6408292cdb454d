// Handshakes, records and ends of TLS, beyond the contract of Stream.
#ifdef MAILMOTE_HAS_MBEDTLS

#include "mbedtls_tls_fixture.hpp"

namespace mailmote::tls_support {
namespace {

class MbedtlsTlsStream : public TlsStreamTest {};

// Before TLS.

TEST_P(MbedtlsTlsStream, PassesEverythingThroughUntilTlsBegins) {
  ASSERT_EQ(connection.tls.open({"localhost", 587}), IoStatus::ok);
  EXPECT_EQ(connection.write_all("STARTTLS\r\n"), IoStatus::ok);
  EXPECT_EQ(connection.wire.to_far, "STARTTLS\r\n");
  connection.wire.to_far.clear();
  connection.wire.to_near = "220 go ahead\r\n";
  EXPECT_EQ(connection.read_exactly(14), "220 go ahead\r\n");
  ASSERT_EQ(connection.tls.start_tls(), IoStatus::would_block);
  ASSERT_EQ(connection.advance(), IoStatus::ok);
  expect_dialogue(connection);
}

TEST_P(MbedtlsTlsStream, RefusesWhatHadArrivedInClear) {
  ASSERT_EQ(connection.tls.open({"localhost", 587}), IoStatus::ok);
  connection.wire.to_near = "250 injected\r\n";
  EXPECT_EQ(connection.tls.start_tls(), IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::tls_plain_text);
  EXPECT_TRUE(connection.wire.to_far.empty());
  std::uint8_t octet;
  EXPECT_EQ(connection.tls.read({&octet, 1}).status, IoStatus::error) << "nothing of it may be seen";
}

TEST_P(MbedtlsTlsStream, ReportsNothingBeforeAHandshake) {
  EXPECT_EQ(connection.report().version, TlsVersion::none);
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  connection.tls.abort();
  EXPECT_TRUE(connection.report().established) << "kept until the next connection";
  ASSERT_EQ(connection.tls.open({"localhost", 587}), IoStatus::ok);
  EXPECT_EQ(connection.report().version, TlsVersion::none);
  EXPECT_FALSE(connection.report().answered);
}

// Handshakes.

TEST_P(MbedtlsTlsStream, AgreesOnAVersion) {
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  EXPECT_EQ(connection.report().version, GetParam());
  EXPECT_TRUE(connection.report().answered);
  expect_dialogue(connection);
}

TEST_P(MbedtlsTlsStream, MakesOneConnectionAfterTheOther) {
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(connection.handshake(), IoStatus::ok);
    expect_dialogue(connection);
    if (i != 1) continue;
    EXPECT_EQ(connection.close(), IoStatus::ok);
  }
}

TEST_P(MbedtlsTlsStream, ReadsAndWritesOneOctetAtATime) {
  connection.wire.piece = 1;
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  expect_dialogue(connection);
  EXPECT_EQ(connection.close(), IoStatus::ok);
  connection.carry();
  EXPECT_TRUE(connection.server->saw_goodbye);
}

TEST_P(MbedtlsTlsStream, GoesOnWhereverTheWireIsFull) {
  connection.wire.room = 10;
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  expect_dialogue(connection);
}

TEST_P(MbedtlsTlsStream, BoundsTheReadsOfOneCall) {
  connection.wire.piece = 1;
  ASSERT_EQ(connection.tls.open({"localhost", 465}), IoStatus::ok);
  IoStatus status = connection.tls.start_tls();
  while (status == IoStatus::would_block && connection.sleep()) {
    const unsigned before = connection.wire.calls;
    const std::size_t written = connection.wire.to_far.size();
    status = connection.tls.progress(0);
    const std::size_t writes = connection.wire.to_far.size() - written;
    EXPECT_LE(connection.wire.calls - before, writes + 9);
  }
  EXPECT_EQ(status, IoStatus::ok);
}

TEST_P(MbedtlsTlsStream, BoundsWhatEmptyRecordsCanDo) {
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  connection.read_exactly(1);  // a ticket, perhaps
  for (int i = 0; i < 100; ++i) connection.wire.to_near += std::string("\x15\x03\x03\x00\x02\x01\x5a", 7);
  const unsigned before = connection.wire.calls;
  std::uint8_t octet;
  static_cast<void>(connection.tls.read({&octet, 1}));
  EXPECT_LE(connection.wire.calls - before, 9U);
}

TEST_P(MbedtlsTlsStream, RefusesToBeginTwice) {
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  EXPECT_EQ(connection.tls.start_tls(), IoStatus::error);
}

TEST_P(MbedtlsTlsStream, NeedsRandomOctets) {
  connection.options.random = {};
  expect_failure(connection, Status::no_random_source);
  connection.options.random.fill = [](void*, std::uint8_t*, std::size_t) { return false; };
  expect_failure(connection, Status::no_random_source);
  connection.options.random = random();
  EXPECT_EQ(connection.handshake(), IoStatus::ok);
}

TEST_P(MbedtlsTlsStream, AsksForSmallRecords) {
  if (GetParam() == TlsVersion::tls1_3) GTEST_SKIP() << "skipped: TLS 1.3 has another way, which Mbed TLS lacks";
  connection.options.max_fragment = 512;
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  const std::string octets(2000, 'x');
  connection.wire.to_far.clear();
  EXPECT_EQ(connection.tls.write(view(octets)).n, 512U);
}

// Failures.

TEST_P(MbedtlsTlsStream, NamesAServerThatSpeaksInClear) {
  for (const char* greeting :
       {"220 mail.example.com ESMTP\r\n", "500 5.5.1 what?\r\n", "5", "\x15junk", "HTTP/1.1 400\r\n"}) {
    Connection in_clear;
    ASSERT_EQ(in_clear.tls.open({"localhost", 587}), IoStatus::ok);
    ASSERT_EQ(in_clear.tls.start_tls(), IoStatus::would_block);
    while (in_clear.tls.wait().again) ASSERT_EQ(in_clear.tls.progress(0), IoStatus::would_block);
    in_clear.wire.to_near = greeting;
    in_clear.wire.far_ended = true;
    IoStatus status = IoStatus::would_block;
    for (int i = 0; i < 10 && status == IoStatus::would_block; ++i) status = in_clear.tls.progress(0);
    EXPECT_EQ(status, IoStatus::error);
    EXPECT_EQ(in_clear.tls.status(), Status::tls_plain_text) << greeting;
    EXPECT_FALSE(in_clear.report().answered);
  }
}

TEST_P(MbedtlsTlsStream, NamesAServerThatHasClosedBefore) {
  connection.wire.far_ended = true;
  EXPECT_EQ(connection.handshake(), IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::connection_closed);
  EXPECT_FALSE(connection.report().answered);
}

TEST_P(MbedtlsTlsStream, NamesTheAlertOfTheServer) {
  ASSERT_EQ(connection.tls.open({"localhost", 465}), IoStatus::ok);
  ASSERT_EQ(connection.tls.start_tls(), IoStatus::would_block);
  connection.wire.to_near = std::string("\x15\x03\x03\x00\x02\x02\x28", 7);
  EXPECT_EQ(connection.advance(), IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::tls_alert);
  EXPECT_EQ(connection.report().alert, 40);
  EXPECT_FALSE(connection.report().answered);
}

TEST_P(MbedtlsTlsStream, NamesAServerThatRefusesTheVersion) {
  ASSERT_EQ(connection.tls.open({"localhost", 465}), IoStatus::ok);
  ASSERT_EQ(connection.tls.start_tls(), IoStatus::would_block);
  connection.wire.to_near = std::string("\x15\x03\x01\x00\x02\x02\x46", 7);
  EXPECT_EQ(connection.advance(), IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::tls_version_refused);
  EXPECT_EQ(connection.report().alert, 70);
}

TEST_P(MbedtlsTlsStream, RefusesAServerHelloOfTls11) {
  ASSERT_EQ(connection.tls.open({"localhost", 465}), IoStatus::ok);
  ASSERT_EQ(connection.tls.start_tls(), IoStatus::would_block);
  connection.wire.to_near = std::string("\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02", 11) + std::string(32, 'r') +
                            std::string("\x00\xc0\x13\x00", 4);
  EXPECT_EQ(connection.advance(), IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::tls_version_refused);
  EXPECT_TRUE(connection.report().answered);
}

TEST_P(MbedtlsTlsStream, OffersNoCipherSuiteWithoutForwardSecrecyAndAead) {
  static const int kOld[] = {MBEDTLS_TLS_RSA_WITH_AES_128_GCM_SHA256, MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
                             MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, 0};
  ServerOptions options = speaking(TlsVersion::tls1_2);
  options.cipher_suites = kOld;
  options.who = &rsa_server();
  Connection old(options);
  expect_failure(old, Status::tls_alert);
  EXPECT_EQ(old.report().alert, 40);
}

TEST_P(MbedtlsTlsStream, NamesABrokenRecord) {
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  std::string text = "220 hello\r\n";
  connection.server->send(text);
  connection.carry();
  connection.wire.to_near.back() = static_cast<char>(connection.wire.to_near.back() ^ 1);
  IoStatus last;
  EXPECT_EQ(connection.read_to_end(last), "");
  EXPECT_EQ(last, IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::tls_broken_record);
}

TEST_P(MbedtlsTlsStream, NamesPlainTextInTheMiddle) {
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  connection.wire.to_near += "250 ok\r\n";
  IoStatus last;
  EXPECT_EQ(connection.read_to_end(last), "");
  EXPECT_EQ(last, IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::tls_broken_record);
}

TEST_P(MbedtlsTlsStream, NamesAnAlertInTheMiddle) {
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  connection.server->send_alert(80);
  IoStatus last;
  connection.read_to_end(last);
  EXPECT_EQ(last, IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::tls_alert);
  EXPECT_EQ(connection.report().alert, 80);
}

// Ends.

TEST_P(MbedtlsTlsStream, TellsTheEndOfTlsFromATruncation) {
  for (const bool says_goodbye : {true, false}) {
    Connection ending(speaking(GetParam()));
    ASSERT_EQ(ending.handshake(), IoStatus::ok);
    std::string text = "221 bye\r\n";
    ending.server->send(text);
    if (says_goodbye) ending.server->send_close_notify();
    ending.carry();
    ending.wire.far_ended = true;
    IoStatus last;
    EXPECT_EQ(ending.read_to_end(last), "221 bye\r\n");
    EXPECT_EQ(last, says_goodbye ? IoStatus::closed : IoStatus::error);
    EXPECT_EQ(ending.tls.status(), says_goodbye ? Status::ok : Status::tls_truncated);
  }
}

TEST_P(MbedtlsTlsStream, NamesATruncationInsideARecord) {
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  std::string text = "221 bye\r\n";
  connection.server->send(text);
  connection.carry();
  connection.wire.to_near.pop_back();
  connection.wire.far_ended = true;
  IoStatus last;
  EXPECT_EQ(connection.read_to_end(last), "");
  EXPECT_EQ(last, IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::tls_truncated);
}

TEST_P(MbedtlsTlsStream, SaysGoodbyeBeforeItCloses) {
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  EXPECT_EQ(connection.close(), IoStatus::ok);
  EXPECT_FALSE(connection.wire.is_open);
  connection.carry();
  EXPECT_TRUE(connection.server->saw_goodbye);
  EXPECT_EQ(connection.server->error, 0);
}

TEST_P(MbedtlsTlsStream, SendsWhatItHasTakenWithoutAnotherWrite) {
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  connection.carry();
  connection.wire.room = 10;
  const std::string octets = "MAIL FROM:<>\r\n";
  EXPECT_EQ(connection.tls.write(view(octets)).n, octets.size());
  EXPECT_TRUE(connection.tls.wait().write);
  std::uint8_t octet;
  while (connection.tls.wait().write && connection.sleep()) {
    EXPECT_EQ(connection.tls.read({&octet, 1}).status, IoStatus::would_block);
  }
  connection.carry();
  EXPECT_EQ(connection.server->received, octets);
}

TEST_P(MbedtlsTlsStream, SendsNothingTwiceWhereAReadSendsTheRest) {
  ASSERT_EQ(connection.handshake(), IoStatus::ok);
  connection.carry();
  connection.wire.room = 10;
  const std::string first = "first\r\n";
  const std::string second = "second\r\n";
  EXPECT_EQ(connection.tls.write(view(first)).n, first.size());
  EXPECT_EQ(connection.tls.write(view(second)).status, IoStatus::would_block);
  connection.wire.room = 1000;
  std::uint8_t octet;
  EXPECT_EQ(connection.tls.read({&octet, 1}).status, IoStatus::would_block);
  EXPECT_EQ(connection.tls.write(view(second)).n, second.size());
  connection.carry();
  EXPECT_EQ(connection.server->received, first + second);
}

INSTANTIATE_TEST_SUITE_P(Versions, MbedtlsTlsStream, testing::ValuesIn(versions()), version_name);

}  // namespace
}  // namespace mailmote::tls_support

#endif
