// A view of a std::string that dies at the end of the line would dangle.
// says: deleted
#include <string>

#include "mailmote/client.hpp"

std::string subject() { return "Tank low"; }

int main() {
  const std::string kept = subject();
  mailmote::Text text = kept;
#if MISTAKE
  text = mailmote::Text(subject());
#endif
  return text.empty() ? 1 : 0;
}
