// Each member that a program in C sets arrives in C++: all of them have values of their own here.
#include "mailmote/c/bridge.hpp"

#include <gtest/gtest.h>

#include "c_api/proxy.hpp"
#include "mailmote/security.hpp"

namespace mailmote {
namespace {

constexpr std::uint8_t kCa[] = {1}, kCertificate[] = {2, 3}, kKey[] = {4, 5, 6};
int context;

std::uint32_t clock_in_c(void*) { return 7; }
bool random_in_c(void*, std::uint8_t*, std::size_t) { return true; }

TEST(Bridge, CarriesEachTimeout) {
  mailmote_options_t given;
  mailmote_options_init(&given, "mail.example.com");
  given.timeouts = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  Timeouts timeouts = kRfcTimeouts;
  const Options options = to_cpp(given, timeouts);
  EXPECT_EQ(options.timeouts, &timeouts);
  EXPECT_EQ(timeouts.connect, given.timeouts.connect);
  EXPECT_EQ(timeouts.tls, given.timeouts.tls);
  EXPECT_EQ(timeouts.greeting, given.timeouts.greeting);
  EXPECT_EQ(timeouts.command, given.timeouts.command);
  EXPECT_EQ(timeouts.mail, given.timeouts.mail);
  EXPECT_EQ(timeouts.rcpt, given.timeouts.rcpt);
  EXPECT_EQ(timeouts.data, given.timeouts.data);
  EXPECT_EQ(timeouts.data_block, given.timeouts.data_block);
  EXPECT_EQ(timeouts.content, given.timeouts.content);
  EXPECT_EQ(timeouts.source, given.timeouts.source);
  EXPECT_EQ(timeouts.operation, given.timeouts.operation);
}

TEST(Bridge, CarriesEachOption) {
  mailmote_options_t given;
  mailmote_auto_security_t plan;
  mailmote_auth_t auth;
  mailmote_observer_t observer;
  mailmote_options_init(&given, "mail.example.com");
  given.port = 26;
  given.security = MAILMOTE_SECURITY_STARTTLS_IF_OFFERED;
  given.helo = "sensor.example.com";
  given.greeting_timeout = 12;
  given.plan = &plan;
  given.auth = &auth;
  given.observer = &observer;
  given.refused_recipient = MAILMOTE_REFUSED_RECIPIENT_ABORT;
  given.line_ends = MAILMOTE_LINE_ENDS_REFUSE;
  given.clock = clock_in_c;
  given.clock_context = &context;
  mailmote_use_chunking(&given);
  Timeouts timeouts = kRfcTimeouts;
  const Options options = to_cpp(given, timeouts);
  EXPECT_EQ(options.host, "mail.example.com");
  EXPECT_EQ(options.port, 26);
  EXPECT_EQ(options.security, Security::starttls_if_offered);
  EXPECT_EQ(options.helo, "sensor.example.com");
  EXPECT_EQ(options.greeting_timeout, 12U);
  EXPECT_EQ(static_cast<void*>(options.plan), &plan);
  EXPECT_EQ(static_cast<void*>(options.auth), &auth);
  EXPECT_EQ(static_cast<void*>(options.observer), &observer);
  EXPECT_EQ(options.refused_recipient, RefusedRecipient::abort);
  EXPECT_EQ(options.line_ends, LineEnds::refuse);
  EXPECT_EQ(options.clock.read, clock_in_c);
  EXPECT_EQ(options.clock.context, &context);
  EXPECT_EQ(options.chunking, &kChunking);
}

// One at a time, because two that were exchanged would not show otherwise.
TEST(Bridge, TellsThePermissionsApart) {
  bool mailmote_options_t::*const in_c[] = {&mailmote_options_t::allow_cleartext_credentials,
                                            &mailmote_options_t::allow_clear, &mailmote_options_t::pipelining};
  bool Options::*const in_cpp[] = {&Options::allow_cleartext_credentials, &Options::allow_clear, &Options::pipelining};
  for (std::size_t set = 0; set < 3; ++set) {
    mailmote_options_t given;
    mailmote_options_init(&given, "mail.example.com");
    given.pipelining = false;
    given.*in_c[set] = true;
    Timeouts timeouts = kRfcTimeouts;
    const Options options = to_cpp(given, timeouts);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(options.*in_cpp[i], i == set);
  }
}

TEST(Bridge, HasTheDefaultsOfTheOptions) {
  mailmote_options_t given;
  mailmote_options_init(&given, "mail.example.com");
  Timeouts timeouts = kDeviceTimeouts;
  const Options options = to_cpp(given, timeouts);
  const Options defaults;
  EXPECT_EQ(timeouts.connect, kRfcTimeouts.connect);
  EXPECT_EQ(options.port, defaults.port);
  EXPECT_EQ(options.security, defaults.security);
  EXPECT_EQ(options.greeting_timeout, defaults.greeting_timeout);
  EXPECT_EQ(options.allow_cleartext_credentials, defaults.allow_cleartext_credentials);
  EXPECT_EQ(options.allow_clear, defaults.allow_clear);
  EXPECT_EQ(options.pipelining, defaults.pipelining);
  EXPECT_EQ(options.chunking, defaults.chunking);
}

TEST(Bridge, CarriesEachTlsOption) {
  constexpr mailmote_spki_pin_t kPins[2] = {{{1}}, {{2}}};
  mailmote_tls_session_t session;
  mailmote_tls_options_t given;
  mailmote_tls_options_init(&given);
  given.ca = kCa;
  given.ca_size = sizeof kCa;
  given.ca_file = "roots.pem";
  given.ca_dir = "roots";
  given.pins = kPins;
  given.pin_count = 2;
  given.clock_not_set = MAILMOTE_CLOCK_NOT_SET_ACCEPT;
  given.min = MAILMOTE_TLS_1_3;
  given.max = MAILMOTE_TLS_1_2;
  given.max_fragment = 1024;
  given.certificate = kCertificate;
  given.certificate_size = sizeof kCertificate;
  given.private_key = kKey;
  given.private_key_size = sizeof kKey;
  given.clock = clock_in_c;
  given.clock_context = &context;
  given.random = {random_in_c, &context};
  given.session = &session;
  given.server_name = "example.com";
  const TlsOptions options = to_cpp(given);
  EXPECT_EQ(options.ca.data, kCa);
  EXPECT_EQ(options.ca.size, sizeof kCa);
  EXPECT_STREQ(options.ca_file, "roots.pem");
  EXPECT_STREQ(options.ca_dir, "roots");
  EXPECT_EQ(static_cast<const void*>(options.pins), kPins);
  EXPECT_EQ(options.pin_count, 2);
  EXPECT_EQ(options.pins[1].sha256[0], 2);
  EXPECT_EQ(options.clock_not_set, ClockNotSet::accept);
  EXPECT_EQ(options.min, TlsVersion::tls1_3);
  EXPECT_EQ(options.max, TlsVersion::tls1_2);
  EXPECT_EQ(options.max_fragment, 1024);
  EXPECT_EQ(options.certificate.data, kCertificate);
  EXPECT_EQ(options.certificate.size, sizeof kCertificate);
  EXPECT_EQ(options.private_key.data, kKey);
  EXPECT_EQ(options.private_key.size, sizeof kKey);
  EXPECT_EQ(options.clock.read, clock_in_c);
  EXPECT_EQ(options.clock.context, &context);
  EXPECT_EQ(options.random.fill, random_in_c);
  EXPECT_EQ(options.random.context, &context);
  EXPECT_EQ(static_cast<void*>(options.session), &session);
  EXPECT_EQ(options.server_name, "example.com");
}

TEST(Bridge, TellsTheRulesOfTlsApart) {
  bool mailmote_tls_options_t::*const in_c[] = {&mailmote_tls_options_t::insecure, &mailmote_tls_options_t::check_host,
                                                &mailmote_tls_options_t::check_time,
                                                &mailmote_tls_options_t::allow_downgrade};
  bool TlsOptions::*const in_cpp[] = {&TlsOptions::insecure, &TlsOptions::check_host, &TlsOptions::check_time,
                                      &TlsOptions::allow_downgrade};
  for (std::size_t set = 0; set < 4; ++set) {
    mailmote_tls_options_t given = {};
    given.*in_c[set] = true;
    const TlsOptions options = to_cpp(given);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(options.*in_cpp[i], i == set);
  }
}

TEST(Bridge, CarriesEachProxyOption) {
  mailmote_proxy_options_t given;
  mailmote_proxy_options_init(&given, "proxy.example.com");
  EXPECT_EQ(to_cpp(given).port, ProxyOptions().port);
  EXPECT_EQ(to_cpp(given).timeout, ProxyOptions().timeout);
  EXPECT_FALSE(to_cpp(given).tls);
  given.port = 8118;
  given.user = "pump";
  given.password = "secret";
  given.address = "192.0.2.1";
  given.timeout = 13;
  given.tls = true;
  const ProxyOptions options = to_cpp(given);
  EXPECT_EQ(options.host, "proxy.example.com");
  EXPECT_EQ(options.port, 8118);
  EXPECT_EQ(options.user, "pump");
  EXPECT_EQ(options.password, "secret");
  EXPECT_EQ(options.address, "192.0.2.1");
  EXPECT_EQ(options.timeout, 13U);
  EXPECT_TRUE(options.tls);
}

TEST(Bridge, CarriesAnErrorBothWays) {
  const Error error = {Status::tls_alert, Phase::tls, 454, {4, 7, 19}, -77};
  const Error same = to_cpp(to_c(error));
  EXPECT_EQ(same.status, error.status);
  EXPECT_EQ(same.phase, error.phase);
  EXPECT_EQ(same.smtp_code, error.smtp_code);
  EXPECT_EQ(same.enhanced.status_class, 4);
  EXPECT_EQ(same.enhanced.subject, 7);
  EXPECT_EQ(same.enhanced.detail, 19);
  EXPECT_EQ(same.native, error.native);
}

}  // namespace
}  // namespace mailmote
