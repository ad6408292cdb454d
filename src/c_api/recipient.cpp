#include "c_api/objects.hpp"

using namespace mailmote;

namespace {

Recipient& recipient_of(mailmote_recipient_t* memory) { return *std::launder(reinterpret_cast<Recipient*>(memory)); }

const Recipient& recipient_of(const mailmote_recipient_t* memory) {
  return *std::launder(reinterpret_cast<const Recipient*>(memory));
}

}  // namespace

void mailmote_recipient_init(mailmote_recipient_t* recipient, const char* address) {
  new (recipient) Recipient(to_text(address));
}

void mailmote_recipient_set_kind(mailmote_recipient_t* recipient, mailmote_recipient_kind_t kind) {
  recipient_of(recipient).kind = static_cast<RecipientKind>(kind);
}

void mailmote_recipient_set_display_name(mailmote_recipient_t* recipient, const char* name) {
  recipient_of(recipient).display_name = to_text(name);
}

mailmote_recipient_outcome_t mailmote_recipient_outcome(const mailmote_recipient_t* recipient) {
  return to_c<mailmote_recipient_outcome_t>(recipient_of(recipient).outcome());
}

uint16_t mailmote_recipient_code(const mailmote_recipient_t* recipient) { return recipient_of(recipient).result.code; }

mailmote_enhanced_t mailmote_recipient_enhanced(const mailmote_recipient_t* recipient) {
  return to_c(recipient_of(recipient).enhanced());
}
