#include "mailmote/detail/transfer_encoder.hpp"

#include <cstring>

#include "message/hexadecimal.hpp"
#include "wire/base64.hpp"

namespace mailmote::detail {
namespace {

constexpr std::uint8_t kColumns = 76;
constexpr std::ptrdiff_t kLargestUnit = 12;  // what one octet may bring: a soft line break and three, twice

bool is_line_end(char c) { return c == '\r' || c == '\n'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_graphic(char c) { return c > ' ' && c < 0x7f && c != '='; }

}  // namespace

void TransferEncoder::begin(TransferEncoding how, bool text) {
  how_ = how;
  text_ = text;
  after_cr_ = false;
  column_ = 0;
  held_count_ = 0;
}

std::size_t TransferEncoder::encode(const std::uint8_t*& in, const std::uint8_t* end, std::uint8_t* into,
                                    std::size_t room) {
  char* const out = reinterpret_cast<char*>(into);
  const char* const limit = out + room;
  const char* at = out;
  switch (how_) {
    case TransferEncoding::quoted_printable: at = quote(in, end, out, limit); break;
    case TransferEncoding::base64: at = to_base64(in, end, out, limit); break;
    case TransferEncoding::binary: at = text_ ? copy(in, end, out, limit) : copy_octets(in, end, out, limit); break;
    case TransferEncoding::automatic:
    case TransferEncoding::binary_if_offered:
    case TransferEncoding::seven_bit:
    case TransferEncoding::eight_bit: at = copy(in, end, out, limit); break;
  }
  return static_cast<std::size_t>(at - out);
}

std::size_t TransferEncoder::finish(std::uint8_t* into) {
  char* const out = reinterpret_cast<char*>(into);
  if (held_count_ == 0) return 0;
  return static_cast<std::size_t>((how_ == TransferEncoding::base64 ? put_group(out) : put_held(false, out)) - out);
}

// As it is two for one at most, quoted-printable 78 for 25, base64 78 for 57 (half of that where a line end is doubled).
std::size_t TransferEncoder::most_input(std::size_t room) const {
  constexpr std::size_t kSpare = 28;
  if (room < kSpare) return 0;
  room -= kSpare;
  if (how_ == TransferEncoding::quoted_printable) return room / 16 * 5;
  if (how_ == TransferEncoding::base64 && !text_) return room / 32 * 23;
  if (how_ == TransferEncoding::binary && !text_) return room;
  return how_ == TransferEncoding::base64 ? room / 32 * 11 : room / 2;
}

char* TransferEncoder::end_line(char* out) {
  *out++ = '\r';
  *out++ = '\n';
  column_ = 0;
  return out;
}

char* TransferEncoder::copy(const std::uint8_t*& in, const std::uint8_t* end, char* out, const char* limit) {
  while (in != end && limit - out >= 2) {
    const char c = static_cast<char>(*in++);
    const bool second = after_cr_ && c == '\n';
    after_cr_ = c == '\r';
    if (second) continue;
    if (is_line_end(c)) {
      out = end_line(out);
      continue;
    }
    *out++ = c;
    column_ = 1;
  }
  return out;
}

// `out` may be in front of `in` in one buffer.
char* TransferEncoder::copy_octets(const std::uint8_t*& in, const std::uint8_t* end, char* out, const char* limit) {
  std::ptrdiff_t n = end - in;
  if (n > limit - out) n = limit - out;
  std::memmove(out, in, static_cast<std::size_t>(n));
  in += n;
  return out + n;
}

// Quoted-printable (RFC 2045 section 6.7). Whether a blank stands at the end of its line is known one octet later. An F
// at the start of a line may be that of "From ", at which mailbox files are cut (RFC 2049 section 3).

char* TransferEncoder::quote(const std::uint8_t*& in, const std::uint8_t* end, char* out, const char* limit) {
  while (in != end && limit - out >= kLargestUnit) {
    const char c = static_cast<char>(*in++);
    const bool second = after_cr_ && c == '\n';
    after_cr_ = text_ && c == '\r';
    if (second) continue;
    if (text_ && is_line_end(c)) {
      out = end_line(put_held(false, out));
      continue;
    }
    out = quote_octet(c, out);
    if (held_count_ == 0) out = quote_run(in, end, out, limit);
  }
  return out;
}

// What most of a text is.
char* TransferEncoder::quote_run(const std::uint8_t*& in, const std::uint8_t* end, char* out, const char* limit) {
  while (in != end && out != limit && column_ < kColumns - 1 && is_graphic(static_cast<char>(*in))) {
    *out++ = static_cast<char>(*in++);
    ++column_;
  }
  return out;
}

char* TransferEncoder::quote_octet(char octet, char* out) {
  out = put_held(true, out);
  if (!is_blank(octet)) return put_quoted(octet, is_graphic(octet), out);
  held_[0] = octet;
  held_count_ = 1;
  return out;
}

char* TransferEncoder::put_held(bool literal, char* out) {
  if (held_count_ == 0) return out;
  held_count_ = 0;
  return put_quoted(held_[0], literal, out);
}

char* TransferEncoder::put_quoted(char octet, bool literal, char* out) {
  if (column_ + (literal ? 1 : 3) > kColumns - 1) {
    *out++ = '=';
    out = end_line(out);
  }
  if (column_ == 0 && (octet == '.' || octet == 'F')) literal = false;
  column_ = static_cast<std::uint8_t>(column_ + (literal ? 1 : 3));
  if (!literal) return write_escaped(out, octet);
  *out++ = octet;
  return out;
}

// Base64 (RFC 2045 section 6.8).

char* TransferEncoder::to_base64(const std::uint8_t*& in, const std::uint8_t* end, char* out, const char* limit) {
  while (in != end && limit - out >= kLargestUnit) {
    if (!text_ && held_count_ == 0 && end - in >= 3) {
      out = whole_groups(in, end, out, limit);
      continue;
    }
    const char c = static_cast<char>(*in++);
    const bool second = after_cr_ && c == '\n';
    after_cr_ = text_ && c == '\r';
    if (second) continue;
    if (text_ && is_line_end(c)) out = add_to_group('\n', add_to_group('\r', out));
    else out = add_to_group(c, out);
  }
  return out;
}

// At least one, up to the end of a line.
char* TransferEncoder::whole_groups(const std::uint8_t*& in, const std::uint8_t* end, char* out, const char* limit) {
  if (column_ == kColumns) out = end_line(out);
  std::size_t groups = (kColumns - column_) / 4U;
  const auto given = static_cast<std::size_t>(end - in) / 3;
  const auto fitting = static_cast<std::size_t>(limit - out) / 4;
  if (groups > given) groups = given;
  if (groups > fitting) groups = fitting;
  base64_groups(in, groups, out);
  in += groups * 3;
  column_ = static_cast<std::uint8_t>(column_ + groups * 4);
  return out + groups * 4;
}

char* TransferEncoder::add_to_group(char octet, char* out) {
  held_[held_count_++] = octet;
  return held_count_ == 3 ? put_group(out) : out;
}

char* TransferEncoder::put_group(char* out) {
  if (column_ == kColumns) out = end_line(out);
  base64_group(held_, held_count_, out);
  held_count_ = 0;
  column_ = static_cast<std::uint8_t>(column_ + 4);
  return out + 4;
}

}  // namespace mailmote::detail
