#include "wire/auth_names.hpp"

#include "wire/words.hpp"

namespace mailmote {
namespace {

// In the order of Mechanism.
constexpr auto kMechanisms = word_list(
    " PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS XOAUTH2 OAUTHBEARER"
    " EXTERNAL NTLM GSSAPI");

}  // namespace

bool add_mechanism(const Text& name, AuthSet& set) {
  const int index = find_word(kMechanisms.octets, name);
  if (index >= 0) set.add(static_cast<Mechanism>(index));
  return index >= 0;
}

void parse_auth(Text line, AuthSet& set) {
  if (!equal_words(take_word(line, '='), "AUTH")) return;
  while (!line.empty()) add_mechanism(take_word(line), set);
}

Text name(Mechanism mechanism) { return word_at(kMechanisms.octets, static_cast<unsigned>(mechanism)); }

}  // namespace mailmote
