// Everything that sends mail from a Linux program, in one object: client, login, TLS, TCP, windows and the plan that
// finds out how the server wants its TLS.
#ifndef MAILMOTE_POSIX_MAILER_HPP
#define MAILMOTE_POSIX_MAILER_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/auth.hpp"
#include "mailmote/client.hpp"
#include "mailmote/mbedtls/hash.hpp"
#include "mailmote/mbedtls/tls_stream.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"
#include "mailmote/sasl.hpp"
#include "mailmote/scram.hpp"
#include "mailmote/tls.hpp"

namespace mailmote::posix {

/// Sends mail to one server: by implicit TLS at port 465, else by STARTTLS at 587, verified against the certificates
/// that the system trusts. With a user it logs in by the strongest mechanism that the server offers: SCRAM-SHA-256,
/// SCRAM-SHA-1, CRAM-MD5, PLAIN, LOGIN; never in clear. About 39 KB, of which two windows of 16 KB; best in static
/// storage.
///
///     static mailmote::posix::Mailer mailer("smtp.example.com", {"sensor", password});
///     mailmote::Recipient to[] = {"ops@example.com"};
///     mailmote::TextMessage mail("sensor@example.com", to, "Tank low", "Level 3 %");
///     const mailmote::Outcome outcome = mailer.send(mail);
///
/// The host, the credentials and everything that is given to options() and tls() must stay valid.
class Mailer {
 public:
  /// Without a user there is no login.
  constexpr explicit Mailer(Text host, const Credentials& credentials = {})
      : options_(make_options(host, plan_)),
        tls_options_(make_tls_options()),
        scram_sha_256_(mbedtls::kSha256, credentials),
        scram_sha_1_(mbedtls::kSha1, credentials),
        cram_md5_(credentials),
        plain_(credentials),
        login_(credentials) {
    scram_sha_256_.iterations_per_poll = scram_sha_1_.iterations_per_poll = kIterationsPerPoll;
    authenticator_.random = {random, nullptr};
    if (!credentials.user.empty()) options_.auth = &authenticator_;
  }
  Mailer(const Mailer&) = delete;
  Mailer& operator=(const Mailer&) = delete;
  ~Mailer();

  /// What it is told. May be changed while nothing is under way. What is set from the beginning: host, security
  /// automatic with a plan, chunking, the system's clock and random octets; and at the first start, unless a CA, a pin
  /// or `insecure` is given, the system's file of trusted certificates.
  Options& options() { return options_; }
  TlsOptions& tls() { return tls_options_; }

  /// Sends `message` and waits for the outcome, and for the orderly end of a connection that is not kept. While another
  /// mail is under way: not sent.
  Outcome send(Message& message, After after = After::quit);

  /// Begins to send `message`: ok, or why not, as for Client::start(). Then poll() until it says done.
  Status start(Message& message, After after = After::quit);
  Poll poll() { return client_.poll(now()); }

  /// When to poll() again after it said wait; stream().descriptors() are what to wait for. sleep() does just that.
  Wait wait() const { return client_.wait(now()); }
  void sleep() { posix::wait(wait(), tcp_); }

  /// The last mail's result. A mail that could not even be begun is not sent, and the error says why.
  Outcome outcome() const { return begun_ ? client_.outcome() : Outcome::not_sent; }
  const Error& error() const { return begun_ ? client_.error() : refusal_; }

  /// One sentence on error(), and what a known reply to a login means, ended by NUL; valid until the next call.
  Text describe();

  /// How the last connection was secured, and what is known of the server.
  Security security() const { return client_.security(); }
  const TlsReport& tls_report() const { return *tls_.tls(); }

  /// The mechanism that logged in last, or was refused; null: none.
  const SaslMechanism* mechanism() const { return authenticator_.used(); }

  /// The parts, for whatever else there is to do or to know. security_plan() may be told which way worked last time.
  Client& client() { return client_; }
  AutoSecurity& security_plan() { return plan_; }
  const TcpStream& stream() const { return tcp_; }

 private:
  static constexpr Options make_options(Text host, SecurityPlan& plan) {
    Options options;
    options.host = host;
    options.plan = &plan;
    options.chunking = &kChunking;
    options.clock = {wall_clock, nullptr};
    return options;
  }
  static constexpr TlsOptions make_tls_options() {
    TlsOptions options;
    options.clock = {wall_clock, nullptr};
    options.random = {random, nullptr};
    return options;
  }

  static constexpr std::uint32_t kIterationsPerPoll = 4096;

  AutoSecurity plan_;
  Options options_;
  TlsOptions tls_options_;
  TcpStream tcp_;
  mbedtls::TlsStream tls_{tcp_, tls_options_};
  ClientBuffer<16384, 16384> buffer_;
  Client client_{tls_, options_, buffer_.rx(), buffer_.tx()};
  ScramMechanism scram_sha_256_;
  ScramMechanism scram_sha_1_;
  CramMd5Mechanism cram_md5_;
  PlainMechanism plain_;
  LoginMechanism login_;
  SaslMechanism* const allowed_[5] = {&scram_sha_256_, &scram_sha_1_, &cram_md5_, &plain_, &login_};
  Authenticator authenticator_{allowed_};
  bool begun_ = true;
  Error refusal_;
  char line_[512] = {};
};

}  // namespace mailmote::posix

#endif
