#include "message/parameter.hpp"

#include "message/hexadecimal.hpp"
#include "message/utf8.hpp"

namespace mailmote {
namespace {

// Columns of a line, and what they leave for a name in quotes, for one in percent encoding, and for a segment of either.
constexpr std::size_t kWidth = 76;
constexpr std::size_t kQuoted = kWidth - (sizeof " filename=\"\";" - 1);
constexpr std::size_t kExtended = kWidth - (sizeof " filename*=utf-8'';" - 1);
constexpr std::size_t kNumber = sizeof "*99" - 1;

constexpr char kCharset[] = "utf-8''";

// What careless readers would take for an encoded word, quotes or not.
bool begins_word(const Text& value, std::size_t at) {
  return value[at] == '=' && at + 1 < value.size() && value[at + 1] == '?';
}

bool is_plain(const Text& value) {
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] < ' ' || value[at] >= 0x7f || begins_word(value, at)) return false;
  }
  return true;
}

bool needs_backslash(char c) { return c == '"' || c == '\\'; }

// What may stand for itself in percent encoding, and a few less.
bool is_attribute_text(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

// Columns of the character at `at`, of `size` octets.
std::size_t columns_of(const Text& value, std::size_t at, std::size_t size, bool extended) {
  if (!extended) return needs_backslash(value[at]) ? 2 : 1;
  return is_attribute_text(value[at]) ? 1 : 3 * size;
}

// The end of what fits so many columns.
std::size_t fitting(const Text& value, std::size_t at, std::size_t columns, bool extended) {
  while (at < value.size()) {
    const std::size_t size = extended ? utf8_length(value, at) : 1;
    const std::size_t needed = columns_of(value, at, size, extended);
    if (needed > columns) break;
    columns -= needed;
    at += size;
  }
  return at;
}

void put_value(Sink& sink, const Text& value, std::size_t at, std::size_t end, bool extended) {
  for (; at < end; ++at) {
    const char c = value[at];
    if (extended && !is_attribute_text(c)) {
      char escaped[3];
      write_escaped(escaped, c);
      escaped[0] = '%';
      sink.put(escaped, sizeof escaped);
      continue;
    }
    if (!extended && needs_backslash(c)) sink.put('\\');
    sink.put(c);
  }
}

}  // namespace

std::size_t put_file_name(Sink& sink, const Text& name, std::size_t at, unsigned segment) {
  const bool extended = !is_plain(name);
  const std::size_t width = extended ? kExtended : kQuoted;
  const bool whole = fitting(name, 0, width, extended) == name.size();
  const std::size_t end = whole ? name.size() : fitting(name, at, width - kNumber, extended);
  sink.put(";\r\n filename");
  if (!whole) {
    sink.put('*');
    sink.put_decimal(segment);
  }
  if (extended) sink.put('*');
  sink.put('=');
  if (extended && at == 0) sink.put(kCharset);
  if (!extended) sink.put('"');
  put_value(sink, name, at, end, extended);
  if (!extended) sink.put('"');
  return end;
}

void put_plain_name(Sink& sink, const Text& value) {
  std::size_t columns = sizeof " name=\"\";" - 1;
  for (const char c : value) columns += needs_backslash(c) ? 2 : (c & 0xc0) == 0x80 ? 0 : 1;
  if (columns > kWidth) return;
  sink.put(";\r\n name=\"");
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (needs_backslash(c)) sink.put('\\');
    if ((c & 0x80) == 0 && !begins_word(value, at)) sink.put(c);
    else if ((c & 0xc0) != 0x80) sink.put('_');
  }
  sink.put('"');
}

}  // namespace mailmote
