// The replayable writer: a pure function that composes something of any length runs as often as the window needs.
#ifndef MAILMOTE_SINK_HPP
#define MAILMOTE_SINK_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"

namespace mailmote {

/// Takes what a compose function puts, drops the first `skip` octets (they went out in an earlier run), copies what fits
/// into `room` and counts the rest. With room 0 and skip 0 a run gives the exact length. A compose function must put the
/// same octets in every run; skipping costs the same for every length of a piece.
class Sink {
 public:
  constexpr Sink(std::uint8_t* out, std::size_t room, std::size_t skip) : out_(out), room_(room), skip_(skip) {}

  void put(const void* octets, std::size_t size);
  void put(Text text) { put(text.data(), text.size()); }
  template <std::size_t N>
  void put(const char (&literal)[N]) {
    put(static_cast<const void*>(literal), N - 1);
  }
  void put(char octet);
  void put_decimal(std::uint32_t value) { put_number(value, 10); }
  void put_number(std::uint32_t value, unsigned base);  ///< 10 to 16, with lower-case letters

  /// Octets that the next puts lose because they went out before; and counting `size` octets of a put that would only be
  /// dropped or counted, without having them: a compose function's own way of skipping.
  std::size_t ahead() const { return total_ < skip_ ? skip_ - total_ : 0; }
  void pass(std::size_t size) { total_ += size; }

  std::size_t written() const { return written_; }  ///< octets copied in this run
  std::size_t total() const { return total_; }      ///< octets put in all
  bool complete() const { return total_ == skip_ + written_; }
  bool full() const { return written_ == room_; }   ///< further puts only count: a compose function may stop early

 private:
  std::uint8_t* out_;
  std::size_t room_;
  std::size_t skip_;
  std::size_t total_ = 0;
  std::size_t written_ = 0;
};

}  // namespace mailmote

#endif
