#include "c_api/token.hpp"

namespace mailmote {

TokenState ask_for_token(void* source, Text& token) {
  const auto& asked = *static_cast<const mailmote_token_source_t*>(source);
  const char* string = nullptr;
  const auto state = static_cast<TokenState>(asked.get(asked.context, &string));
  token = to_text(string);
  return state;
}

// Both mechanisms are of the same size and have their common part at the same place.
static_assert(sizeof(TokenObject<XOAuth2Mechanism>) == sizeof(TokenObject<OAuthBearerMechanism>));

}  // namespace mailmote

using namespace mailmote;

mailmote_octets_t mailmote_token_refusal(const mailmote_token_mechanism_t* mechanism) {
  const TokenMechanism& common = object_in<TokenObject<XOAuth2Mechanism>>(mechanism).mechanism;
  return to_octets(common.refusal());
}
