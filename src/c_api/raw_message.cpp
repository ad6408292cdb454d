#include "c_api/objects.hpp"
#include "mailmote/c/no_runtime.hpp"

using namespace mailmote;

static_assert(can_hold<mailmote_raw_message_t, RawMessage>);

mailmote_message_t* mailmote_raw_message_init(mailmote_raw_message_t* memory, const char* sender,
                                              mailmote_recipient_t* to, size_t count, mailmote_source_t* source) {
  if (source == nullptr) return nullptr;
  return to_c(*new (memory) RawMessage(to_text(sender), recipients_of(to, count), source_of(source)));
}
