#include <cstring>

#include "mailmote/text_message.hpp"
#include "wire/address.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kSlice = 256;  // octets that are looked through at a time

}  // namespace

Status MemorySource::do_start(const Offer& offer, ContentPlan& plan) {
  if (!plan.unfinished) at_ = 0;
  plan.rewindable = true;
  plan.length = static_cast<std::uint32_t>(octets_.size());
  plan.length_known = plan.length == octets_.size();
  if (!plan.length_known) plan.length = 0;
  if (offer.encodes) return Status::ok;
  const std::size_t left = octets_.size() - at_;
  const std::size_t n = left < kSlice ? left : kSlice;
  plan.eight_bit = has_eight_bit(std::string_view(octets_.data() + at_, n));
  at_ += n;
  plan.unfinished = at_ != octets_.size() && !plan.eight_bit;
  if (!plan.unfinished) at_ = 0;
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
