// A mail of text, HTML, an inline picture and an attachment, composed by the library.
#include "board_stream.hpp"
#include "mailmote/mime.hpp"
#include "mailmote/text_message.hpp"

namespace {

mailmote::UnixTime unix_time(void*) { return board_unix_time(); }

constexpr mailmote::Options options() {
  mailmote::Options options;
  options.host = "192.0.2.25";
  options.port = 25;
  options.security = mailmote::Security::none;
  options.allow_clear = true;
  options.timeouts = &mailmote::kDeviceTimeouts;
  options.clock.read = unix_time;
  return options;
}

constexpr mailmote::Options kOptions = options();
BoardStream stream;
mailmote::ClientBuffer<128, 128> windows;
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());

mailmote::Recipient to[] = {"ops@example.com"};
mailmote::MemorySource words("Füllstand 3 %\n"), page("<p>Füllstand <b>3 %</b>\n"), octets("GIF89a");
mailmote::TextPart text(words);
mailmote::HtmlPart html(page);
mailmote::Inline picture("tank@example.com", "image/gif", octets);
mailmote::Attachment file("Füllstand.gif", "image/gif", octets);
mailmote::MimeMessage message("sensor@example.com", to, "Tank 3 läuft leer");

}  // namespace

int main() {
  message.text = &text;
  message.html = &html;
  message.inlines = picture;
  message.attachments = file;
  if (client.start(message) != mailmote::Status::ok) return 2;
  for (;;) {
    const mailmote::Poll poll = client.poll(board_ms());
    if (poll == mailmote::Poll::done) return client.outcome() == mailmote::Outcome::accepted ? 0 : 1;
    if (poll == mailmote::Poll::wait) sleep_until_needed(client);
  }
}
