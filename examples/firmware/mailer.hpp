// Everything that sends mail from a board, in one object: client, login, TLS, proxy, TCP, windows and the plan that
// finds out how the server wants its TLS.
#ifndef MAILMOTE_FIRMWARE_MAILER_HPP
#define MAILMOTE_FIRMWARE_MAILER_HPP

#include "mailmote/auth.hpp"
#include "mailmote/client.hpp"
#include "mailmote/lwip/tcp_stream.hpp"
#include "mailmote/mbedtls/hash.hpp"
#include "mailmote/mbedtls/tls_stream.hpp"
#include "mailmote/proxy_stream.hpp"
#include "mailmote/sasl.hpp"
#include "mailmote/scram.hpp"

/// By implicit TLS at port 465, else by STARTTLS at 587, verified against the CA in flash. With a user it logs in,
/// never in clear. Host, credentials and proxy must stay valid.
class Mailer {
 public:
  /// Without a user there is no login, without a proxy none is asked.
  explicit Mailer(mailmote::Text host, const mailmote::Credentials& credentials = {},
                  const mailmote::ProxyOptions* proxy = nullptr);

  /// May be changed while nothing is under way.
  mailmote::Options options;
  mailmote::TlsOptions tls_options;

  /// How often a mail is tried that nobody has got yet, while there is hope, and the pause before each further time.
  unsigned attempts = 1;
  mailmote::Millis pause_between = 60000;

  /// Sends `message` and waits for the outcome.
  mailmote::Outcome send(mailmote::Message& message);

  /// The last mail's result. What could not even be begun is not sent.
  mailmote::Outcome outcome() const { return begun() ? client_.outcome() : mailmote::Outcome::not_sent; }
  const mailmote::Error& error() const { return begun() ? client_.error() : refusal_; }

  const mailmote::TlsReport& tls_report() const { return *tls_.tls(); }
  const mailmote::SaslMechanism* mechanism() const { return authenticator_.used(); }

 private:
  bool begun() const { return refusal_.status == mailmote::Status::ok; }
  bool may_try_again() const;

  mailmote::AutoSecurity plan_;
  mailmote::ProxyOptions no_proxy_;
  mailmote::Socks5Proxy socks_;
  mailmote::lwip::TcpStream tcp_;
  mailmote::ProxyStream through_{tcp_, socks_};
  mailmote::mbedtls::TlsStream tls_;
  mailmote::ClientBuffer<512, 512> windows_;
  mailmote::Client client_{tls_, options, windows_.rx(), windows_.tx()};
  mailmote::ScramMechanism scram_;
  mailmote::PlainMechanism plain_;
  mailmote::LoginMechanism login_;
  mailmote::SaslMechanism* const allowed_[3] = {&scram_, &plain_, &login_};
  mailmote::Authenticator authenticator_{allowed_};
  mailmote::Error refusal_;
};

#endif
