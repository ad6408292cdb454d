#include "c_api/objects.hpp"

namespace mailmote {

static_assert(sizeof(mailmote_spki_pin_t) == sizeof(SpkiPin) && can_hold<mailmote_tls_session_t, TlsSession>);

TlsOptions to_cpp(const mailmote_tls_options_t& given) {
  TlsOptions options;
  options.ca = to_bytes(given.ca, given.ca_size);
  options.ca_file = given.ca_file;
  options.ca_dir = given.ca_dir;
  options.pins = reinterpret_cast<const SpkiPin*>(given.pins);
  options.pin_count = given.pins == nullptr ? std::uint8_t{0} : given.pin_count;
  options.insecure = given.insecure;
  options.check_host = given.check_host;
  options.check_time = given.check_time;
  options.allow_downgrade = given.allow_downgrade;
  options.clock_not_set = static_cast<ClockNotSet>(given.clock_not_set);
  options.min = static_cast<TlsVersion>(given.min);
  options.max = static_cast<TlsVersion>(given.max);
  options.max_fragment = given.max_fragment;
  options.certificate = to_bytes(given.certificate, given.certificate_size);
  options.private_key = to_bytes(given.private_key, given.private_key_size);
  options.clock = {given.clock, given.clock_context};
  options.random = {given.random.fill, given.random.context};
  options.session = reinterpret_cast<TlsSession*>(given.session);
  options.server_name = to_text(given.server_name);
  return options;
}

}  // namespace mailmote

using namespace mailmote;

void mailmote_tls_options_init(mailmote_tls_options_t* options) {
  *options = mailmote_tls_options_t{};
  options->check_host = options->check_time = true;
  options->min = MAILMOTE_TLS_1_2;
}

void mailmote_tls_session_init(mailmote_tls_session_t* session, void* buffer, size_t size, size_t used) {
  const std::size_t room = buffer == nullptr ? 0 : size;
  new (session) TlsSession{{static_cast<std::uint8_t*>(buffer), room}, used < room ? used : room};
}

size_t mailmote_tls_session_used(const mailmote_tls_session_t* session) { return object_in<TlsSession>(session).size; }

bool mailmote_tls_session_changed(mailmote_tls_session_t* session) {
  TlsSession& own = object_in<TlsSession>(session);
  const bool changed = own.changed;
  own.changed = false;
  return changed;
}

bool mailmote_tls_session_too_big(const mailmote_tls_session_t* session) {
  return object_in<TlsSession>(session).too_big;
}
