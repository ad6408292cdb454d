#include "c_api/objects.hpp"

using namespace mailmote;

mailmote_status_t mailmote_make_message_id(mailmote_random_t random, const char* domain, char* out, size_t size) {
  return to_c<mailmote_status_t>(make_message_id({random.fill, random.context}, to_text(domain), out, size));
}
