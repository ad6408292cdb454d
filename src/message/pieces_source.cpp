#include <cstring>

#include "mailmote/sources.hpp"

namespace mailmote {

Status PiecesSource::do_start(const Offer&, ContentPlan& plan) {
  piece_ = at_ = 0;
  plan.rewindable = true;
  plan.eight_bit = eight_bit_;
  plan.length_known = true;
  for (std::size_t i = 0; i < count_; ++i) {
    const auto size = static_cast<std::uint32_t>(pieces_[i].size());
    plan.length += size;
    if (plan.length < size || size != pieces_[i].size()) plan.length_known = false;
  }
  return Status::ok;
}

ReadResult PiecesSource::do_read(MutableBytes into) {
  std::size_t n = 0;
  while (piece_ != count_ && n != into.size) {
    const Text piece = pieces_[piece_];
    std::size_t size = piece.size() - at_;
    if (size > into.size - n) size = into.size - n;
    if (size != 0) std::memcpy(into.data + n, piece.data() + at_, size);
    n += size;
    at_ += size;
    if (at_ != piece.size()) break;
    ++piece_;
    at_ = 0;
  }
  return {piece_ == count_ ? ReadStatus::end : ReadStatus::ok, n};
}

}  // namespace mailmote
