#include "auth/credentials.hpp"
#include "mailmote/sasl.hpp"

namespace mailmote {

AuthStep ExternalMechanism::do_go_on() { return respond(0, lacks_nul(authorization_)); }

void ExternalMechanism::do_write(Sink& out) const { out.put(authorization_); }

}  // namespace mailmote
