// The transfer encodings of MIME (RFC 2045 section 6), piece by piece.
#ifndef MAILMOTE_DETAIL_TRANSFER_ENCODER_HPP
#define MAILMOTE_DETAIL_TRANSFER_ENCODER_HPP

#include <cstddef>
#include <cstdint>

namespace mailmote {

/// How the octets of a part go out.
enum class TransferEncoding : std::uint8_t {
  automatic = 0,         ///< by the kind of the part, what it holds, and what the server offers
  seven_bit = 1,         ///< as they are: ASCII in lines of at most 998
  eight_bit = 2,         ///< as they are, with octets above 127; the server must offer 8BITMIME
  quoted_printable = 3,  ///< for text that is mostly ASCII
  base64 = 4,
  binary = 5,             ///< octet by octet; the server must offer BINARYMIME and CHUNKING, and Options::chunking be set
  binary_if_offered = 6,  ///< that where it is possible, else as `automatic`
};

namespace detail {

/// Encodes octets that come in pieces of any size. As text, line ends are made CRLF (before base64 too: RFC 2046
/// section 4.1.1); else CR and LF are octets like others. No encoded line begins with a dot or "From ".
class TransferEncoder {
 public:
  constexpr TransferEncoder() = default;
  constexpr TransferEncoder(TransferEncoding how, bool text) : how_(how), text_(text) {}

  /// Begins anew, like another object.
  void begin(TransferEncoding how, bool text);

  /// Takes octets from `in` and writes to `out`, as far as `room` goes; `in` moves behind what was taken. At least one is
  /// taken where there is room for 16. Returns how many octets were written. `in` may be the end of the room, where it
  /// holds at most most_input(room).
  std::size_t encode(const std::uint8_t*& in, const std::uint8_t* end, std::uint8_t* out, std::size_t room);

  /// What is left at the end: at most 8 octets, without an end of the last line. Returns how many.
  std::size_t finish(std::uint8_t* out);

  /// How many octets certainly fit `room` when encoded, with room to spare for encoding in place; may be 0.
  std::size_t most_input(std::size_t room) const;

  bool at_line_start() const { return column_ == 0 && held_count_ == 0; }

  /// What base64 makes of `size` octets.
  static constexpr std::uint32_t base64_size(std::uint32_t size) {
    return size == 0 ? 0 : (size + 2) / 3 * 4 + (size - 1) / 57 * 2;
  }

 private:
  char* copy(const std::uint8_t*& in, const std::uint8_t* end, char* out, const char* limit);
  inline char* copy_octets(const std::uint8_t*& in, const std::uint8_t* end, char* out, const char* limit);
  char* quote(const std::uint8_t*& in, const std::uint8_t* end, char* out, const char* limit);
  inline char* quote_octet(char octet, char* out);
  inline char* quote_run(const std::uint8_t*& in, const std::uint8_t* end, char* out, const char* limit);
  char* put_quoted(char octet, bool literal, char* out);
  char* put_held(bool literal, char* out);
  char* to_base64(const std::uint8_t*& in, const std::uint8_t* end, char* out, const char* limit);
  inline char* whole_groups(const std::uint8_t*& in, const std::uint8_t* end, char* out, const char* limit);
  char* add_to_group(char octet, char* out);
  char* put_group(char* out);
  char* end_line(char* out);

  TransferEncoding how_ = TransferEncoding::seven_bit;
  bool text_ = true;
  bool after_cr_ = false;
  std::uint8_t column_ = 0;
  std::uint8_t held_count_ = 0;  // octets of a group, or a blank that may stand at the end of a line
  char held_[3] = {};
};

}  // namespace detail
}  // namespace mailmote

#endif
