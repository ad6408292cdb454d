// Logs in by XOAUTH2 with an access token.
#include "login.hpp"
#include "mailmote/oauth.hpp"

namespace {

mailmote::XOAuth2Mechanism xoauth2("sensor@example.com", "ya29.a0AfH6SMBx");
mailmote::SaslMechanism* const allowed[] = {&xoauth2};
mailmote::Authenticator authenticator(allowed);

constexpr mailmote::Options kOptions = options_with(authenticator);
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());

}  // namespace

int main() { return send(client, short_mail); }
