#include "mailmote/oauth.hpp"

namespace mailmote {

// To the refusal's reason the answer is an empty line; then the refusal comes.
void XOAuth2Mechanism::do_write(Sink& out) const {
  if (challenges() != 0) return;
  out.put("user=");
  out.put(user());
  write_token(out);
}

}  // namespace mailmote
