#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"
#include "mailmote/sasl.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_external_mechanism_t, ExternalMechanism>);

mailmote_mechanism_t* mailmote_external_init(mailmote_external_mechanism_t* memory, const char* authorization) {
  return to_c(*new (memory) ExternalMechanism(to_text(authorization)));
}
