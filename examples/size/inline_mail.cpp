// HTML that shows a picture: multipart/related.
#include "mailmote/mime.hpp"
#include "one_mail.hpp"

namespace {

mailmote::MemorySource page("<img src=\"cid:tank@example.com\">\n"), octets("GIF89a");
mailmote::HtmlPart html(page);
mailmote::Inline picture("tank@example.com", "image/gif", octets);

constexpr mailmote::Options kOptions = options_in_clear();
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());
mailmote::MimeMessage message("sensor@example.com", to, "Tank 3 läuft leer");

}  // namespace

int main() {
  message.html = &html;
  message.inlines = picture;
  return send(client, message);
}
