// Mail after mail on one connection; what failed for now goes out again later, on a new one.
#include "board_stream.hpp"
#include "mailmote/text_message.hpp"

namespace {

constexpr mailmote::Options options() {
  mailmote::Options options;
  options.host = "mail.example.com";
  options.port = 25;
  options.security = mailmote::Security::none;
  options.allow_clear = true;
  options.timeouts = &mailmote::kDeviceTimeouts;
  return options;
}

constexpr mailmote::Options kOptions = options();
BoardStream stream;
mailmote::ClientBuffer<256, 256> windows;
mailmote::Client client(stream, kOptions, windows.rx(), windows.tx());

mailmote::MemorySource alarm_text("From: sensor@example.com\r\nSubject: Tank low\r\n\r\nLevel 3 %\r\n");
mailmote::MemorySource report_text("From: sensor@example.com\r\nSubject: Report\r\n\r\nAll is well.\r\n");
mailmote::Recipient operators[] = {"ops@example.com", "night@example.com"};
mailmote::Recipient archive("archive@example.com");
mailmote::Message alarm("", operators, alarm_text);
mailmote::Message report("sensor@example.com", archive, report_text);
mailmote::Message* const messages[] = {&alarm, &report};

void finish() {
  for (;;) {
    const mailmote::Poll poll = client.poll(board_ms());
    if (poll == mailmote::Poll::done || poll == mailmote::Poll::idle) return;
    if (poll == mailmote::Poll::wait) sleep_until_needed(client);
  }
}

bool keep_connection() {
  if (client.noop() != mailmote::Status::ok) return false;
  finish();
  return client.connected();
}

bool deliver(mailmote::Message& message) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    if (client.start(message, mailmote::After::keep) != mailmote::Status::ok) return false;
    finish();
    if (client.advice() != mailmote::Advice::retry_later) break;
    client.cancel();
    board_sleep(60000);
  }
  return client.outcome() == mailmote::Outcome::accepted;
}

}  // namespace

int main() {
  int failed = 0;
  for (mailmote::Message* message : messages) {
    if (!deliver(*message)) ++failed;
    board_sleep(1000);
    if (!keep_connection()) ++failed;
  }
  if (client.quit() == mailmote::Status::ok) finish();
  return failed;
}
