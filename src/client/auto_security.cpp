// Auto: which mode and port to try next.
#include "mailmote/security.hpp"
#include "mailmote/session.hpp"
#include "mailmote/tls.hpp"

namespace mailmote {
namespace {

constexpr Millis kTrialGreeting = 10000;

constexpr Security other(Security way) { return way == Security::implicit ? Security::starttls : Security::implicit; }

// Connected, and then nothing: a greeting may be delayed for longer than a trial waits.
bool is_silence(const Error& error) {
  return error.status == Status::greeting_timeout || error.status == Status::tls_timeout;
}

// The server has said something that is TLS, though it did not come to its answer.
bool shows_tls(Status status, const TlsReport& report) {
  return report.alert != 0 || status == Status::tls_before_greeting || status == Status::tls_alert;
}

// Our own side and the proxy, which are the same for every way; or the sign of somebody between.
bool is_final(const Error& error) {
  const Status status = error.status;
  if (error.phase == Phase::proxy && group(status) == StatusGroup::tls) return true;
  return status == Status::tls_version_unavailable || status == Status::tls_clock_not_set ||
         status == Status::tls_no_trust || status == Status::tls_invalid_ca || status == Status::tls_invalid_key ||
         status == Status::tls_out_of_memory || status == Status::tls_invalid_options ||
         status == Status::no_random_source || status == Status::starttls_injection || status == Status::invalid_proxy ||
         status == Status::proxy_unreachable || status == Status::proxy_auth_required ||
         status == Status::proxy_auth_rejected || status == Status::proxy_unsupported ||
         status == Status::proxy_protocol;
}

}  // namespace

void AutoSecurity::remember(std::uint8_t octet) {
  const auto way = static_cast<Security>(octet);
  preferred_ = way == Security::implicit || way == Security::starttls ? way : Security::automatic;
}

// The port of a way: the given one, else the standard one.
std::uint16_t AutoSecurity::port_of(Security way) const {
  if (options_->port != 0) return options_->port;
  return way == Security::implicit ? kSubmissionsPort : kSubmissionPort;
}

void AutoSecurity::begin(const Options& options) {
  options_ = &options;
  count_ = best_ = 0;
  const bool implicit_first = options.port == 0 || options.port == kSubmissionsPort;
  Security first = implicit_first ? Security::implicit : Security::starttls;
  if (preferred_ != Security::automatic) first = preferred_;
  const bool bounded = options.greeting_timeout != kForever;
  route_ = {first, true, port_of(first), bounded ? options.greeting_timeout : kTrialGreeting};
}

void AutoSecurity::worked() {
  tls_seen_ = true;
  preferred_ = route_.security;
  tries_[count_++] = {route_.security, route_.port, Error{}};
}

bool AutoSecurity::failed(const Session& session, const TlsReport& report) {
  tries_[count_] = {route_.security, route_.port, session.error()};
  if (session.error().phase >= reason().phase) best_ = count_;
  ++count_;
  if (report.answered || session.capabilities().has(Extension::starttls) || shows_tls(session.error().status, report)) {
    tls_seen_ = true;
  }
  if (!report.answered && !is_final(session.error())) return choose();  // what was said in TLS is final
  best_ = static_cast<std::uint8_t>(count_ - 1);
  return false;
}

bool AutoSecurity::choose() {
  if (count_ == 1) {
    route_.security = other(route_.security);
    route_.port = port_of(route_.security);
    return true;
  }
  return (count_ == 2 && try_silent()) || try_clear();
}

// STARTTLS first: it is its greeting that servers delay.
bool AutoSecurity::try_silent() {
  const unsigned starttls = tries_[0].security == Security::starttls ? 0 : 1;
  const unsigned silent = is_silence(tries_[starttls].error) ? starttls : 1 - starttls;
  if (!is_silence(tries_[silent].error) || options_->timeouts->greeting <= route_.greeting) return false;
  route_ = {tries_[silent].security, true, tries_[silent].port, options_->timeouts->greeting};
  return true;
}

bool AutoSecurity::try_clear() {
  if (!options_->allow_clear || tls_seen_) return false;
  route_ = {Security::none, false, port_of(Security::starttls), options_->timeouts->greeting};
  tries_[count_++] = {Security::none, route_.port, Error{}};
  return true;
}

}  // namespace mailmote
