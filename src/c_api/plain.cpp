#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"
#include "mailmote/sasl.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_password_mechanism_t, PlainMechanism>);

mailmote_mechanism_t* mailmote_plain_init(mailmote_password_mechanism_t* memory,
                                        const mailmote_credentials_t* credentials) {
  return to_c(*new (memory) PlainMechanism(to_cpp(credentials)));
}
