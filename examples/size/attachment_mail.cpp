// A text and a file: multipart/mixed.
#include "mailmote/mime.hpp"
#include "one_mail.hpp"

namespace {

mailmote::MemorySource words("Füllstand 3 %\n"), octets("GIF89a");
mailmote::TextPart text(words);
mailmote::Attachment file("Füllstand.gif", "image/gif", octets);

constexpr mailmote::Options kOptions = options_in_clear();
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());
mailmote::MimeMessage message("sensor@example.com", to, "Tank 3 läuft leer");

}  // namespace

int main() {
  message.text = &text;
  message.attachments = file;
  return send(client, message);
}
