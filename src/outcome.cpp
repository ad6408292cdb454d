#include "mailmote/message.hpp"

namespace mailmote {

Outcome outcome_of(const Recipients& recipients) {
  const auto bit = [](RecipientOutcome outcome) { return 1U << static_cast<unsigned>(outcome); };
  unsigned seen = 0;
  for (std::size_t i = 0; i < recipients.count; ++i) seen |= bit(recipients.data[i].outcome());
  if ((seen & bit(RecipientOutcome::unknown)) != 0) return Outcome::unknown;
  if (seen == bit(RecipientOutcome::accepted)) return Outcome::accepted;
  if ((seen & bit(RecipientOutcome::accepted)) != 0) return Outcome::partly_accepted;
  return (seen & ~bit(RecipientOutcome::not_sent)) != 0 ? Outcome::rejected : Outcome::not_sent;
}

}  // namespace mailmote
