// A text and the same in HTML: multipart/alternative.
#include "mailmote/mime.hpp"
#include "one_mail.hpp"

namespace {

mailmote::MemorySource words("Füllstand 3 %\n"), page("<p>Füllstand <b>3 %</b>\n");
mailmote::TextPart text(words);
mailmote::HtmlPart html(page);

constexpr mailmote::Options kOptions = options_in_clear();
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());
mailmote::MimeMessage message("sensor@example.com", to, "Tank 3 läuft leer");

}  // namespace

int main() {
  message.text = &text;
  message.html = &html;
  return send(client, message);
}
