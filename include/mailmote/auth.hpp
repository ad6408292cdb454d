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

/// What a mechanism says when it is asked to go on.
enum class AuthStep : std::uint8_t {
  respond = 0,  ///< write() puts the response
  compute = 1,  ///< there is more to compute: asked again in the next poll
  wait = 2,     ///< something from outside is missing, such as a token: asked again after a while
  cancel = 3,   ///< the exchange cannot go on, for the reason that status() gives: the server is told "*"
};

/// What a mechanism may need of the connection.
struct AuthContext {
  Text host;
  std::uint16_t port = 0;
  RandomSource random;
};

/// One way to log in. Run like this: begin(), then go_on() until it says something else than compute or wait; write() as
/// often as the window needs; for each challenge of the server challenge(), then go_on() again. When the server says yes,
/// verified() must hold. wipe() at the end, whatever it was.
class SaslMechanism {
 public:
  Mechanism id() const { return id_; }
  Text name() const { return do_name(); }

  /// Whether the client speaks first.
  bool client_first() const { return client_first_; }

  void begin(const AuthContext& context) { do_begin(context); }
  AuthStep go_on() { return do_go_on(); }

  /// Puts the response (not in base64): the same octets in every run until the next challenge().
  void write(Sink& out) const { do_write(out); }

  /// The server's challenge, decoded. It stands in the rx window: what is needed later must be kept now.
  void challenge(ByteView octets) { do_challenge(octets); }

  /// Whether the server has shown what this mechanism wants of it before its yes is believed.
  bool verified() const { return do_verified(); }

  /// Why go_on() said cancel, or verified() is false.
  Status status() const { return do_status(); }

  /// Forgets everything that was derived from the credentials.
  void wipe() { do_wipe(); }

 protected:
  constexpr SaslMechanism(Mechanism id, bool client_first) : id_(id), client_first_(client_first) {}
  ~SaslMechanism() = default;  // never deleted through this type
  SaslMechanism(const SaslMechanism&) = delete;
  SaslMechanism& operator=(const SaslMechanism&) = delete;

 private:
  virtual Text do_name() const = 0;
  virtual void do_begin(const AuthContext& context) = 0;
  virtual AuthStep do_go_on() = 0;
  virtual void do_write(Sink& out) const = 0;
  virtual void do_challenge(ByteView octets) = 0;
  virtual bool do_verified() const { return true; }
  virtual Status do_status() const { return Status::malformed_challenge; }
  virtual void do_wipe() {}

  Mechanism id_;
  bool client_first_;
};

/// What a session asks of whoever logs it in.
class Authentication {
 public:
  virtual void forget() = 0;
  virtual void wipe() = 0;
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

/// Logs in by the first of the given mechanisms that the server offers: the order is the application's, strongest first.
/// These are the allowed mechanisms; the server's own order counts nothing (RFC 4422 section 6). A mechanism that the
/// server refuses as such (500, 502, 504, 534) or that cannot go on lets the next one try; a refused password never does.
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
  enum class Stage : std::uint8_t { working, verb, response, cancel };

  void forget() override;
  void wipe() override;
  void on_ehlo_line(Text line) override;
  void begin(Session& session) override;
  bool work(Session& session) override;
  void write(Sink& out) const override;
  Sent kind() const override { return stage_ == Stage::response ? Sent::secret : Sent::command; }
  void composed(Session& session) override;
  void on_reply(Session& session, const Reply& reply, bool cut) override;

  void next(Session& session);
  void on_challenge(Session& session, const Reply& reply, bool cut);
  void end(Session& session);
  bool initial() const;

  SaslMechanism* const* allowed_;
  SaslMechanism* used_ = nullptr;
  std::uint16_t offered_ = 0;  // bits of allowed_
  std::uint8_t count_;
  std::uint8_t next_ = 0;      // of allowed_: to try when this one is refused
  Stage stage_ = Stage::working;
  bool started_ = false;       // its AUTH was said
  Status cancelled_ = Status::ok;
};

/// A user and a secret. The views must stay valid while a mechanism uses them.
struct Credentials {
  Text user;
  Text password;
  Text authorization;  ///< the identity to act as (authzid); empty: the user's own
};

}  // namespace mailmote

#endif
