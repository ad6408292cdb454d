// Lines out of a window that fills piece by piece.
#ifndef MAILMOTE_DETAIL_LINE_READER_HPP
#define MAILMOTE_DETAIL_LINE_READER_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"

namespace mailmote {

/// One line without its line end. `cut`: it did not fit the window; these are its first octets and the rest is dropped.
struct Line {
  ByteView octets;
  bool cut = false;
};

/// Finds lines ended by LF (a CR before it belongs to the line end). A line longer than the window is handed out once,
/// cut, and reading goes on behind its LF.
class LineReader {
 public:
  constexpr explicit LineReader(MutableBytes window) : window_(window) {}

  std::size_t capacity() const { return window_.size; }

  /// The free part of the window; never empty while has_line() is false. Lines handed out before are gone.
  MutableBytes space();
  void commit(std::size_t n);

  bool has_line() const { return found_ < end_ || end_ - begin_ == window_.size; }

  /// Hands out the next line, valid until space(). Only while has_line().
  Line next();

  /// Drops everything.
  void reset();

 private:
  void search();

  MutableBytes window_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t found_ = 0;  // of the first LF in [begin_, end_), else end_
  bool dropping_ = false;  // inside the rest of a line that was cut
};

}  // namespace mailmote

#endif
