#include "auth/credentials.hpp"
#include "mailmote/sasl.hpp"

namespace mailmote {

AuthStep LoginMechanism::do_go_on() { return respond(1, are_user_and_password(credentials_)); }

// What the challenges say differs from server to server, so only their number counts.
void LoginMechanism::do_write(Sink& out) const {
  out.put(challenges() == 0 ? credentials_.user : credentials_.password);
}

}  // namespace mailmote
