#include "message/header_writer.hpp"

#include "message/encoded_word.hpp"
#include "message/header_text.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kWidth = kEncodedLine;  // for every line; others might have 78 (RFC 5322 section 2.1.1)
constexpr std::size_t kLongestName = 60;      // of a display name with its quotes
constexpr std::size_t kBracketed = 4;         // blank, brackets and the comma that may follow
constexpr std::size_t kPiece = 64;

bool is_blank(char c) { return c == ' '; }

bool needs_backslash(char c) { return c == '"' || c == '\\'; }

Text part(const Text& text, std::size_t at, std::size_t end) { return std::string_view(text.data() + at, end - at); }

std::size_t after_blanks(const Text& text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

std::size_t after_word(const Text& text, std::size_t at, std::size_t most) {
  if (most > text.size()) most = text.size();
  while (at < most && !is_blank(text[at])) ++at;
  return at;
}

// Of a name in quotes; what is longer than a line is only said to be so.
std::size_t quoted_size(const Text& name) {
  if (name.size() > kWidth) return name.size();
  std::size_t n = name.size() + 2;
  for (const char c : name) n += needs_backslash(c) ? 1 : 0;
  return n;
}

// Characters of an atom (RFC 5322 section 3.2.3) and the blank between atoms.
bool is_phrase_text(char c) { return stands_for_itself(c) || holds("#$%&'=?^_`{|}~ ", c); }

// Blanks that a reader might drop or join need quotes.
bool is_phrase(const Text& name) {
  char before = ' ';
  for (const char c : name) {
    if (!is_phrase_text(c) || (is_blank(before) && is_blank(c))) return false;
    before = c;
  }
  return name.empty() || !is_blank(before);
}

}  // namespace

void HeaderWriter::fold() {
  put("\r\n");
  line_start_ = sink_.total();
}

void HeaderWriter::put_line(FieldName name, const Text& value) {
  begin(name);
  put(value);
  end();
}

bool HeaderWriter::reserve(std::size_t size) {
  if (column() + size <= kWidth) return false;
  fold();
  return true;
}

// A line is broken before a word with its blanks where it does not fit; blanks at the end stay.
std::size_t HeaderWriter::put_text(const Text& text, std::size_t at) {
  const std::size_t enough = at + kPiece;
  while (at < text.size() && at < enough) {
    const std::size_t word = after_blanks(text, at);
    const std::size_t end = after_word(text, word, word + kWidth);
    if (at != 0 && word != at && word != text.size()) reserve(end - at);
    put(part(text, at, end));
    at = end;
  }
  return at;
}

std::size_t HeaderWriter::put_encoded(const Text& text, std::size_t at, bool base64) {
  if (reserve(at == 0 ? kSmallestWord : kWidth)) put(" ");
  return put_encoded_word(sink_, text, at, base64, kWidth - column());
}

void HeaderWriter::separate(const Text& display_name, const Text& address, bool comma) {
  if (comma) put(",");
  reserve((display_name.empty() ? 0 : quoted_size(display_name) + 1) + address.size() + kBracketed);
  put(" ");
}

bool HeaderWriter::is_long(const Text& display_name) { return quoted_size(display_name) > kLongestName; }

std::size_t HeaderWriter::put_name(const Text& display_name) {
  if (is_phrase(display_name)) {
    put(display_name);
    return display_name.size();
  }
  sink_.put('"');
  for (const char c : display_name) {
    if (needs_backslash(c)) sink_.put('\\');
    sink_.put(c);
  }
  sink_.put('"');
  return display_name.size();
}

void HeaderWriter::put_address(const Text& address, bool named) {
  if (!named) return put(address);
  reserve(address.size() + kBracketed);
  put(" <");
  put(address);
  put(">");
}

}  // namespace mailmote
