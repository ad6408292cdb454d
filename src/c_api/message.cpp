#include "c_api/objects.hpp"

using namespace mailmote;

void mailmote_message_set_sender(mailmote_message_t* message, const char* sender) {
  message_of(message).sender = to_text(sender);
}
