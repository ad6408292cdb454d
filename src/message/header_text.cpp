#include "message/header_text.hpp"

#include "message/encoded_word.hpp"
#include "message/utf8.hpp"
#include "wire/address.hpp"
#include "wire/base64.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kLongWord = 900;  // near the hard limit of 998: has to be broken, which only an encoded word can

// A unit that cannot be broken is a word with the blanks before it; blanks at the end belong to the last word.
void add_to_unit(detail::TextCursor& cursor, bool blank, std::size_t size) {
  if (!blank && cursor.blanks != 0) {
    cursor.run = cursor.blanks;
    cursor.blanks = 0;
  }
  std::uint16_t& count = blank ? cursor.blanks : cursor.run;
  count = static_cast<std::uint16_t>(count + size);
  if (count > kLongWord) cursor.encode = true;
}

}  // namespace

bool holds(const char* set, char c) {
  for (; *set != '\0'; ++set) {
    if (*set == c) return true;
  }
  return false;
}

bool look_through(const Text& text, detail::TextCursor& cursor, std::size_t most) {
  const std::size_t end = text.size() - cursor.at < most ? text.size() : cursor.at + most;
  while (cursor.at < end && !cursor.ill_formed) {
    const char c = text[cursor.at];
    std::size_t size = 1;
    if (c < ' ' || c >= 0x7f) {
      size = utf8_length(text, cursor.at);
      cursor.encode = true;
      cursor.ill_formed = size < 2;  // or a control character
    }
    if (c == '=' && cursor.at + 1 < text.size() && text[cursor.at + 1] == '?') cursor.encode = true;
    if (c != ' ' && !stands_for_itself(c)) cursor.escapes += size;
    add_to_unit(cursor, c == ' ', size);
    cursor.at += size;
  }
  if (cursor.at == text.size() && std::size_t{cursor.run} + cursor.blanks > kLongWord) cursor.encode = true;
  return !cursor.ill_formed;
}

bool is_shorter_in_base64(const Text& text, const detail::TextCursor& cursor) {
  return base64_length(text.size()) < text.size() + 2 * cursor.escapes;
}

bool is_visible_ascii(const Text& text, const char* stray) {
  for (const char c : text) {
    if (c <= ' ' || c >= 0x7f || holds(stray, c)) return false;
  }
  return !text.empty();
}

bool is_message_id(const Text& id) {
  const bool bracketed = id.size() > 4 && id.size() <= 250 && id[0] == '<' && id[id.size() - 1] == '>';
  return bracketed && is_visible_ascii(std::string_view(id.data() + 1, id.size() - 2), "<>");
}

bool is_list_address(const Text& address) {
  const std::size_t at = address.size() - domain_of(address).size() - 1;
  bool quoted = false;
  for (std::size_t i = 0; i < address.size(); ++i) {
    const char c = address[i];
    if (!quoted && stands_for_itself(c)) continue;
    if (i < at && c == '"') quoted = !quoted;
    else if (i < at && quoted) i += c == '\\' ? 1 : 0;
    else if (quoted || holds(i < at ? "(),;\\\":@[]" : "(),;\\\"", c)) return false;
  }
  return true;
}

}  // namespace mailmote
