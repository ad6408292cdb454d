#include "auth/credentials.hpp"
#include "mailmote/sasl.hpp"

namespace mailmote {

AuthStep PlainMechanism::do_go_on() {
  return respond(
      0, lacks_nul(credentials_.user) && lacks_nul(credentials_.password) && lacks_nul(credentials_.authorization));
}

void PlainMechanism::do_write(Sink& out) const {
  out.put(credentials_.authorization);
  out.put('\0');
  out.put(credentials_.user);
  out.put('\0');
  out.put(credentials_.password);
}

}  // namespace mailmote
