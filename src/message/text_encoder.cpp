#include "message/text_encoder.hpp"

#include <cstring>

#include "wire/base64.hpp"

namespace mailmote {
namespace {

using detail::TextCursor;

constexpr std::uint8_t kColumns = 76;
constexpr char kDigits[] = "0123456789ABCDEF";

bool at_line_end(const TextCursor& c) { return c.text[c.at] == '\r' || c.text[c.at] == '\n'; }

void skip_line_end(TextCursor& c) {
  const bool both = c.text[c.at] == '\r' && c.at + 1 < c.text.size() && c.text[c.at + 1] == '\n';
  c.at += both ? 2 : 1;
}

std::size_t end_line(TextCursor& c, std::uint8_t* out) {
  std::memcpy(out, "\r\n", 2);
  c.column = 0;
  return 2;
}

bool is_literal(const TextCursor& c) {
  const char octet = c.text[c.at];
  if (octet != ' ' && octet != '\t') return octet > ' ' && octet < 0x7f && octet != '=';
  const std::size_t next = c.at + 1;  // a blank at the end of a line would be taken for padding
  return next < c.text.size() && c.text[next] != '\r' && c.text[next] != '\n';
}

std::size_t put_escaped(TextCursor& c, std::uint8_t* out) {
  const auto octet = static_cast<std::uint8_t>(c.text[c.at++]);
  out[0] = '=';
  out[1] = static_cast<std::uint8_t>(kDigits[octet >> 4U]);
  out[2] = static_cast<std::uint8_t>(kDigits[octet & 15U]);
  return 3;
}

// One octet of the text with CRLF as its line ends.
char next_canonical(TextCursor& c) {
  if (c.line_feed_due) {
    c.line_feed_due = false;
    return '\n';
  }
  if (!at_line_end(c)) return c.text[c.at++];
  skip_line_end(c);
  c.line_feed_due = true;
  return '\r';
}

}  // namespace

std::size_t copy_text(TextCursor& cursor, std::uint8_t* out, std::size_t room) {
  std::size_t used = 0;
  while (!at_end(cursor) && used < room) out[used++] = static_cast<std::uint8_t>(next_canonical(cursor));
  return used;
}

std::size_t encode_quoted_printable(TextCursor& cursor, std::uint8_t* out, std::size_t room) {
  std::size_t used = 0;
  while (!at_end(cursor) && room - used >= 6) {
    if (at_line_end(cursor)) {
      skip_line_end(cursor);
      used += end_line(cursor, out + used);
      continue;
    }
    const bool literal = is_literal(cursor);
    if (cursor.column + (literal ? 1 : 3) > kColumns - 1) {
      out[used++] = '=';
      used += end_line(cursor, out + used);
    }
    const std::size_t n = literal ? 1 : put_escaped(cursor, out + used);
    if (literal) out[used] = static_cast<std::uint8_t>(cursor.text[cursor.at++]);
    used += n;
    cursor.column = static_cast<std::uint8_t>(cursor.column + n);
  }
  return used;
}

std::size_t encode_base64(TextCursor& cursor, std::uint8_t* out, std::size_t room) {
  std::size_t used = 0;
  while (!at_end(cursor) && room - used >= 6) {
    char octets[3];
    std::size_t n = 0;
    while (n < 3 && !at_end(cursor)) octets[n++] = next_canonical(cursor);
    char group[4];
    base64_group(octets, n, group);
    std::memcpy(out + used, group, sizeof group);
    used += sizeof group;
    cursor.column = static_cast<std::uint8_t>(cursor.column + sizeof group);
    if (cursor.column == kColumns || at_end(cursor)) used += end_line(cursor, out + used);
  }
  return used;
}

}  // namespace mailmote
