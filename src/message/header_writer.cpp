#include "message/header_writer.hpp"

#include "message/encoded_word.hpp"
#include "message/utf8.hpp"
#include "wire/address.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kWidth = EncodedWords::kLine;  // for every line; others might have 78 (RFC 5322 section 2.1.1)
constexpr std::size_t kLongestName = 60;             // of a display name with its quotes
constexpr std::size_t kLongWord = 900;  // near the hard limit of 998: has to be broken, which only an encoded word can

bool is_blank(char c) { return c == ' '; }

std::size_t count_blanks(Text text, std::size_t at) {
  std::size_t n = 0;
  while (at + n < text.size() && is_blank(text[at + n])) ++n;
  return n;
}

std::size_t count_word(Text text, std::size_t at) {
  std::size_t n = 0;
  while (at + n < text.size() && !is_blank(text[at + n])) ++n;
  return n;
}

Text part(Text text, std::size_t at, std::size_t n) { return std::string_view(text.data() + at, n); }

// What would be read as an encoded word, or could not be folded, is encoded although it is ASCII.
bool needs_encoding(Text text) {
  std::size_t end = text.size();
  while (end != 0 && is_blank(text[end - 1])) --end;
  std::size_t unit = 0;  // a word and the blanks before it; blanks at the end belong to the last word
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool next_unit = i != 0 && i < end && is_blank(text[i]) && !is_blank(text[i - 1]);
    unit = next_unit ? 1 : unit + 1;
    const bool looks_encoded = text[i] == '=' && i + 1 < text.size() && text[i + 1] == '?';
    if (looks_encoded || unit > kLongWord) return true;
  }
  return has_eight_bit(text);
}

bool holds(Text set, char c) {
  for (const char one : set) {
    if (one == c) return true;
  }
  return false;
}

// Characters of an atom (RFC 5322 section 3.2.3) and the blank between atoms.
bool is_phrase_text(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || holds("!#$%&'*+-/=?^_`{|}~ ", c);
}

// Blanks that a reader might drop or join need quotes.
bool is_phrase(Text name) {
  char before = ' ';
  for (const char c : name) {
    if (!is_phrase_text(c) || (is_blank(before) && is_blank(c))) return false;
    before = c;
  }
  return !is_blank(before);
}

bool needs_backslash(char c) { return c == '"' || c == '\\'; }

std::size_t quoted_size(Text name) {
  std::size_t n = name.size() + 2;
  for (const char c : name) n += needs_backslash(c) ? 1 : 0;
  return n;
}

}  // namespace

bool is_header_text(Text text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t n = utf8_length(text, at);
    if (n == 0 || (n == 1 && is_control(text[at]))) return false;
    at += n;
  }
  return true;
}

bool is_field_name(Text name) {
  for (const char c : name) {
    if (c <= ' ' || c >= 0x7f || c == ':') return false;
  }
  return !name.empty() && name.size() <= 76;
}

bool is_list_address(Text address) {
  const std::size_t at = address.size() - domain_of(address).size() - 1;
  bool quoted = false;
  for (std::size_t i = 0; i < address.size(); ++i) {
    const char c = address[i];
    if (i < at && c == '"') quoted = !quoted;
    else if (i < at && quoted) i += c == '\\' ? 1 : 0;
    else if (quoted || holds("(),;\\\"", c) || (i < at && holds(":@[]", c))) return false;
  }
  return true;
}

void HeaderWriter::put(Text token) {
  sink_.put(token);
  column_ += token.size();
}

void HeaderWriter::fold() {
  sink_.put("\r\n");
  column_ = 0;
}

void HeaderWriter::begin(Text name) {
  column_ = 0;
  listed_ = false;
  put(name);
  put(": ");
}

void HeaderWriter::end() { sink_.put("\r\n"); }

void HeaderWriter::field(Text name, Text value) {
  begin(name);
  put_unstructured(value);
  end();
}

void HeaderWriter::put_unstructured(Text value) {
  if (needs_encoding(value)) return put_encoded(value);
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t blanks = count_blanks(value, at);
    const std::size_t word = count_word(value, at + blanks);
    if (at != 0 && word != 0 && column_ + blanks + word > kWidth) fold();
    put(part(value, at, blanks + word));
    at += blanks + word;
  }
}

void HeaderWriter::put_mailbox(Text display_name, Text address) {
  if (listed_) put(",");
  const std::size_t name = display_name.empty() ? 0 : quoted_size(display_name) + 1;
  const std::size_t bracketed = address.size() + 4;  // blank, brackets and the comma that may follow
  if (listed_ && column_ + name + bracketed > kWidth) fold();
  if (listed_) put(" ");
  listed_ = true;
  if (display_name.empty()) return put(address);
  put_display_name(display_name);
  if (column_ + bracketed > kWidth) fold();
  put(" <");
  put(address);
  put(">");
}

void HeaderWriter::put_display_name(Text name) {
  if (needs_encoding(name) || quoted_size(name) > kLongestName) return put_encoded(name);
  if (is_phrase(name)) return put(name);
  put_quoted(name);
}

void HeaderWriter::put_quoted(Text name) {
  put("\"");
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (needs_backslash(name[i])) put("\\");
    put(part(name, i, 1));
  }
  put("\"");
}

void HeaderWriter::put_encoded(Text value) {
  EncodedWords words(value);
  while (!words.done()) {
    const std::size_t room = EncodedWords::kLine - (column_ < EncodedWords::kLine ? column_ : EncodedWords::kLine);
    if (room < EncodedWords::kSmallest) {
      fold();
      put(" ");
      continue;
    }
    column_ += words.put_next(sink_, room);
    if (words.done()) return;
    fold();
    put(" ");
  }
}

}  // namespace mailmote
