// Mails in whichever way the server has TLS.
#include "board_tls.hpp"

namespace {

mailmote::AutoSecurity plan;

constexpr mailmote::Options options() {
  mailmote::Options options;
  options.host = "mail.example.com";
  options.security = mailmote::Security::automatic;
  options.plan = &plan;
  options.timeouts = &mailmote::kDeviceTimeouts;
  return options;
}

constexpr mailmote::Options kOptions = options();
mailmote::Client client(tls, kOptions, windows.rx(), windows.tx());

}  // namespace

int main() { return send(client, short_mail); }
