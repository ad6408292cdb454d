#include "mailmote/text_message.hpp"

#include "c_api/no_runtime.hpp"
#include "c_api/objects.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_text_message_t, TextMessage>, "give mailmote_text_message_t more words");

mailmote_message_t* mailmote_text_message_init(mailmote_text_message_t* memory, const char* from,
                                               mailmote_recipient_t* to, size_t count, const char* subject,
                                               const char* text) {
  return to_c(*new (memory) TextMessage(to_text(from), recipients_of(to, count), to_text(subject), to_text(text)));
}
