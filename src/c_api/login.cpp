#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"
#include "mailmote/sasl.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_password_mechanism_t, LoginMechanism>);

mailmote_mechanism_t* mailmote_login_init(mailmote_password_mechanism_t* memory,
                                        const mailmote_credentials_t* credentials) {
  return to_c(*new (memory) LoginMechanism(to_cpp(credentials)));
}
