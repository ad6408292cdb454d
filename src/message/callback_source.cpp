#include "mailmote/sources.hpp"

namespace mailmote {

Status CallbackSource::do_start(const Offer&, ContentPlan& plan) {
  if (rewind_ == nullptr && begun_) return Status::source_not_rewindable;
  if (rewind_ != nullptr && !rewind_(context_)) return Status::source_failed;
  plan.length = length;
  plan.length_known = length_known;
  plan.rewindable = rewind_ != nullptr;
  plan.eight_bit = eight_bit;
  return Status::ok;
}

ReadResult CallbackSource::do_read(MutableBytes into) {
  begun_ = true;
  return read_(context_, into);
}

}  // namespace mailmote
