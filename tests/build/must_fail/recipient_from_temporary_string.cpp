// A recipient's address is a view; the string that is made here dies at the end of the line.
// says: deleted|no matching|could not convert
#include <string>

#include "mailmote/client.hpp"

std::string address(const std::string& user) { return user + "@example.com"; }

int main() {
  const std::string kept = address("ops");
  mailmote::Recipient to[] = {mailmote::Recipient(kept)};
#if MISTAKE
  to[0] = mailmote::Recipient(address("ops"));
#endif
  return to[0].address.empty() ? 1 : 0;
}
