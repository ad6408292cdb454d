#include "attached_file.hpp"

#include <algorithm>
#include <array>

#include "failure.hpp"
#include "mailmote/mime.hpp"
#include "mailmote/text_message.hpp"
#include "media_type.hpp"

namespace mailmote::cli {
namespace {

struct Key {
  std::string_view word;
  std::string AttachedFile::*value;
};

constexpr std::array<Key, 3> kKeys = {
    {{";type=", &AttachedFile::type}, {";name=", &AttachedFile::name}, {";cid=", &AttachedFile::id}}};

// Where the first of them stands behind `from`; the end of the text, where none does.
std::size_t find_key(std::string_view text, std::size_t from) {
  std::size_t first = text.size();
  for (const Key& key : kKeys) first = std::min(first, text.find(key.word, from));
  return first;
}

void take_key(std::string_view words, AttachedFile& out) {
  for (const Key& key : kKeys) {
    if (words.compare(0, key.word.size(), key.word) != 0) continue;
    std::string& value = out.*key.value;
    const std::string word(key.word.substr(1));
    if (!value.empty()) throw Failure::usage("'" + word + "' stands twice");
    value = words.substr(key.word.size());
    if (value.empty()) throw Failure::usage("nothing stands behind '" + word + "'");
  }
}

AttachedFile parse(std::string_view text) {
  AttachedFile out;
  std::size_t at = find_key(text, 0);
  out.path = text.substr(0, at);
  if (out.path.empty()) throw Failure::usage("no file is named");
  while (at != text.size()) {
    const std::size_t next = find_key(text, at + 1);
    take_key(text.substr(at, next - at), out);
    at = next;
  }
  if (out.name.empty() && out.path != "-") out.name = out.path.substr(out.path.rfind('/') + 1);
  if (out.type.empty()) out.type = media_type(out.name);
  return out;
}

// As the library judges it.
bool is_sound(const std::string& type, const std::string& name, const std::string& id) {
  MemorySource nothing{Text()};
  Inline part(Text(id), Text(type), nothing, Text(name));
  Recipient to("ops@example.com");
  MimeMessage mail("pump@example.com", to, "");
  mail.inlines = part;
  ContentPlan plan;
  return mail.content.start(Offer(), plan) != Status::invalid_header;
}

void check(const AttachedFile& file) {
  const std::string kPlain = "text/plain";
  if (!is_sound(file.type, {}, {})) throw Failure::usage("'" + file.type + "' is no media type such as image/png");
  if (!is_sound(kPlain, file.name, {})) {
    throw Failure::usage("the name of " + file.path + " is not UTF-8, too long or holds a control character: give "
                         "another one by ;name=");
  }
  if (!is_sound(kPlain, {}, file.id)) throw Failure::usage("'" + file.id + "' cannot be a cid: give visible ASCII");
}

}  // namespace

AttachedFile parse_attachment(std::string_view text) {
  AttachedFile out = parse(text);
  if (!out.id.empty()) throw Failure::usage("a cid is for what the HTML shows: give --inline");
  check(out);
  return out;
}

AttachedFile parse_inline(std::string_view text) {
  AttachedFile out = parse(text);
  if (out.id.empty()) throw Failure::usage("the HTML shows it by its cid: give FILE;cid=ID");
  check(out);
  return out;
}

}  // namespace mailmote::cli
