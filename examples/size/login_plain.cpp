// Logs in by PLAIN.
#include "login.hpp"
#include "mailmote/sasl.hpp"

namespace {

mailmote::PlainMechanism plain({"sensor", "secret"});
mailmote::SaslMechanism* const allowed[] = {&plain};
mailmote::Authenticator authenticator(allowed);

constexpr mailmote::Options kOptions = options_with(authenticator);
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());

}  // namespace

int main() { return send(client, short_mail); }
