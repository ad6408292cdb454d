#include "c_api/objects.hpp"

using namespace mailmote;

const char* mailmote_auth_advice(const mailmote_client_t* client) {
  const Client* const own = client_of(client);
  const Text advice = own == nullptr ? Text() : auth_advice(own->error(), own->session().reply_text());
  return advice.empty() ? "" : advice.data();
}
