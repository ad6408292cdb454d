// A Status that nobody looks at is an error that nobody sees.
// says: nodiscard
#include "mailmote/client.hpp"

int begin(mailmote::Client& client) {
  if (client.connect() != mailmote::Status::ok) return 1;
#if MISTAKE
  client.connect();
#endif
  return 0;
}
