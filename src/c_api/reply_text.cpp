#include "c_api/objects.hpp"

using namespace mailmote;

const char* mailmote_reply_text(const mailmote_client_t* client, char* out, size_t size) {
  const Client* const own = client_of(client);
  const Text text = own == nullptr ? Text() : own->session().reply_text();
  return mailmote_escape(text.data(), text.size(), out, size);
}
