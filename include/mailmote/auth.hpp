// Logging in: AUTH (RFC 4954) with SASL mechanisms (RFC 4422), each an object that the application names.
#ifndef MAILMOTE_AUTH_HPP
#define MAILMOTE_AUTH_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/capabilities.hpp"
#include "mailmote/observer.hpp"
#include "mailmote/random.hpp"
#include "mailmote/sink.hpp"
#include "mailmote/status.hpp"

namespace mailmote {

class Session;
struct Options;

/// What a mechanism says when it is asked to go on.
enum class AuthStep : std::uint8_t {
  respond = 0,  ///< write() puts the response
  compute = 1,  ///< there is more to compute: asked again in the next poll
  wait = 2,     ///< something from outside is missing, such as a token: asked again after a while
  cancel = 3,   ///< the exchange cannot go on, for the reason that status() gives: the server is told "*"
};

/// What a mechanism may need to know.
struct AuthContext {
  const Options& options;
  const RandomSource& random;
  bool implicit_tls;  ///< TLS since the connection was made: with the standard port that is 465, else 587
};

/// One way to log in. Run like this: begin(), then go_on() until it says something else than compute or wait; write()
/// as often as the window needs; for each challenge of the server challenge(), then go_on() again. When the server says
/// yes, verified() must hold. forget() at the end, whatever it was.
///
/// An application may have a mechanism of its own: it derives from this, and names itself as in the server's AUTH line.
class SaslMechanism {
 public:
  Mechanism id() const { return id_; }
  const Text& name() const { return name_; }

  /// Whether the client speaks first.
  bool client_first() const { return client_first_; }

  void begin(const AuthContext& context);
  AuthStep go_on() { return do_go_on(); }

  /// Puts the response (not in base64): the same octets in every run until the next challenge().
  void write(Sink& out) const { do_write(out); }

  /// The server's challenge, in base64. It stands in the rx window: what is needed later must be kept now.
  void challenge(const Text& base64) {
    ++challenges_;
    do_challenge(base64);
  }

  /// Whether the server has shown what this mechanism wants of it before its yes is believed.
  bool verified() const { return verified_; }

  /// Why go_on() said cancel.
  Status status() const { return status_; }

  /// Forgets everything that was derived from the credentials.
  void forget() { do_forget(); }

 protected:
  constexpr SaslMechanism(Mechanism id, Text name, bool client_first)
      : name_(name), id_(id), client_first_(client_first) {}
  ~SaslMechanism() = default;  // never deleted through this type
  SaslMechanism(const SaslMechanism&) = delete;
  SaslMechanism& operator=(const SaslMechanism&) = delete;

  /// For do_go_on(): `return cancel(why)`.
  AuthStep cancel(Status why) {
    status_ = why;
    return AuthStep::cancel;
  }

  /// For do_challenge(): the challenge's octets, which then stand in its place. False when it is not base64.
  static bool decode(const Text& base64, ByteView& octets);

  /// All that a simple mechanism has to decide: cancel with malformed_challenge when there were more than `most`
  /// challenges, and with invalid_credentials when they are not `valid`; else respond.
  AuthStep respond(unsigned most, bool valid);

  /// Challenges since begin(), modulo 256.
  unsigned challenges() const { return challenges_; }

  void set_verified(bool verified) { verified_ = verified; }

 private:
  virtual void do_begin(const AuthContext& context) { static_cast<void>(context); }
  virtual AuthStep do_go_on() = 0;
  virtual void do_write(Sink& out) const { static_cast<void>(out); }  // no octets
  virtual void do_challenge(Text base64) { static_cast<void>(base64); }
  virtual void do_forget() {}

