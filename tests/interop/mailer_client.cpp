// The Mailer as an application uses it, for test_mailer.py.
//
// mailer_client HOST PORT CA_FILE MAILS [poll]
//
// The environment variable MAILER_LOGIN is the password of the user "sensor"; without it there is no login.
//
// Sends MAILS mails, one after the other and each by a connection of its own, with send() or, if told so, with start()
// and poll(). Prints for each its outcome, how the connection was secured, and the sentence. CA_FILE "-": the system's.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "mailmote/mailmote.hpp"
#include "mailmote/posix/mailer.hpp"

namespace {

void send_by_polling(mailmote::posix::Mailer& mailer, mailmote::Message& message) {
  if (mailer.start(message) != mailmote::Status::ok) return;
  for (;;) {
    const mailmote::Poll poll = mailer.poll();
    if (poll == mailmote::Poll::idle) return;  // done was before that; the QUIT is answered now
    if (poll == mailmote::Poll::wait) mailer.sleep();
  }
}

const char* words(mailmote::Security security) {
  if (security == mailmote::Security::implicit) return "implicit";
  return security == mailmote::Security::starttls ? "starttls" : "none";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return 64;
  const char* const password = std::getenv("MAILER_LOGIN");
  static mailmote::posix::Mailer mailer(
      argv[1], password != nullptr ? mailmote::Credentials{"sensor", password, {}} : mailmote::Credentials{});
  mailer.options().port = static_cast<std::uint16_t>(std::atoi(argv[2]));
  mailer.options().greeting_timeout = 1500;  // a server of implicit TLS is silent when Auto tries STARTTLS first
  if (std::strcmp(argv[3], "-") != 0) mailer.tls().ca_file = argv[3];
  for (int i = std::atoi(argv[4]); i != 0; --i) {
    mailmote::Recipient to[] = {"ops@example.com"};
    mailmote::TextMessage mail("sensor@example.com", to, "Tank low", "Level 3 %");
    if (argc > 5) send_by_polling(mailer, mail);
    else mailer.send(mail);
    const mailmote::Text outcome = mailmote::name(mailer.outcome());
    std::printf("%s %s %s\n", outcome.data(), words(mailer.security()), mailer.describe().data());
  }
}
