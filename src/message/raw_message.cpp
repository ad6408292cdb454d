#include "mailmote/text_message.hpp"

namespace mailmote {

Status RawMessage::do_start(const Offer& offer, ContentPlan& plan) {
  filter_ = detail::BccFilter();
  const Status status = source_.start_step(offer, plan);
  plan.length_known = false;  // a Bcc field may be left out
  plan.form = ContentForm::any;
  return status;
}

// Read behind the room that held-back octets may need. Windows that are Bcc and nothing else cost no return, up to a
// bound.
ReadResult RawMessage::do_read(MutableBytes into) {
  constexpr std::size_t kHeld = 3;
  for (int windows = 0; windows < 8; ++windows) {
    std::uint8_t* const in = into.data + kHeld;
    const ReadResult read = source_.read({in, into.size - kHeld});
    if (read.status == ReadStatus::error || read.status == ReadStatus::would_block) return read;
    std::size_t n = filter_.filter(into.data, in, read.n);
    if (read.status == ReadStatus::end) {
      n += filter_.finish(into.data + n);
      return {ReadStatus::end, n};
    }
    if (n != 0) return {ReadStatus::ok, n};
  }
  return ReadStatus::would_block;
}

}  // namespace mailmote
