#include "mailmote/message.hpp"

namespace mailmote {

Outcome outcome_of(const Recipients& recipients) {
  std::size_t count[5] = {};
  for (std::size_t i = 0; i < recipients.count; ++i) {
    ++count[static_cast<std::uint8_t>(recipients.data[i].outcome())];
  }
  const auto of = [&count](RecipientOutcome outcome) { return count[static_cast<std::uint8_t>(outcome)]; };
  if (of(RecipientOutcome::unknown) != 0) return Outcome::unknown;
  const std::size_t accepted = of(RecipientOutcome::accepted);
  if (accepted != 0) return accepted == recipients.count ? Outcome::accepted : Outcome::partly_accepted;
  const bool refused = of(RecipientOutcome::rejected_temporarily) + of(RecipientOutcome::rejected_permanently) != 0;
  return refused ? Outcome::rejected : Outcome::not_sent;
}

}  // namespace mailmote
