#include "message/emit_mime.hpp"

#include <deque>
#include <random>
#include <vector>

#include "support/test_source.hpp"

namespace mailmote {
namespace {

/// A part as a test wants it.
struct Wanted {
  std::string role;  // text, html, inline, attachment
  std::string type;
  std::string name;
  std::string id;
  std::string octets;
  TransferEncoding encoding = TransferEncoding::automatic;
};

struct Mime {
  std::string name;
  std::vector<Wanted> parts;
  bool eight_bit = true;
  std::size_t window = 512;
  std::size_t crumb = 0;
  bool slow = false;
  bool rewindable = true;
};

std::string json(const Wanted& part) {
  return "{\"role\":\"" + part.role + "\",\"type\":\"" + part.type + "\",\"name\":" + hex(part.name) +
         ",\"id\":" + hex(part.id) +
         ",\"quoted\":" + (part.encoding == TransferEncoding::quoted_printable ? "true" : "false") + "}";
}

// Owns the parts and their sources.
class Built {
 public:
  explicit Built(const Mime& mime) : message_({"sensor@example.com", "T\xc3\xa4nk"}, to_, "Tank low") {
    for (const Wanted& part : mime.parts) add(part, mime);
    if (!inlines_.empty()) message_.inlines = {inlines_.data(), inlines_.size()};
    if (!attachments_.empty()) message_.attachments = {attachments_.data(), attachments_.size()};
    message_.message_id = "<0123456789abcdef@example.com>";
    message_.date = 1795236825;
  }

  BodySource& content() { return message_.content; }

 private:
  // Parts cannot be moved: an array of room for as many as there may be.
  template <class Kind>
  class Room {
   public:
    template <class... Arguments>
    Kind& add(Arguments&&... arguments) {
      return *new (data() + size_++) Kind(std::forward<Arguments>(arguments)...);
    }
    Kind* data() { return reinterpret_cast<Kind*>(memory_); }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

   private:
    alignas(Kind) unsigned char memory_[40 * sizeof(Kind)];
    std::size_t size_ = 0;
  };

  void add(const Wanted& part, const Mime& mime) {
    test::TestSource& source = sources_.emplace_back();
    source.octets = part.octets;
    source.crumb = mime.crumb;
    source.slow = mime.slow;
    source.rewindable = mime.rewindable;
    const std::string_view type = part.type, name = part.name, id = part.id;
    Part* made = nullptr;
    if (part.role == "text") made = message_.text = &texts_.add(source);
    else if (part.role == "html") made = message_.html = &pages_.add(source);
    else if (part.role == "inline") made = &inlines_.add(Text(id), Text(type), source, Text(name));
    else made = &attachments_.add(Text(name), Text(type), source);
    made->encoding = part.encoding;
  }

  Recipient to_{"ops@example.com"};
  std::deque<test::TestSource> sources_;
  Room<TextPart> texts_;
  Room<HtmlPart> pages_;
  Room<Inline> inlines_;
  Room<Attachment> attachments_;
  MimeMessage message_;
};

void emit(const Directory& directory, const Mime& mime) {
  Built built(mime);
  Offer offer;
  offer.eight_bit = mime.eight_bit;
  std::string parts;
  for (std::size_t i = 0; i < mime.parts.size(); ++i) {
    parts += (i == 0 ? "" : ",") + json(mime.parts[i]);
    directory.write("mime_" + mime.name + "." + std::to_string(i), mime.parts[i].octets);
  }
  directory.write("mime_" + mime.name + ".eml", content_of(built.content(), offer, mime.window));
  directory.write("mime_" + mime.name + ".json", "{\"kind\":\"mime\",\"parts\":[" + parts + "],\"eight_bit\":" +
                                                     (mime.eight_bit ? "true" : "false") + "}\n");
}

class Random {
 public:
  std::size_t below(std::size_t n) { return generator_() % n; }
  template <class Kind, std::size_t N>
  const Kind& one_of(const Kind (&all)[N]) {
    return all[below(N)];
  }

