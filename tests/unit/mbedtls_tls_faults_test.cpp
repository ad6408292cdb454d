// TLS over a stream of which one call fails, or would block.
#ifdef MAILMOTE_HAS_MBEDTLS

#include "mbedtls_tls_fixture.hpp"

namespace mailmote::tls_support {
namespace {

class MbedtlsTlsFaults : public TlsStreamTest {};

// All that happens in a connection, with one call of the inner stream made to fail.
struct Outcome {
  IoStatus handshake = IoStatus::ok;
  IoStatus last = IoStatus::ok;
  std::string received;  // by the client
  std::string sent;      // as the server saw it
  Status status = Status::ok;
  unsigned calls = 0;
};

Outcome run_with_fault(TlsVersion version, unsigned fault_at, IoStatus fault) {
  ServerOptions options;
  options.max = version;
  Connection connection(options);
  connection.wire.fault_at = fault_at;
  connection.wire.fault = fault;
  connection.longest = 2000;
  Outcome outcome;
  outcome.last = outcome.handshake = connection.handshake();
  if (outcome.last == IoStatus::ok) outcome.last = connection.write_all("QUIT\r\n");
  if (outcome.last == IoStatus::ok) {
    std::string bye = "221 bye\r\n";
    connection.carry();
    connection.server->send(bye);
    outcome.received = connection.read_exactly(9);
    outcome.last = connection.close();
  }
  connection.carry();
  outcome.sent = connection.server->received;
  outcome.status = connection.tls.status();
  outcome.calls = connection.wire.calls;
  return outcome;
}

TEST_P(MbedtlsTlsFaults, SurvivesAnyCallThatWouldBlock) {
  const Outcome good = run_with_fault(GetParam(), 0, IoStatus::ok);
  ASSERT_EQ(good.received, "221 bye\r\n");
  for (unsigned at = 1; at <= good.calls; ++at) {
    const Outcome outcome = run_with_fault(GetParam(), at, IoStatus::would_block);
    EXPECT_EQ(outcome.handshake, IoStatus::ok) << at;
    EXPECT_EQ(outcome.last, IoStatus::ok) << at;
    EXPECT_EQ(outcome.received, "221 bye\r\n") << at;
    EXPECT_EQ(outcome.sent, "QUIT\r\n") << at;
  }
}

TEST_P(MbedtlsTlsFaults, NamesAnyCallThatFails) {
  const unsigned calls = run_with_fault(GetParam(), 0, IoStatus::ok).calls;
  for (const IoStatus fault : {IoStatus::error, IoStatus::closed}) {
    for (unsigned at = 1; at <= calls; ++at) {
      const Outcome outcome = run_with_fault(GetParam(), at, fault);
      if (outcome.handshake == IoStatus::ok) {
        EXPECT_TRUE(outcome.received.empty() || outcome.received == "221 bye\r\n") << at;
        continue;
      }
      const Status expected = fault == IoStatus::error ? Status::connection_reset : Status::connection_closed;
      const bool unanswered = fault == IoStatus::closed && outcome.status == Status::tls_version_refused;
      EXPECT_EQ(outcome.handshake, IoStatus::error) << at;
      EXPECT_TRUE(unanswered || outcome.status == expected) << at << " " << static_cast<int>(outcome.status);
      EXPECT_EQ(outcome.sent, "") << at;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Versions, MbedtlsTlsFaults, testing::ValuesIn(versions()), version_name);

}  // namespace
}  // namespace mailmote::tls_support

#endif
