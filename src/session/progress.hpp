// Sets of recipients' states.
#ifndef MAILMOTE_SESSION_PROGRESS_HPP
#define MAILMOTE_SESSION_PROGRESS_HPP

#include "mailmote/message.hpp"

namespace mailmote {

constexpr unsigned bit(Progress progress) { return 1U << static_cast<unsigned>(progress); }

/// Asked for, and without a final word.
constexpr unsigned kOpen = bit(Progress::asked) | bit(Progress::taken);

/// Certainly not accepted and not refused.
constexpr unsigned kNotSent = kOpen | bit(Progress::untried) | bit(Progress::later);

}  // namespace mailmote

#endif
