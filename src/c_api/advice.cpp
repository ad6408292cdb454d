#include "c_api/objects.hpp"

using namespace mailmote;

mailmote_advice_t mailmote_advice(const mailmote_client_t* client) {
  const Client* const own = client_of(client);
  return own == nullptr ? MAILMOTE_ADVICE_FIX_CONFIGURATION : to_c<mailmote_advice_t>(own->advice());
}
