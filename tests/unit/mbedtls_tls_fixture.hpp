// A connection by a TLS stream to a server of one version, for tests of every version that this Mbed TLS has.
#ifndef MAILMOTE_TESTS_UNIT_MBEDTLS_TLS_FIXTURE_HPP
#define MAILMOTE_TESTS_UNIT_MBEDTLS_TLS_FIXTURE_HPP

#include <gtest/gtest.h>

#include <string>

#include "mailmote/mbedtls/tls_stream.hpp"
#include "tls_support/connection.hpp"

namespace mailmote::tls_support {

class TlsStreamTest : public testing::TestWithParam<TlsVersion> {
 protected:
  static ServerOptions speaking(TlsVersion version) {
    ServerOptions options;
    options.max = version;
    return options;
  }

  void expect_dialogue(Connection& with) {
    EXPECT_EQ(with.write_all("EHLO pump\r\n"), IoStatus::ok);
    std::string greeting = "250 hello\r\n";
    with.carry();
    with.server->send(greeting);
    EXPECT_EQ(with.read_exactly(11), "250 hello\r\n");
    with.carry();
    EXPECT_EQ(with.server->received, "EHLO pump\r\n");
  }

  void expect_failure(Connection& with, Status status) {
    EXPECT_EQ(with.handshake(), IoStatus::error);
    EXPECT_EQ(with.tls.status(), status) << static_cast<int>(with.tls.status());
    EXPECT_FALSE(with.report().established);
  }

  Connection connection{speaking(GetParam())};
};

inline std::string version_name(const testing::TestParamInfo<TlsVersion>& info) {
  return info.param == TlsVersion::tls1_3 ? "Tls13" : "Tls12";
}

}  // namespace mailmote::tls_support

#endif
