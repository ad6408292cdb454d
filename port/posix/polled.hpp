// Waiting for a question of the application's.
#ifndef MAILMOTE_POSIX_POLLED_HPP
#define MAILMOTE_POSIX_POLLED_HPP

#include <poll.h>

#include "lookup.hpp"
#include "mailmote/posix/waiter.hpp"

namespace mailmote::posix::detail {

/// What wait() says of a question that ends at `deadline`.
inline Interest interest_in(const Question* question, const Deadline& deadline, Millis now, bool fresh) {
  Interest interest(question != nullptr, false, fresh && question != nullptr);
  Millis timeout = deadline.left(now);
  if (question != nullptr && question->timeout() < timeout) timeout = question->timeout();
  if (timeout < Interest::kNoLimit) interest.timeout = timeout & Interest::kNoLimit;
  return interest;
}

template <class Asked>
Status run_to_the_end(Asked& asked) {
  while (asked.progress(now()) == IoStatus::would_block) {
    const Interest interest = asked.wait();
    pollfd list[Asked::kMaxDescriptors];
    const unsigned count = asked.descriptors(list);
    const bool limited = interest.timeout != Interest::kNoLimit;
    if (!interest.again) poll(list, count, limited ? static_cast<int>(interest.timeout) : -1);
  }
  return asked.status();
}

}  // namespace mailmote::posix::detail

#endif
