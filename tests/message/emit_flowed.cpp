#include <random>

#include "mailmote/sources.hpp"
#include "mailmote/text_message.hpp"
#include "message/emit_mime.hpp"

namespace mailmote {
namespace {

const std::string kPieces[] = {"a", "word ", "two words ", "\xc3\xa4\xe6\x97\xa5 ", "  ", "\n", "\r\n", ">", " ", "From ",
                               "-- ", "\n-- \n", "a-word-that-is-longer-than-any-line-that-such-a-text-may-have-at-all-and-more "};

void emit(const Directory& directory, const std::string& name, const std::string& words, std::size_t window) {
  MemorySource source{words};
  FlowedSource flowed(source);
  TextPart text(flowed);
  text.flowed = true;
  Recipient to{"ops@example.com"};
  MimeMessage message("sensor@example.com", to, "Tank low");
  message.text = &text;
  Offer offer;
  offer.eight_bit = (words.size() & 1U) != 0;
  directory.write("flowed_" + name + ".txt", words);
  directory.write("flowed_" + name + ".eml", content_of(message.content, offer, window));
}

}  // namespace

void emit_flowed(const Directory& directory) {
  std::mt19937 random{3676};
  for (int number = 0; number < 100; ++number) {
    std::string words;
    for (unsigned long left = random() % 60; left != 0; --left) words += kPieces[random() % std::size(kPieces)];
    emit(directory, std::to_string(number), words, 16 + random() % 600);
  }
}

}  // namespace mailmote
