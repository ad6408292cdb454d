// What a text holds, found out piece by piece.
#ifndef MAILMOTE_DETAIL_TEXT_SCANNER_HPP
#define MAILMOTE_DETAIL_TEXT_SCANNER_HPP

#include <cstddef>
#include <cstdint>

namespace mailmote::detail {

/// What no line of a body may begin with: the start of every delimiter of its message.
struct Delimiter {
  static constexpr std::size_t kSize = 20;
  char text[kSize] = {};
};

/// Looks through a text that comes in pieces of any size.
class TextScanner {
 public:
  /// `delimiter`: null for none; must stay valid.
  void scan(const std::uint8_t* in, std::size_t size, const Delimiter* delimiter = nullptr);

  /// Octets so far, every line end counted as CRLF.
  std::uint32_t length() const { return length_; }
  std::uint32_t eight_bit() const { return eight_bit_; }  ///< octets above 127
  /// Cannot stand as it is: holds NUL, a line of more than 998 octets (RFC 5322 section 2.1.1), or the delimiter.
  bool unfit() const { return unfit_; }
  bool holds_delimiter() const { return holds_delimiter_; }
  bool is_utf8() const { return !ill_formed_ && tail_ == 0; }
  bool line_ended() const { return run_ == 0; }

 private:
  const std::uint8_t* pass_plain(const std::uint8_t* in, const std::uint8_t* end, const Delimiter* delimiter);
  inline void count(std::uint8_t octet, const Delimiter* delimiter);
  inline void decode(std::uint8_t octet);
  inline void begin_character(std::uint8_t octet);

  std::uint32_t length_ = 0;
  std::uint32_t eight_bit_ = 0;
  std::uint16_t run_ = 0;     // octets of this line, at most 998
  std::uint8_t match_ = 0;    // of them that are the delimiter's; kNoMatch
  std::uint8_t tail_ = 0;     // octets that the character lacks
  std::uint8_t lowest_ = 0;   // of the next of these
  std::uint8_t highest_ = 0;
  bool after_cr_ = false;
  bool unfit_ = false;
  bool holds_delimiter_ = false;
  bool ill_formed_ = false;
};

}  // namespace mailmote::detail

#endif
