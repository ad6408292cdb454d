// Content on its way out: line ends made CRLF, dots at line starts doubled (RFC 5321 sections 2.3.8 and 4.5.2).
#ifndef MAILMOTE_DETAIL_DOT_STUFFER_HPP
#define MAILMOTE_DETAIL_DOT_STUFFER_HPP

#include <cstddef>
#include <cstdint>

namespace mailmote {

class Sink;

/// A filter with two bits of state, for pieces of any size.
class DotStuffer {
 public:
  /// `dots`: double dots (DATA), or leave them (BDAT).
  constexpr explicit DotStuffer(bool dots = true) : dots_(dots) {}

  /// Filters `size` octets from `in` to `out` and returns how many came out: at most 2 * size + 2. Both may lie in one
  /// buffer, `in` at least size + 2 octets behind `out`. A CR at the end of a piece comes out with the next piece.
  std::size_t filter(std::uint8_t* out, const std::uint8_t* in, std::size_t size);

  /// Puts what is missing at the end, the last line's CRLF; and how many octets that is.
  void finish(Sink& sink) const;
  std::size_t missing() const { return after_cr_ || !at_line_start_ ? 2 : 0; }

  /// Whether a CR or LF on its own was seen (and repaired); a CR that came last counts once the content has ended.
  bool repaired() const { return repaired_; }
  bool repaired_at_end() const { return repaired_ || after_cr_; }

 private:
  bool dots_;
  bool at_line_start_ = true;
  bool after_cr_ = false;
  bool repaired_ = false;
};

}  // namespace mailmote

#endif
