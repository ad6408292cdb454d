#include "mailmote/detail/line_reader.hpp"

#include <cstring>

namespace mailmote {

MutableBytes LineReader::space() {
  if (begin_ != 0) {
    std::memmove(window_.data, window_.data + begin_, end_ - begin_);
    end_ -= begin_;
    found_ -= begin_;
    begin_ = 0;
  }
  return {window_.data + end_, window_.size - end_};
}

void LineReader::commit(std::size_t n) {
  end_ += n;
  search();
}

void LineReader::search() {
  for (;;) {
    while (found_ < end_ && window_.data[found_] != '\n') ++found_;
    if (!dropping_) return;
    begin_ = found_;
    if (found_ == end_) return;
    dropping_ = false;
    begin_ = ++found_;
  }
}

Line LineReader::next() {
  const std::uint8_t* start = window_.data + begin_;
  std::size_t size = found_ - begin_;
  if (found_ == end_) {
    dropping_ = true;
    begin_ = end_;
    return {{start, size}, true};
  }
  begin_ = ++found_;
  search();
  if (size != 0 && start[size - 1] == '\r') --size;
  return {{start, size}, false};
}

void LineReader::reset() {
  begin_ = end_ = found_ = 0;
  dropping_ = false;
}

}  // namespace mailmote
