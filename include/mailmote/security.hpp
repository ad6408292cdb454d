// Which way a connection is secured, and the plan that finds it out by trying.
#ifndef MAILMOTE_SECURITY_HPP
#define MAILMOTE_SECURITY_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/clock.hpp"
#include "mailmote/options.hpp"
#include "mailmote/status.hpp"

namespace mailmote {

class Session;
struct TlsReport;

/// One way to reach the server.
struct Route {
  Security security = Security::none;  ///< none, starttls, starttls_if_offered or implicit
  bool trial = false;                  ///< its failure ends nothing: the plan is asked for another way
  std::uint16_t port = 0;
  Millis greeting = kForever;          ///< bound for the greeting; in a trial for connecting and for TLS as well
};

/// Chooses the ways of a client whose security is `automatic`.
class SecurityPlan {
 public:
  /// A new operation begins, and needs a new connection.
  virtual void begin(const Options& options) = 0;

  /// The way to try now.
  virtual Route route() const = 0;

  /// That way led to a connection in TLS.
  virtual void worked() = 0;

  /// That way failed with the session's error. True: route() names another one. False: reason() is the operation's error.
  virtual bool failed(const Session& session, const TlsReport& report) = 0;
  virtual const Error& reason() const = 0;

 protected:
  constexpr SecurityPlan() = default;
  ~SecurityPlan() = default;  // never deleted through this type
  SecurityPlan(const SecurityPlan&) = delete;
  SecurityPlan& operator=(const SecurityPlan&) = delete;
};

/// Tries TLS in the ways that servers have it, RFC 8314 section 3: without a port, implicit TLS at 465, then STARTTLS at 587.
/// At a given port, both: implicit TLS first at 465, STARTTLS first elsewhere. Each try is bounded by
/// Options::greeting_timeout, or 10 s where none is given; when all have failed and one was only silent, that one is tried
/// again with the full greeting timeout. A server that has answered in TLS and fails then, by its certificate or an alert,
/// ends it at once. Clear text comes last, only with Options::allow_clear, and never when this object has seen TLS or
/// an offer of STARTTLS before.
///
///     AutoSecurity plan;  options.security = Security::automatic;  options.plan = &plan;
class AutoSecurity final : public SecurityPlan {
 public:
  /// A way that was tried in the last operation, and what came of it.
  struct Try {
    Security security = Security::none;
    std::uint16_t port = 0;
    Error error;  ///< status ok: it worked, or the operation's error tells what became of it
  };
  static constexpr std::size_t kMaxTries = 4;

  constexpr AutoSecurity() = default;

  /// What was tried in the last operation, in order.
  std::size_t count() const { return count_; }
  const Try& operator[](std::size_t i) const { return tries_[i]; }

  /// The way that worked, as an octet that an application may keep in flash: 0 when none did. It is tried first.
  std::uint8_t remembered() const { return static_cast<std::uint8_t>(preferred_); }
  void remember(std::uint8_t octet);

  void begin(const Options& options) override;
  Route route() const override { return route_; }
  void worked() override;
  bool failed(const Session& session, const TlsReport& report) override;
  const Error& reason() const override { return tries_[best_].error; }

 private:
  std::uint16_t port_of(Security way) const;
  bool choose();
  bool try_silent();
  bool try_clear();

  const Options* options_ = nullptr;
  Route route_;
  Security preferred_ = Security::automatic;  // automatic: not known
  bool tls_seen_ = false;                     // this server has TLS, so it never gets clear text
  std::uint8_t count_ = 0;
  std::uint8_t best_ = 0;                     // the try that came furthest
  Try tries_[kMaxTries] = {};
};

}  // namespace mailmote

#endif
