#include "mailmote/message.hpp"
#include "session/progress.hpp"

namespace mailmote {

Outcome outcome_of(const Recipients& recipients) {
  constexpr unsigned kAccepted = bit(Progress::accepted);
  unsigned seen = 0;
  for (std::size_t i = 0; i < recipients.count; ++i) seen |= bit(recipients.data[i].result.progress);
  if ((seen & bit(Progress::unknown)) != 0) return Outcome::unknown;
  if (seen == kAccepted) return Outcome::accepted;
  if ((seen & kAccepted) != 0) return Outcome::partly_accepted;
  return (seen & ~kNotSent) != 0 ? Outcome::rejected : Outcome::not_sent;
}

}  // namespace mailmote
