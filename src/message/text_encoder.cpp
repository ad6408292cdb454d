#include "message/text_encoder.hpp"

#include <cstring>

#include "message/hexadecimal.hpp"
#include "message/utf8.hpp"
#include "wire/base64.hpp"

namespace mailmote {
namespace {

using detail::TextCursor;

constexpr unsigned kColumns = 76;
constexpr std::ptrdiff_t kLargestUnit = 6;  // a soft line break and an escaped octet, or a group and a line end
constexpr std::size_t kLongestLine = 998;  // RFC 5322 section 2.1.1

bool is_line_end(char c) { return c == '\r' || c == '\n'; }

std::size_t after_line_end(Text text, std::size_t at) {
  return at + (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1);
}

char* put_crlf(char* out) {
  *out++ = '\r';
  *out++ = '\n';
  return out;
}

std::size_t smaller(std::size_t a, std::size_t b) { return a < b ? a : b; }

bool is_graphic(char c) { return c > ' ' && c < 0x7f && c != '='; }

bool is_literal(Text text, std::size_t at) {
  if (text[at] != ' ' && text[at] != '\t') return is_graphic(text[at]);
  return at + 1 < text.size() && !is_line_end(text[at + 1]);  // at the end of a line it would be taken for padding
}

// The next octet of the CRLF that a line end becomes.
char next_of_line_end(Text text, TextCursor& cursor) {
  cursor.line_feed_due = !cursor.line_feed_due;
  if (cursor.line_feed_due) return '\r';
  cursor.at = after_line_end(text, cursor.at);
  return '\n';
}

}  // namespace

std::size_t measure_text(Text text, TextCursor& cursor, std::size_t most) {
  const std::size_t end = cursor.at + smaller(most, text.size() - cursor.at);
  std::size_t length = 0;
  while (cursor.at < end) {
    const char c = text[cursor.at];
    std::size_t size = 1;
    if (is_line_end(c)) {
      cursor.at = after_line_end(text, cursor.at);
      cursor.run = 0;
      length += 2;
      continue;
    }
    if (c == '\0') cursor.encode = true;
    if ((static_cast<unsigned char>(c) & 0x80U) != 0) {
      size = utf8_length(text, cursor.at);
      if (size == 0) {
        cursor.ill_formed = true;
        size = 1;
      }
      cursor.escapes += size;
    }
    cursor.at += size;
    length += size;
    if (cursor.run > kLongestLine) continue;
    cursor.run = static_cast<std::uint16_t>(cursor.run + size);
    if (cursor.run > kLongestLine) cursor.encode = true;
  }
  return length;
}

std::size_t copy_text(Text text, TextCursor& cursor, std::uint8_t* into, std::size_t room) {
  char* out = reinterpret_cast<char*>(into);
  const char* const end = out + room;
  while (out != end && cursor.at != text.size()) {
    const char* in = text.data() + cursor.at;
    const char* const stop = in + smaller(text.size() - cursor.at, static_cast<std::size_t>(end - out));
    while (in != stop && !is_line_end(*in)) *out++ = *in++;
    cursor.at = static_cast<std::size_t>(in - text.data());
    if (in != stop) *out++ = next_of_line_end(text, cursor);
  }
  return room - static_cast<std::size_t>(end - out);
}

std::size_t encode_quoted_printable(Text text, TextCursor& cursor, std::uint8_t* into, std::size_t room) {
  char* out = reinterpret_cast<char*>(into);
  const char* const end = out + room;
  std::size_t at = cursor.at;
  unsigned column = cursor.run;
  while (at != text.size() && end - out >= kLargestUnit) {
    const char c = text[at];
    if (is_graphic(c) && column != kColumns - 1) {  // most of them
      *out++ = c;
      ++column;
      ++at;
      continue;
    }
    const unsigned columns = is_literal(text, at) ? 1 : 3;
    if (columns != 1 && is_line_end(c)) {
      at = after_line_end(text, at);
      out = put_crlf(out);
      column = 0;
      continue;
    }
    if (column + columns > kColumns - 1) {
      *out++ = '=';
      out = put_crlf(out);
      column = 0;
    }
    column += columns;
    ++at;
    if (columns == 1) *out++ = c;
    else out = write_escaped(out, c);
  }
  cursor.at = at;
  cursor.run = static_cast<std::uint16_t>(column);
  return room - static_cast<std::size_t>(end - out);
}

std::size_t encode_base64(Text text, TextCursor& cursor, std::uint8_t* into, std::size_t room) {
  char* out = reinterpret_cast<char*>(into);
  const char* const end = out + room;
  while (cursor.at != text.size() && end - out >= kLargestUnit) {
    char octets[3];
    std::size_t n = 0;
    while (n < 3 && cursor.at != text.size()) {
      const bool line_end = is_line_end(text[cursor.at]);
      octets[n++] = line_end ? next_of_line_end(text, cursor) : text[cursor.at++];
    }
    base64_group(octets, n, out);
    out += 4;
    cursor.run = static_cast<std::uint16_t>(cursor.run + 4);
    if (cursor.run != kColumns && cursor.at != text.size()) continue;
    out = put_crlf(out);
    cursor.run = 0;
  }
  return room - static_cast<std::size_t>(end - out);
}

}  // namespace mailmote
