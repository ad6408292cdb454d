// What the programs that show one feature share: a board's stream, a short mail, and the wait for its end.
#ifndef MAILMOTE_EXAMPLES_ONE_MAIL_HPP
#define MAILMOTE_EXAMPLES_ONE_MAIL_HPP

#include "board_stream.hpp"
#include "mailmote/text_message.hpp"

constexpr mailmote::Options options_in_clear() {
  mailmote::Options options;
  options.host = "192.0.2.25";
  options.port = 25;
  options.security = mailmote::Security::none;
  options.allow_clear = true;
  options.timeouts = &mailmote::kDeviceTimeouts;
  return options;
}

inline BoardStream stream;
inline mailmote::ClientBuffer<256, 128> windows;

inline mailmote::MemorySource content("From: sensor@example.com\r\nSubject: Tank low\r\n\r\nLevel 3 %\r\n");
inline mailmote::Recipient to("ops@example.com");
inline mailmote::Message short_mail("sensor@example.com", to, content);

/// 0: accepted, 1: not accepted, 2: not begun.
inline int send(mailmote::Client& client, mailmote::Message& message) {
  if (client.start(message) != mailmote::Status::ok) return 2;
  for (;;) {
    const mailmote::Poll poll = client.poll(board_ms());
    if (poll == mailmote::Poll::done) return client.outcome() == mailmote::Outcome::accepted ? 0 : 1;
    if (poll == mailmote::Poll::wait) sleep_until_needed(client);
  }
}

#endif
