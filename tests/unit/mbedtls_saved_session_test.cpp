// When a saved session is resumed, and when not.
#ifdef MAILMOTE_HAS_MBEDTLS

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <vector>

#include "saved_session.hpp"
#include "tls_support/connection.hpp"

namespace mailmote::tls_support {
namespace {

class MbedtlsSavedSession : public testing::TestWithParam<TlsVersion> {
 protected:
  MbedtlsSavedSession() { saved.bytes = {room, sizeof room}; }

  ServerOptions server_options() {
    ServerOptions options;
    options.max = GetParam();
    options.tickets = &tickets_;
    return options;
  }

  // A connection to `host` in which the server says something, so that its tickets are read.
  bool connect(Connection& connection, Text host = "localhost", std::uint16_t port = 465) {
    connection.options.session = &saved;
    const IoStatus status = connection.handshake(host, port);
    EXPECT_EQ(status, IoStatus::ok) << static_cast<int>(connection.tls.status());
    if (status != IoStatus::ok) return false;
    std::string greeting = "220 ready\r\n";
    connection.server->send(greeting);
    EXPECT_EQ(connection.read_exactly(11), "220 ready\r\n");
    EXPECT_EQ(connection.close(), IoStatus::ok);
    return connection.report().resumed;
  }

  bool connect_again(UnixTime now = kNow) {
    Connection connection(server_options());
    connection.now = now;
    return connect(connection);
  }

  void begin() {
    ASSERT_FALSE(connect_again());
    ASSERT_NE(saved.size, 0U);
    ASSERT_TRUE(saved.changed);
    saved.changed = false;
  }

  std::uint8_t room[2048] = {};
  TlsSession saved;

