// Everything that sends mail from a sketch, in one object: client, login, TLS, windows and the plan that finds out how the
// server wants its TLS. For boards whose core brings Mbed TLS, such as the ESP32's.
#ifndef MAILMOTE_ARDUINO_MAILER_HPP
#define MAILMOTE_ARDUINO_MAILER_HPP

#include <Arduino.h>

#include <cstddef>

#include "mailmote/arduino/system.hpp"
#include "mailmote/arduino/tcp_stream.hpp"
#include "mailmote/auth.hpp"
#include "mailmote/client.hpp"
#include "mailmote/mbedtls/hash.hpp"
#include "mailmote/mbedtls/tls_stream.hpp"
#include "mailmote/sasl.hpp"
#include "mailmote/scram.hpp"
#include "mailmote/tls.hpp"

namespace mailmote::arduino {

/// Sends mail to one server: by implicit TLS at port 465, else by STARTTLS at 587, verified against tls().ca. With a user
/// it logs in by SCRAM-SHA-256, PLAIN or LOGIN, whatever the server offers first in this order; never in clear.
///
///     WiFiClient network;
///     mailmote::arduino::Mailer mailer(network, "smtp.example.com", {"sensor", password});
///     mailer.tls().ca = {kCa, sizeof kCa};             // in setup(): PEM text in flash, its ending NUL counted
///     mailer.start(mail);
///     if (mailer.poll() == mailmote::Poll::done) ...   // in loop()
///
/// The connecting itself blocks: see TcpStream. The host, the credentials and what is given to options() and tls() must
/// stay valid. Best in static storage; `Rx` and `Tx` are the windows.
template <class NetClient, std::size_t Rx = 512, std::size_t Tx = 1024>
class Mailer {
 public:
  /// Without a user there is no login.
  explicit Mailer(NetClient& client, Text host, const Credentials& credentials = {})
      : tcp_(client), scram_(mbedtls::kSha256, credentials), plain_(credentials), login_(credentials) {
    options_.host = host;
    options_.plan = &plan_;
    options_.timeouts = &kDeviceTimeouts;
    options_.clock = tls_options_.clock = {wall_clock, nullptr};
    tls_options_.random = authenticator_.random = random_source();
    if (!credentials.user.empty()) options_.auth = &authenticator_;
  }
  Mailer(const Mailer&) = delete;
  Mailer& operator=(const Mailer&) = delete;
  ~Mailer() { client_.cancel(); }

  /// What it is told. May be changed while nothing is under way. What is set from the beginning: host, security automatic
  /// with a plan, kDeviceTimeouts, the board's clock (set it first, by configTime() say) and, on ESP32 and ESP8266, the
  /// board's random octets; on other boards give both random() something cryptographic.
  Options& options() { return options_; }
  TlsOptions& tls() { return tls_options_; }
  void random(const RandomSource& source) { tls_options_.random = authenticator_.random = source; }

  /// Begins to send `message`: ok, or why not, as for Client::start(). Then poll() in loop() until it says done.
  Status start(Message& message, After after = After::quit) { return client_.start(message, after); }
  Poll poll() { return client_.poll(millis()); }

  /// Sends `message` and waits for the outcome; meanwhile loop() stands still, but delay() lets the board's own work go on.
  Outcome send(Message& message, After after = After::quit);

  /// The last mail's result.
  Outcome outcome() const { return client_.outcome(); }
  const Error& error() const { return client_.error(); }

  /// One sentence on error(), ended by NUL. 192 octets hold mostly all.
  template <std::size_t N>
  Text describe(char (&out)[N]) {
    return mailmote::describe(error(), *tls_.tls(), options_.host, out);
  }

  /// The parts, for whatever else there is to do or to know.
  Client& client() { return client_; }
  AutoSecurity& security_plan() { return plan_; }
  const TlsReport& tls_report() const { return *tls_.tls(); }

 private:
  AutoSecurity plan_;
  Options options_;
  TlsOptions tls_options_;
  TcpStream<NetClient> tcp_;
  mbedtls::TlsStream tls_{tcp_, tls_options_};
  ClientBuffer<Rx, Tx> buffer_;
  Client client_{tls_, options_, buffer_.rx(), buffer_.tx()};
  ScramMechanism scram_;
  PlainMechanism plain_;
  LoginMechanism login_;
  SaslMechanism* const allowed_[3] = {&scram_, &plain_, &login_};
  Authenticator authenticator_{allowed_};
};

template <class NetClient, std::size_t Rx, std::size_t Tx>
Outcome Mailer<NetClient, Rx, Tx>::send(Message& message, After after) {
  if (start(message, after) != Status::ok) return Outcome::not_sent;
  for (;;) {
    const Poll said = poll();
    if (said == Poll::done) return outcome();
    if (said != Poll::again) delay(1);
  }
}

}  // namespace mailmote::arduino

#endif
