#include "mailmote/capabilities.hpp"
#include "wire/words.hpp"

namespace mailmote {
namespace {

// In the order of Mechanism.
constexpr char kMechanisms[] =
    "PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS XOAUTH2 OAUTHBEARER "
    "EXTERNAL NTLM GSSAPI";

}  // namespace

void parse_auth(Text line, AuthSet& set) {
  if (!equal_words(take_word(line, '='), "AUTH")) return;
  while (!line.empty()) {
    const int index = find_word(kMechanisms, take_word(line));
    if (index >= 0) set.add(static_cast<Mechanism>(index));
  }
}

}  // namespace mailmote
