#include "scripted_stream.hpp"

#include <cstring>

using namespace mailmote;

bool ScriptedStream::may_speak() {
  if (step_ == end_) return false;
  const Text after = step_->after;
  speaking_ = speaking_ || std::memcmp(heard_ + sizeof heard_ - after.size(), after.data(), after.size()) == 0;
  return speaking_;
}

IoResult ScriptedStream::do_read(MutableBytes into) {
  if (step_ == end_) return IoStatus::closed;
  if (!may_speak()) return IoStatus::would_block;
  const std::size_t whole = step_->says.size();
  std::size_t n = 0;
  while (n < into.size && said_ < whole * step_->times) {
    const std::size_t from = said_ % whole;
    const std::size_t piece = whole - from < into.size - n ? whole - from : into.size - n;
    std::memcpy(into.data + n, step_->says.data() + from, piece);
    n += piece;
    said_ += piece;
  }
  if (said_ == whole * step_->times) {
    ++step_;
    said_ = 0;
    speaking_ = false;
    heard_[sizeof heard_ - 1] = '\0';  // the next step waits for something new
  }
  return {IoStatus::ok, n};
}

IoResult ScriptedStream::do_write(ByteView from) {
  const std::size_t n = from.size < sizeof heard_ ? from.size : sizeof heard_;
  std::memmove(heard_, heard_ + n, sizeof heard_ - n);
  std::memcpy(heard_ + sizeof heard_ - n, from.data + from.size - n, n);
  return {IoStatus::ok, from.size};
}
