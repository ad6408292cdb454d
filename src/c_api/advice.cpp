#include "c_api/objects.hpp"

mailmote_advice_t mailmote_advice(const mailmote_client_t* client) {
  return mailmote::to_c<mailmote_advice_t>(mailmote::client_of(client).advice());
}
