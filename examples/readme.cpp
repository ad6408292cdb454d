// The example of README.md: a login and one mail over verified TLS, waiting until it is done.
#include <cstdio>
#include <cstdlib>

#include "mailmote/mailmote.hpp"
#include "mailmote/posix/mailer.hpp"

int main() {
  const char* const password = std::getenv("SMTP_PASSWORD");
  if (password == nullptr) return 78;

  static mailmote::posix::Mailer mailer("smtp.example.com", {"sensor", password});
  mailmote::Recipient to[] = {"ops@example.com"};
  mailmote::TextMessage mail("sensor@example.com", to, "Tank low", "Level 3 %");
  const mailmote::Outcome outcome = mailer.send(mail);
  if (outcome != mailmote::Outcome::accepted) std::puts(mailer.describe().data());

  return outcome == mailmote::Outcome::accepted ? 0 : 1;
}
