#include "mailmote/auth.hpp"

namespace mailmote {

void SaslMechanism::begin(const AuthContext& context) {
  challenges_ = 0;
  verified_ = true;
  status_ = Status::ok;
  do_begin(context);
}

AuthStep SaslMechanism::respond(unsigned most, bool valid) {
  if (challenges_ > most) return cancel(Status::malformed_challenge);
  return valid ? AuthStep::respond : cancel(Status::invalid_credentials);
}

}  // namespace mailmote
