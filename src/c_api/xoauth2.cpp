#include "c_api/token.hpp"
#include "mailmote/c/no_runtime.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_token_mechanism_t, TokenObject<XOAuth2Mechanism>>);

mailmote_mechanism_t* mailmote_xoauth2_init(mailmote_token_mechanism_t* memory, const char* user,
                                            const mailmote_token_source_t* token) {
  return to_c((new (memory) TokenObject<XOAuth2Mechanism>(to_text(user), token))->mechanism);
}