  Text name_;
  Mechanism id_;
  bool client_first_;
  bool verified_ = true;
  std::uint8_t challenges_ = 0;
  Status status_ = Status::ok;
};

/// What a session asks of whoever logs it in.
class Authentication {
 public:
  virtual void forget() = 0;
  virtual void wipe(const MutableBytes& tx) = 0;
  virtual void on_ehlo_line(Text line) = 0;
  virtual void begin(Session& session) = 0;
  virtual bool work(Session& session) = 0;
  virtual void write(Sink& out) const = 0;
  virtual Sent kind() const = 0;
  virtual void composed(Session& session) = 0;
  virtual void on_reply(Session& session, const Reply& reply, bool cut) = 0;

 protected:
  constexpr Authentication() = default;
  ~Authentication() = default;  // never deleted through this type
  Authentication(const Authentication&) = delete;
  Authentication& operator=(const Authentication&) = delete;
};

/// Logs in by the first of the given mechanisms that the server offers: the order is the application's, strongest
/// first. These are the allowed mechanisms; the server's own order counts nothing (RFC 4422 section 6). A mechanism
/// that the server refuses as such (500 to 504, 534) or that cannot go on lets the next one try; a refused
/// password never does, nor does a server that fails to show that it knows the password.
///
/// Where none is left, the error is no_common_mechanism, auth_mechanism_rejected with the server's last reply, or the
/// reason why the last one could not go on: allowed() has what is allowed, and an Observer with parse_auth() what the
/// server offers.
///
///     PlainMechanism plain({"sensor", password});  SaslMechanism* const allowed[] = {&plain};
///     Authenticator authenticator(allowed);  options.auth = &authenticator;
class Authenticator final : public Authentication {
 public:
  static constexpr std::size_t kMaxMechanisms = 16;

  /// At most kMaxMechanisms; more are passed over. The array must stay.
  template <std::size_t N>
  constexpr explicit Authenticator(SaslMechanism* const (&allowed)[N]) : Authenticator(allowed, N) {}
  constexpr Authenticator(SaslMechanism* const* allowed, std::size_t count)
      : allowed_(allowed), count_(static_cast<std::uint8_t>(count < kMaxMechanisms ? count : kMaxMechanisms)) {}

  /// The allowed ones, and those of them that the server offers.
  AuthSet allowed() const;
  AuthSet offered() const;

  /// The mechanism that is or was used last; null when none was.
  const SaslMechanism* used() const { return used_; }

  /// For mechanisms that need random octets (SCRAM).
  RandomSource random;

 private:
  enum class Stage : std::uint8_t { working, verb, verb_and_response, response, cancel };

  void forget() override;
  void wipe(const MutableBytes& tx) override;
  void on_ehlo_line(Text line) override;
  void begin(Session& session) override;
  bool work(Session& session) override;
  void write(Sink& out) const override;
  Sent kind() const override { return stage_ == Stage::response ? Sent::secret : Sent::command; }
  void composed(Session& session) override;
  void on_reply(Session& session, const Reply& reply, bool cut) override;

  bool offers(std::size_t i) const { return ((offered_ >> i) & 1U) != 0; }
  void next(Session& session, const Reply& reply);
  void on_challenge(Session& session, const Text& text, bool cut);
  void set_stage(Session& session, Stage stage);

  SaslMechanism* const* allowed_;
  SaslMechanism* used_ = nullptr;
  std::uint16_t offered_ = 0;  // bits of allowed_
  std::uint8_t count_;
  std::uint8_t next_ = 0;      // of allowed_: to try when this one is refused
  Stage stage_ = Stage::working;
  bool started_ = false;       // its AUTH was said
  Status why_ = Status::ok;    // the error when no mechanism is left
};

/// One sentence on what a provider's reply to a login, or for want of one, means and what to do: "Gmail refuses the
/// password: it needs an app password or OAuth". `reply` is the reply's text, or what is kept of it
/// (Session::reply_text()). Empty when the reply is none of those that are known; then describe() says what there is to
/// say. Linked when named.
Text auth_advice(const Error& error, Text reply);

/// A user and a secret. The views must stay valid while a mechanism uses them.
struct Credentials {
  Text user;
  Text password;
  Text authorization = {};  ///< the identity to act as (authzid); empty: the user's own
};

}  // namespace mailmote

#endif
