// The least that mails: one message from memory to one recipient, through a stream of the board's own.
#include "board_stream.hpp"
#include "mailmote/text_message.hpp"

namespace {

constexpr mailmote::Options options() {
  mailmote::Options options;
  options.host = "192.0.2.25";
  options.port = 25;
  options.security = mailmote::Security::none;
  options.allow_clear = true;
  options.timeouts = &mailmote::kDeviceTimeouts;
  return options;
}

constexpr mailmote::Options kOptions = options();
BoardStream stream;
mailmote::ClientBuffer<128, 128> windows;
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());

mailmote::MemorySource content("From: sensor@example.com\r\nSubject: Tank low\r\n\r\nLevel 3 %\r\n");
mailmote::Recipient to("ops@example.com");
mailmote::Message message("sensor@example.com", to, content);

}  // namespace

int main() {
  if (client.start(message) != mailmote::Status::ok) return 2;
  for (;;) {
    const mailmote::Poll poll = client.poll(board_ms());
    if (poll == mailmote::Poll::done) return client.outcome() == mailmote::Outcome::accepted ? 0 : 1;
    if (poll == mailmote::Poll::wait) sleep_until_needed(client);
  }
}
