// A copy would be a second client on the same stream.
// says: deleted
#include "mailmote/client.hpp"

mailmote::Phase phase(const mailmote::Client& client) {
#if MISTAKE
  const mailmote::Client copy = client;
  return copy.session().phase();
#else
  return client.session().phase();
#endif
}
