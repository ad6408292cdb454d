#include "mailer.hpp"

#include "board.hpp"
#include "ca.hpp"
#include "main_loop.hpp"

namespace {

mailmote::UnixTime unix_time(void*) { return board::unix_time(); }

bool fill_random(void*, std::uint8_t* out, std::size_t size) { return board::random(out, size); }

}  // namespace

Mailer::Mailer(mailmote::Text host, const mailmote::Credentials& credentials, const mailmote::ProxyOptions* proxy)
    : socks_(proxy != nullptr ? *proxy : no_proxy_),
      tls_(proxy != nullptr ? static_cast<mailmote::Stream&>(through_) : tcp_, tls_options),
      scram_(mailmote::mbedtls::kSha256, credentials),
      plain_(credentials),
      login_(credentials) {
  options.host = host;
  options.plan = &plan_;
  options.timeouts = &mailmote::kDeviceTimeouts;
  options.clock.read = unix_time;
  if (!credentials.user.empty()) options.auth = &authenticator_;
  authenticator_.random.fill = fill_random;
  tls_options.ca = {kCa, sizeof kCa};
  tls_options.clock.read = unix_time;
  tls_options.random.fill = fill_random;
}

mailmote::Outcome Mailer::send(mailmote::Message& message) {
  for (unsigned attempt = 1;; ++attempt) {
    refusal_.status = client_.start(message);
    if (begun()) run(client_);
    if (attempt == attempts || !may_try_again()) return outcome();
    report(outcome(), error());
    pause(pause_between);
  }
}

// Where some recipients have it, they would get it twice.
bool Mailer::may_try_again() const {
  const bool nobody_has_it = outcome() == mailmote::Outcome::not_sent || outcome() == mailmote::Outcome::rejected;
  return begun() && nobody_has_it && client_.advice() == mailmote::Advice::retry_later;
}
