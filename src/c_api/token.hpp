// Tokens from C.
#ifndef MAILMOTE_C_API_TOKEN_HPP
#define MAILMOTE_C_API_TOKEN_HPP

#include "c_api/objects.hpp"
#include "mailmote/oauth.hpp"

namespace mailmote {

/// Asks the function of a mailmote_token_source_t.
TokenState ask_for_token(void* source, Text& token);

/// A mechanism, and before it its copy of where the token comes from.
template <class Mechanism>
struct TokenObject {
  TokenObject(Text user, const mailmote_token_source_t* token)
      : source(token == nullptr ? mailmote_token_source_t{} : *token),
        mechanism(user, source.get != nullptr ? TokenSource(ask_for_token, &source)
                                               : TokenSource(to_text(source.token))) {}

  mailmote_token_source_t source;
  Mechanism mechanism;
};

}  // namespace mailmote

#endif
