// Logs in by EXTERNAL: the server knows the client by other means.
#include "login.hpp"
#include "mailmote/sasl.hpp"

namespace {

mailmote::ExternalMechanism external;
mailmote::SaslMechanism* const allowed[] = {&external};
mailmote::Authenticator authenticator(allowed);

constexpr mailmote::Options kOptions = options_with(authenticator);
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());

}  // namespace

int main() { return send(client, short_mail); }
