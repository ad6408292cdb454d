#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"
#include "mailmote/sasl.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_password_mechanism_t, CramMd5Mechanism>);

mailmote_mechanism_t* mailmote_cram_md5_init(mailmote_password_mechanism_t* memory,
                                        const mailmote_credentials_t* credentials) {
  return to_c(*new (memory) CramMd5Mechanism(to_cpp(credentials)));
}
