#include "c_api/objects.hpp"

namespace {

constexpr mailmote_timeouts_t to_c_timeouts(const mailmote::Timeouts& t) {
  return {t.connect, t.tls,        t.greeting, t.command, t.mail,     t.rcpt,
          t.data,    t.data_block, t.content,  t.source,  t.operation};
}

}  // namespace

const mailmote_timeouts_t mailmote_rfc_timeouts = to_c_timeouts(mailmote::kRfcTimeouts);
const mailmote_timeouts_t mailmote_device_timeouts = to_c_timeouts(mailmote::kDeviceTimeouts);

void mailmote_options_init(mailmote_options_t* options, const char* host) {
  *options = mailmote_options_t{};
  options->host = host;
  options->timeouts = mailmote_rfc_timeouts;
  options->greeting_timeout = MAILMOTE_FOREVER;
  options->pipelining = true;
}
