// Logs in by CRAM-MD5.
#include "login.hpp"
#include "mailmote/sasl.hpp"

namespace {

mailmote::CramMd5Mechanism cram_md5({"sensor", "secret"});
mailmote::SaslMechanism* const allowed[] = {&cram_md5};
mailmote::Authenticator authenticator(allowed);

constexpr mailmote::Options kOptions = options_with(authenticator);
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());

}  // namespace

int main() { return send(client, short_mail); }
