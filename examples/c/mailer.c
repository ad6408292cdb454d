/* The first example of README.md in C: a login and one mail over verified TLS, waiting until it is done. Link with the
   C++ library: the port for POSIX systems needs it. */
#include <mailmote/posix/mailer.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  const char *password = getenv("SMTP_PASSWORD");
  if (password == NULL) return 78;

  static mailmote_posix_mailer_t mailer;
  static mailmote_text_message_t text;
  mailmote_recipient_t to;
  mailmote_posix_mailer_init(&mailer, "smtp.example.com", "sensor", password);
  mailmote_recipient_init(&to, "ops@example.com");
  mailmote_message_t *mail = mailmote_text_message_init(&text, "sensor@example.com", &to, 1, "Tank low", "Level 3 %");
  const mailmote_outcome_t outcome = mailmote_posix_mailer_send(&mailer, mail, MAILMOTE_AFTER_QUIT);
  if (outcome != MAILMOTE_OUTCOME_ACCEPTED) puts(mailmote_posix_mailer_describe(&mailer));

  return outcome == MAILMOTE_OUTCOME_ACCEPTED ? 0 : 1;
}
