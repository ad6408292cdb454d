#include "mailmote/text_message.hpp"

namespace mailmote {

Status RawMessage::do_start(const Offer& offer, ContentPlan& plan) {
  filter_ = detail::BccFilter();
  const Status status = source_.start(offer, plan);
  plan.length_known = false;  // a Bcc field may be left out
  plan.form = ContentForm::any;
  return status;
}

// Read behind the room that held-back octets may need. A window that was Bcc and nothing else is not worth a return.
ReadResult RawMessage::do_read(MutableBytes into) {
  constexpr std::size_t kHeld = 3;
  for (;;) {
    std::uint8_t* const in = into.data + 2 * kHeld;
    const ReadResult read = source_.read({in, into.size - 2 * kHeld});
    if (read.status == ReadStatus::error || read.status == ReadStatus::would_block) return read;
    std::size_t n = filter_.filter(into.data, in, read.n);
    if (read.status == ReadStatus::end) {
      n += filter_.finish(into.data + n);
      return {ReadStatus::end, n};
    }
    if (n != 0) return {ReadStatus::ok, n};
  }
}

}  // namespace mailmote