 private:
  std::mt19937 generator_{20261121};
};

const std::size_t kSizes[] = {0, 1, 2, 3, 56, 57, 58, 75, 76, 77, 78, 511, 512, 513, 998, 999, 1000, 20000};

const std::string kNames[] = {"log.csv", "a b.txt", "F\xc3\xbcllstand.csv", "\xe6\x97\xa5\xe6\x9c\xac.bin", "x\"y\\z.txt",
                              "=?utf-8?Q?a?=.txt", "semi;colon=equal.txt", "100%'*.txt", "",
                              "a rather long name of a file that does not fit one line of a header at all, really.txt",
                              "\xf0\x9f\x98\x80 \xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f ein recht langer Name \xc3\xbc"
                              "ber mehr als eine Zeile hinweg.txt"};

std::string octets_of(Random& random, std::size_t size) {
  std::string octets;
  for (std::size_t i = 0; i < size; ++i) octets += static_cast<char>(random.below(256));
  return octets;
}

// UTF-8 of one kind of characters and line ends.
std::string text_of(Random& random, std::size_t size) {
  const std::string pieces[] = {"word ", "\xc3\xa4", "\xe6\x97\xa5", ".", "\n", "\r\n", " \n", "=", "--=_", "\n.\n",
                                "From x\n", "\t", "\n--=_0123456789abcdefm\n"};
  const bool ascii = random.below(2) == 0;
  const bool one_line = random.below(8) == 0;
  std::string text;
  while (text.size() < size) {
    const std::string& piece = random.one_of(pieces);
    const bool line_end = piece.find('\n') != std::string::npos;
    if ((ascii && (piece[0] & 0x80) != 0) || (one_line && line_end)) continue;
    text += piece;
  }
  return text;
}

std::size_t size_for(Random& random, std::size_t window) {
  const std::size_t near[] = {window - 1, window, window + 1};
  return random.below(3) == 0 ? random.one_of(near) : random.one_of(kSizes);
}

void emit_random(const Directory& directory) {
  Random random;
  const std::string types[] = {"application/octet-stream", "image/png", "text/csv", "text/plain; charset=utf-8"};
  const std::size_t windows[] = {16, 19, 64, 255, 512, 513, 4096, 16384};
  for (int number = 0; number < 300; ++number) {
    Mime mime;
    mime.name = "random_" + std::to_string(number);
    mime.eight_bit = random.below(2) == 0;
    mime.window = random.one_of(windows);
    mime.crumb = random.below(4) == 0 ? 1 + random.below(70) : 0;
    mime.slow = random.below(6) == 0;
    mime.rewindable = random.below(4) != 0;
    const auto size = [&random, &mime] { return size_for(random, mime.window); };
    if (random.below(4) != 0) mime.parts.push_back({"text", "text/plain", "", "", text_of(random, size())});
    if (random.below(2) != 0) mime.parts.push_back({"html", "text/html", "", "", text_of(random, size())});
    for (std::size_t left = random.below(3); left != 0; --left) {
      mime.parts.push_back({"inline", "image/gif", random.one_of(kNames), "id" + std::to_string(left) + "@example.com",
                            octets_of(random, size())});
    }
    for (std::size_t left = random.below(4); left != 0; --left) {
      mime.parts.push_back({"attachment", random.one_of(types), random.one_of(kNames), "",
                            octets_of(random, size())});
    }
    emit(directory, mime);
  }
}

void emit_sizes(const Directory& directory) {
  Random random;
  for (const std::size_t size : kSizes) {
    for (const TransferEncoding encoding : {TransferEncoding::quoted_printable, TransferEncoding::base64}) {
      const std::string octets = octets_of(random, size), text = text_of(random, size);
      Mime mime;
      mime.name = "size_" + std::to_string(size) + (encoding == TransferEncoding::base64 ? "_base64" : "_quoted");
      mime.parts = {{"text", "text/plain", "", "", text, encoding},
                    {"attachment", "application/octet-stream", "file.bin", "", octets, encoding}};
      emit(directory, mime);
      mime.name += "_alone";
      mime.parts.erase(mime.parts.begin());
      emit(directory, mime);
    }
  }
}

void emit_large(const Directory& directory) {
  Random random;
  Mime mime;
  mime.name = "large";
  mime.window = 16384;
  mime.parts = {{"text", "text/plain", "", "", "see the file\n"},
                {"attachment", "application/octet-stream", "large.bin", "", octets_of(random, 10000000)}};
  emit(directory, mime);
}

}  // namespace

void emit_mimes(const Directory& directory) {
  emit_random(directory);
  emit_sizes(directory);
  emit_large(directory);
}

}  // namespace mailmote
