#include "mailmote/sources.hpp"

namespace mailmote {

Status RowSource::do_start(const Offer&, ContentPlan& plan) {
  row_ = 0;
  skip_ = 0;
  plan.rewindable = true;
  plan.eight_bit = eight_bit_;
  return Status::ok;
}

// Rows that are empty cost no return, up to a bound.
ReadResult RowSource::do_read(MutableBytes into) {
  constexpr int kRows = 64;
  std::size_t n = 0;
  for (int rows = 0; rows < kRows && n != into.size; ++rows) {
    Sink sink(into.data + n, into.size - n, skip_);
    if (!write_(context_, row_, sink)) return {ReadStatus::end, n};
    n += sink.written();
    skip_ += sink.written();
    if (!sink.complete()) break;
    skip_ = 0;
    ++row_;
  }
  return {n != 0 ? ReadStatus::ok : ReadStatus::would_block, n};
}

}  // namespace mailmote
