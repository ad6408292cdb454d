// Mails in TLS from the first octet.
#include "board_tls.hpp"

namespace {

constexpr mailmote::Options options() {
  mailmote::Options options;
  options.host = "mail.example.com";
  options.security = mailmote::Security::implicit;
  options.timeouts = &mailmote::kDeviceTimeouts;
  return options;
}

constexpr mailmote::Options kOptions = options();
mailmote::Client client(tls, kOptions, windows.rx(), windows.tx());

}  // namespace

int main() { return send(client, short_mail); }
