#include "auth/credentials.hpp"
#include "mailmote/oauth.hpp"

namespace mailmote {

// RFC 7628 section 3.2.3: to the refusal's reason the answer is one octet; then the refusal comes.
void OAuthBearerMechanism::do_write(Sink& out) const {
  if (challenges() != 0) return out.put('\1');
  write_gs2_header(out, user());
  out.put("\1host=");
  out.put(host());
  out.put("\1port=");
  out.put_decimal(port());
  write_token(out);
}

}  // namespace mailmote
