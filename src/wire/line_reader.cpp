#include "mailmote/detail/line_reader.hpp"

#include <cstring>

namespace mailmote {

MutableBytes LineReader::space() {
  if (begin_ != 0) {
    end_ -= begin_;
    std::memmove(window_.data, window_.data + begin_, end_);
    found_ -= begin_;
    begin_ = 0;
  }
  // No line end in a full window: the first half is all that will be seen of this line.
  if (end_ == window_.size) cut(end_ / 2, end_);
  return {window_.data + end_, window_.size - end_};
}

// Takes the octets [from, to) out of the line.
void LineReader::cut(std::size_t from, std::size_t to) {
  const std::size_t n = to - from;
  std::memmove(window_.data + from, window_.data + to, end_ - to);
  end_ -= n;
  found_ = from;
  const std::size_t most = kTooLong - dropped_;
  dropped_ = static_cast<std::uint16_t>(dropped_ + (n < most ? n : most));
}

void LineReader::commit(std::size_t n) {
  const std::size_t kept = end_;
  end_ += n;
  search();
  if (dropped_ != 0 && found_ != kept) cut(kept, found_);
}

void LineReader::search() {
  const void* const end = std::memchr(window_.data + found_, '\n', end_ - found_);
  found_ = end == nullptr ? end_ : static_cast<std::size_t>(static_cast<const std::uint8_t*>(end) - window_.data);
}

Line LineReader::next() {
  const std::uint8_t* start = window_.data + begin_;
  Line line{{start, found_ - begin_}, dropped_};
  begin_ = found_ < end_ ? found_ + 1 : found_;
  found_ = begin_;
  dropped_ = 0;
  search();
  if (line.dropped == 0 && line.octets.size != 0 && start[line.octets.size - 1] == '\r') --line.octets.size;
  return line;
}

void LineReader::reset() {
  begin_ = end_ = found_ = 0;
  dropped_ = 0;
}

}  // namespace mailmote
