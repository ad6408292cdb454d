// Lines out of a window that fills piece by piece.
#ifndef MAILMOTE_DETAIL_LINE_READER_HPP
#define MAILMOTE_DETAIL_LINE_READER_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"

namespace mailmote {

/// One line without its line end. `dropped`: it did not fit the window; `octets` are its first ones, and so many were
/// dropped behind them.
struct Line {
  ByteView octets;
  std::uint16_t dropped = 0;
};

/// Finds lines ended by LF (a CR before it belongs to the line end). Of a line that is longer than the window the first
/// half window is kept; it is handed out at its end like any other, or when it has become too long to go on with.
class LineReader {
 public:
  static constexpr std::uint16_t kTooLong = 65535;  ///< a line that lost so many octets is handed out before its end

  constexpr explicit LineReader(MutableBytes window) : window_(window) {}

  std::size_t capacity() const { return window_.size; }

  /// The free part of the window, never empty. Only while has_line() is false.
  MutableBytes space();
  void commit(std::size_t n);

  /// The octets that were not handed out yet.
  ByteView rest() const { return {window_.data + begin_, end_ - begin_}; }

  bool has_line() const { return found_ < end_ || dropped_ == kTooLong; }

  /// Hands out the next line, valid until space(). Only while has_line().
  Line next();

  /// Drops everything.
  void reset();

 private:
  void search();
  void cut(std::size_t from, std::size_t to);

  MutableBytes window_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t found_ = 0;      // of the first LF in [begin_, end_), else end_
  std::uint16_t dropped_ = 0;  // octets of the line at begin_, in front of found_
};

}  // namespace mailmote

#endif
