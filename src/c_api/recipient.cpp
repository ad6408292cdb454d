#include "c_api/objects.hpp"

using namespace mailmote;

void mailmote_recipient_init(mailmote_recipient_t* recipient, const char* address) {
  new (recipient) Recipient(to_text(address));
}

void mailmote_recipient_set_kind(mailmote_recipient_t* recipient, mailmote_recipient_kind_t kind) {
  object_in<Recipient>(recipient).kind = static_cast<RecipientKind>(kind);
}

void mailmote_recipient_set_display_name(mailmote_recipient_t* recipient, const char* name) {
  object_in<Recipient>(recipient).display_name = to_text(name);
}

mailmote_recipient_outcome_t mailmote_recipient_outcome(const mailmote_recipient_t* recipient) {
  return to_c<mailmote_recipient_outcome_t>(object_in<Recipient>(recipient).outcome());
}

uint16_t mailmote_recipient_code(const mailmote_recipient_t* recipient) {
  return object_in<Recipient>(recipient).result.code;
}

mailmote_enhanced_t mailmote_recipient_enhanced(const mailmote_recipient_t* recipient) {
  return to_c(object_in<Recipient>(recipient).enhanced());
}
