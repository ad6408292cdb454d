// Logs in by LOGIN.
#include "login.hpp"
#include "mailmote/sasl.hpp"

namespace {

mailmote::LoginMechanism login({"sensor", "secret"});
mailmote::SaslMechanism* const allowed[] = {&login};
mailmote::Authenticator authenticator(allowed);

constexpr mailmote::Options kOptions = options_with(authenticator);
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());

}  // namespace

int main() { return send(client, short_mail); }
