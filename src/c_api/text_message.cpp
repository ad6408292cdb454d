#include "mailmote/text_message.hpp"

#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_text_message_t, TextMessage>, "give mailmote_text_message_t more words");

mailmote_message_t* mailmote_text_message_init(mailmote_text_message_t* memory, const char* from,
                                               mailmote_recipient_t* to, size_t count, const char* subject,
                                               const char* text) {
  return to_c(*new (memory) TextMessage(to_text(from), recipients_of(to, count), to_text(subject), to_text(text)));
}

void mailmote_text_message_set_fields(mailmote_text_message_t* message, const mailmote_fields_t* fields) {
  set_fields(object_in<TextMessage>(message), *fields);
}
