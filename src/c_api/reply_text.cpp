#include "c_api/objects.hpp"
#include "mailmote/observer.hpp"

using namespace mailmote;

const char* mailmote_reply_text(const mailmote_client_t* client, char* out, size_t size) {
  const Text text = client_of(client).session().reply_text();
  escape({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, out, size);
  return size == 0 ? "" : out;
}
