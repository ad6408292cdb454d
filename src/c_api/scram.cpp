#include "mailmote/scram.hpp"

#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_scram_mechanism_t, ScramMechanism>);

mailmote_mechanism_t* mailmote_scram_init(mailmote_scram_mechanism_t* memory, const mailmote_scram_hash_t* hash,
                                          const mailmote_credentials_t* credentials) {
  return to_c(*new (memory) ScramMechanism(hash_of(hash), to_cpp(credentials)));
}

void mailmote_scram_set_iterations(mailmote_scram_mechanism_t* mechanism, uint32_t min, uint32_t max,
                                   uint32_t per_poll) {
  ScramMechanism& scram = object_in<ScramMechanism>(mechanism);
  scram.min_iterations = min;
  scram.max_iterations = max;
  scram.iterations_per_poll = per_poll;
}