 private:
  Tickets tickets_;
};

TEST_P(MbedtlsSavedSession, IsResumed) {
  begin();
  EXPECT_TRUE(connect_again());
  EXPECT_TRUE(connect_again());
}

TEST_P(MbedtlsSavedSession, BringsTheReportBack) {
  Connection first(server_options());
  ASSERT_FALSE(connect(first));
  Connection second(server_options());
  ASSERT_TRUE(connect(second));
  const TlsReport& was = first.report();
  const TlsReport& is = second.report();
  EXPECT_EQ(is.version, GetParam());
  EXPECT_EQ(is.cipher, was.cipher);
  EXPECT_EQ(is.peer.subject, "CN=localhost");
  EXPECT_EQ(is.peer.names, "localhost");
  EXPECT_EQ(is.peer.not_before, was.peer.not_before);
  EXPECT_EQ(is.peer.not_after, was.peer.not_after);
  EXPECT_EQ(std::memcmp(is.peer.spki.sha256, was.peer.spki.sha256, 32), 0);
  EXPECT_TRUE(is.chain_verified && is.host_verified && is.time_checked && is.established && is.answered);
  EXPECT_FALSE(is.pin_verified);
}

TEST_P(MbedtlsSavedSession, GivesItsSpaceAndSizeToTheCaller) {
  begin();
  std::vector<std::uint8_t> flash(room, room + saved.size);
  TlsSession restored;
  restored.bytes = {flash.data(), flash.size()};
  restored.size = flash.size();
  saved = restored;
  EXPECT_TRUE(connect_again());
}

TEST_P(MbedtlsSavedSession, IsMarkedAsChangedOnlyWhenItIs) {
  begin();
  EXPECT_TRUE(connect_again());
  EXPECT_EQ(saved.changed, GetParam() == TlsVersion::tls1_3) << "TLS 1.3 brings a new ticket each time";
}

TEST_P(MbedtlsSavedSession, IsNotSavedWhereItDoesNotFit) {
  saved.bytes.size = 100;
  EXPECT_FALSE(connect_again());
  EXPECT_EQ(saved.size, 0U);
  EXPECT_TRUE(saved.too_big);
  EXPECT_FALSE(saved.changed);
  saved.bytes.size = sizeof room;
  EXPECT_FALSE(connect_again());
  EXPECT_FALSE(saved.too_big);
  EXPECT_NE(saved.size, 0U);
}

TEST_P(MbedtlsSavedSession, DoesNotHoldTheServersCertificate) {
  begin();
  const std::string octets(reinterpret_cast<const char*>(room), saved.size);
  EXPECT_EQ(octets.find(server().certificate.substr(100, 50)), std::string::npos);
  EXPECT_LT(saved.size, 700U);
}

// What makes it another connection.

TEST_P(MbedtlsSavedSession, IsForOneHostAndPort) {
  Request request;
  request.dns = {"localhost", "mail.example.com"};
  const Credential who = server_for(request);
  ServerOptions options = server_options();
  options.who = &who;
  Connection connection(options);
  EXPECT_FALSE(connect(connection, "localhost", 465));
  EXPECT_FALSE(connect(connection, "mail.example.com", 465));
  EXPECT_FALSE(connect(connection, "mail.example.com", 587));
  EXPECT_TRUE(connect(connection, "mail.example.com", 587));
}

using Change = void (*)(TlsOptions&);

void expect_full_after(TlsSession& saved, const ServerOptions& server_options, Change change,
                       const std::function<bool(Connection&)>& connect) {
  Connection first(server_options);
  EXPECT_FALSE(connect(first));
  Connection second(server_options);
  change(second.options);
  EXPECT_FALSE(connect(second)) << "a full handshake";
  Connection third(server_options);
  change(third.options);
  EXPECT_TRUE(connect(third)) << "the new one is as good as the first";
  saved.size = 0;
}

SpkiPin* pins() {
  static SpkiPin two[] = {server().pin(), intermediate().pin()};
  return two;
}

ByteView both_roots() {
  static const std::string pem = [] {
    Request request;
    request.subject = "CN=Another root";
    request.is_ca = true;
    std::string first = root().pem();
    first.pop_back();
    return first + issue(request, nullptr).pem();
  }();
  return view(pem);
}

const Credential& client() {
  static const Credential made = [] {
    Request request;
    request.for_servers = false;
    return issue(request, &root());
  }();
  return made;
}

TEST_P(MbedtlsSavedSession, IsForOnePolicy) {
  const std::vector<Change> changes = {
      [](TlsOptions& options) { options.insecure = true; },
      [](TlsOptions& options) {
        options.pins = pins();
        options.pin_count = 1;
      },
      [](TlsOptions& options) {
        options.pins = pins();
        options.pin_count = 2;
      },
      [](TlsOptions& options) {
        options.ca = {};
        options.pins = pins();
        options.pin_count = 1;
      },
      [](TlsOptions& options) {
        options.pins = pins();
        options.pin_count = 1;
        options.check_host = false;
      },
      [](TlsOptions& options) {
        options.pins = pins();
        options.pin_count = 1;
        options.check_time = false;
      },
      [](TlsOptions& options) { options.ca = both_roots(); },
      [](TlsOptions& options) { options.max = TlsVersion::tls1_2; },
      [](TlsOptions& options) { options.allow_downgrade = true; },
      [](TlsOptions& options) {
        options.certificate = view(client().certificate);
        options.private_key = view(client().key);
      },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    SCOPED_TRACE(i);
    expect_full_after(saved, server_options(), changes[i],
                      [this](Connection& connection) { return connect(connection); });
  }
}

TEST_P(MbedtlsSavedSession, ThatWasNotVerifiedIsNotResumedWhereItMustBe) {
  Connection careless(server_options());
  careless.options.insecure = true;
  EXPECT_FALSE(connect(careless));
  EXPECT_FALSE(connect_again());
}

TEST_P(MbedtlsSavedSession, DoesNotHideThatAServerIsNoLongerTrusted) {
  begin();
  Request request;
  request.subject = "CN=Another root";
  request.is_ca = true;
  const std::string other = issue(request, nullptr).certificate;
  Connection connection(server_options());
  connection.options.session = &saved;
  connection.options.ca = view(other);
  EXPECT_EQ(connection.handshake(), IoStatus::error);
  EXPECT_EQ(connection.tls.status(), Status::tls_untrusted);
}

TEST_P(MbedtlsSavedSession, DoesNotOutliveTheCertificates) {
  begin();
  Connection late(server_options());
  late.now = 2300000000;  // 2042
  late.options.session = &saved;
  EXPECT_EQ(late.handshake(), IoStatus::error);
  EXPECT_EQ(late.tls.status(), Status::tls_certificate_expired);
}

TEST_P(MbedtlsSavedSession, IsCheckedAgainstTheTimeWhenThatIsKnownOnlyLater) {
  Connection early(server_options());
  early.now = 0;
  early.options.clock_not_set = ClockNotSet::accept;
  EXPECT_FALSE(connect(early));
  EXPECT_FALSE(early.report().time_checked);
  Connection later(server_options());
  EXPECT_TRUE(connect(later));
  EXPECT_TRUE(later.report().time_checked);
  Connection late(server_options());
  late.now = 2300000000;
  late.options.session = &saved;
  EXPECT_EQ(late.handshake(), IoStatus::error);
  EXPECT_EQ(late.tls.status(), Status::tls_certificate_expired);
}

// What is no session.

TEST_P(MbedtlsSavedSession, IsIgnoredWhenItIsCut) {
  begin();
  const std::vector<std::uint8_t> whole(room, room + saved.size);
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    std::copy(whole.begin(), whole.end(), room);
    saved.size = size;
    EXPECT_FALSE(connect_again()) << size;
  }
}

TEST_P(MbedtlsSavedSession, IsIgnoredWhenItIsOfAnotherKind) {
  std::memset(room, 'x', sizeof room);
  saved.size = sizeof room;
  EXPECT_FALSE(connect_again());
  saved.size = sizeof room + 1;
  EXPECT_FALSE(connect_again());
}

TEST_P(MbedtlsSavedSession, ThatTheServerForgotLeadsToAFullHandshake) {
  begin();
  Tickets others;
  ServerOptions options = server_options();
  options.tickets = &others;
  Connection connection(options);
  EXPECT_FALSE(connect(connection));
  EXPECT_TRUE(connection.report().chain_verified);
}

TEST_P(MbedtlsSavedSession, IsForgottenWhenTlsFailsWithIt) {
  begin();
  Connection connection(server_options());
  connection.options.session = &saved;
  ASSERT_EQ(connection.tls.open({"localhost", 465}), IoStatus::ok);
  ASSERT_EQ(connection.tls.start_tls(), IoStatus::would_block);
  connection.wire.to_near = std::string("\x15\x03\x03\x00\x02\x02\x28", 7);
  EXPECT_EQ(connection.advance(), IoStatus::error);
  EXPECT_EQ(saved.size, 0U);
  EXPECT_TRUE(saved.changed);
}

std::string version_name(const testing::TestParamInfo<TlsVersion>& info) {
  return info.param == TlsVersion::tls1_3 ? "Tls13" : "Tls12";
}
INSTANTIATE_TEST_SUITE_P(Versions, MbedtlsSavedSession, testing::ValuesIn(versions()), version_name);

}  // namespace
}  // namespace mailmote::tls_support

#endif
