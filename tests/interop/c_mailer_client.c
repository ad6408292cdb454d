/* The mailer in C as an application uses it, for test_mailer.py: mailer_client.cpp once more, with the same arguments
 * and the same lines.
 *
 *   c_mailer_client HOST PORT CA_FILE MAILS [poll] */
#include <mailmote/posix/mailer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static mailmote_posix_mailer_t mailer;

static void send_by_polling(mailmote_message_t *message) {
  if (mailmote_posix_mailer_start(&mailer, message, MAILMOTE_AFTER_QUIT) != MAILMOTE_OK) return;
  for (;;) {
    const mailmote_poll_t poll = mailmote_posix_mailer_poll(&mailer);
    if (poll == MAILMOTE_POLL_IDLE) return; /* done was before that; the QUIT is answered now */
    if (poll == MAILMOTE_POLL_WAIT) mailmote_posix_mailer_sleep(&mailer);
  }
}

static const char *words(mailmote_security_t security) {
  if (security == MAILMOTE_SECURITY_IMPLICIT) return "implicit";
  return security == MAILMOTE_SECURITY_STARTTLS ? "starttls" : "none";
}

/* What cannot be, whatever became of the mail. */
static bool is_sound(void) {
  const mailmote_tls_report_t report = mailmote_posix_mailer_tls_report(&mailer);
  const bool accepted = mailmote_posix_mailer_outcome(&mailer) == MAILMOTE_OUTCOME_ACCEPTED;
  if (accepted && !(report.established && report.chain_verified && report.host_verified)) return false;
  return accepted == (mailmote_posix_mailer_error(&mailer).status == MAILMOTE_OK);
}

int main(int argc, char **argv) {
  mailmote_options_t options;
  mailmote_tls_options_t tls;
  if (argc < 5) return 64;
  const char *const password = getenv("MAILER_LOGIN");
  mailmote_posix_mailer_init(&mailer, argv[1], password != NULL ? "sensor" : NULL, password);
  mailmote_options_init(&options, NULL);
  options.port = (uint16_t)atoi(argv[2]);
  options.greeting_timeout = 1500; /* a server of implicit TLS is silent when Auto tries STARTTLS first */
  mailmote_posix_mailer_set_options(&mailer, &options);
  mailmote_tls_options_init(&tls);
  if (strcmp(argv[3], "-") != 0) tls.ca_file = argv[3];
  mailmote_posix_mailer_set_tls(&mailer, &tls);
  for (int i = atoi(argv[4]); i != 0; --i) {
    static mailmote_text_message_t memory;
    mailmote_recipient_t to;
    mailmote_recipient_init(&to, "ops@example.com");
    mailmote_message_t *mail =
        mailmote_text_message_init(&memory, "sensor@example.com", &to, 1, "Tank low", "Level 3 %");
    if (argc > 5) send_by_polling(mail);
    else mailmote_posix_mailer_send(&mailer, mail, MAILMOTE_AFTER_QUIT);
    printf("%s %s %s\n", mailmote_outcome_name(mailmote_posix_mailer_outcome(&mailer)),
           words(mailmote_security(mailmote_posix_mailer_client(&mailer))), mailmote_posix_mailer_describe(&mailer));
    if (!is_sound()) return 70;
  }
  return mailmote_posix_mailer_send(&mailer, NULL, MAILMOTE_AFTER_QUIT) == MAILMOTE_OUTCOME_NOT_SENT ? 0 : 71;
}
