#include <cstring>

#include "mailmote/text_message.hpp"

namespace mailmote {

Status MemorySource::do_start(const Offer&, ContentPlan& plan) {
  at_ = 0;
  plan.length = static_cast<std::uint32_t>(octets_.size());
  plan.length_known = plan.rewindable = true;
  for (const char c : octets_) {
    if ((static_cast<unsigned char>(c) & 0x80U) != 0) plan.eight_bit = true;
  }
  return Status::ok;
}

ReadResult MemorySource::do_read(MutableBytes into) {
  std::size_t n = octets_.size() - at_;
  if (n > into.size) n = into.size;
  if (n != 0) std::memcpy(into.data, octets_.data() + at_, n);
  at_ += n;
  return {at_ == octets_.size() ? ReadStatus::end : ReadStatus::ok, n};
}

}  // namespace mailmote
