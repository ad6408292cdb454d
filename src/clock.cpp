#include "mailmote/clock.hpp"

namespace mailmote {

void Deadline::set(Millis now, Millis timeout) {
  at_ = now + timeout;
  if (at_ == kNever) --at_;
  if (timeout == kForever) at_ = kNever;
}

}  // namespace mailmote
