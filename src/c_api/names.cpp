#include "c_api/objects.hpp"

using namespace mailmote;

const char* mailmote_status_name(mailmote_status_t status) { return name(static_cast<Status>(status)).data(); }

const char* mailmote_phase_name(mailmote_phase_t phase) { return name(static_cast<Phase>(phase)).data(); }

const char* mailmote_outcome_name(mailmote_outcome_t outcome) { return name(static_cast<Outcome>(outcome)).data(); }

const char* mailmote_recipient_outcome_name(mailmote_recipient_outcome_t outcome) {
  return name(static_cast<RecipientOutcome>(outcome)).data();
}

const char* mailmote_advice_name(mailmote_advice_t advice) { return name(static_cast<Advice>(advice)).data(); }
