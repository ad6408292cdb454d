/* Everything that sends mail from a Linux program in C, in one object: mailer.hpp once more. Link with the C++ library.
 *
 *     static mailmote_posix_mailer_t mailer;
 *     static mailmote_text_message_t memory;
 *     mailmote_recipient_t to;
 *     mailmote_posix_mailer_init(&mailer, "smtp.example.com", "sensor", password);
 *     mailmote_recipient_init(&to, "ops@example.com");
 *     mailmote_message_t *mail =
 *         mailmote_text_message_init(&memory, "sensor@example.com", &to, 1, "Tank low", "Level 3 %");
 *     if (mailmote_posix_mailer_send(&mailer, mail, MAILMOTE_AFTER_QUIT) != MAILMOTE_OUTCOME_ACCEPTED)
 *       puts(mailmote_posix_mailer_describe(&mailer)); */
#ifndef MAILMOTE_POSIX_MAILER_H
#define MAILMOTE_POSIX_MAILER_H

#include "mailmote/mailmote.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Memory for a mailer, its windows of 16 KB included; best static. */
#define MAILMOTE_POSIX_MAILER_SIZE 40960

typedef union mailmote_posix_mailer {
  unsigned char octets[MAILMOTE_POSIX_MAILER_SIZE];
  void *pointer;
  long long number;
  long double strictest;
} mailmote_posix_mailer_t;

/* Makes a mailer to one server: by implicit TLS at port 465, else by STARTTLS at 587, verified against the certificates
   that the system trusts. With a user it logs in by the strongest mechanism that the server offers: SCRAM-SHA-256,
   SCRAM-SHA-1, CRAM-MD5, PLAIN, LOGIN; never in clear. `user` NULL: no login. The strings stay the application's. */
void mailmote_posix_mailer_init(mailmote_posix_mailer_t *memory, const char *host, const char *user,
                                const char *password);

/* Change what it is told, while nothing is under way. What is NULL in the options stays the mailer's: host, plan, auth,
   clock, chunking. TLS options that say nothing about whom to trust trust the system's certificates; without a clock or
   a random source they have the system's. */
void mailmote_posix_mailer_set_options(mailmote_posix_mailer_t *mailer, const mailmote_options_t *options);
void mailmote_posix_mailer_set_tls(mailmote_posix_mailer_t *mailer, const mailmote_tls_options_t *options);

/* Sends `message` and waits for the outcome, and for the orderly end of a connection that is not kept. While another
   mail is under way, and for a message of NULL: not sent. */
mailmote_outcome_t mailmote_posix_mailer_send(mailmote_posix_mailer_t *mailer, mailmote_message_t *message,
                                              mailmote_after_t after);

/* The same in a program with a loop of its own: begins (status as for mailmote_start()), then poll until it says done,
   and sleep when it says wait. */
mailmote_status_t mailmote_posix_mailer_start(mailmote_posix_mailer_t *mailer, mailmote_message_t *message,
                                              mailmote_after_t after);
mailmote_poll_t mailmote_posix_mailer_poll(mailmote_posix_mailer_t *mailer);
void mailmote_posix_mailer_sleep(mailmote_posix_mailer_t *mailer);

/* The last mail's result. A mail that could not even be begun is not sent, and the error says why. */
mailmote_outcome_t mailmote_posix_mailer_outcome(const mailmote_posix_mailer_t *mailer);
mailmote_error_t mailmote_posix_mailer_error(const mailmote_posix_mailer_t *mailer);

/* One sentence on the error, and what a known reply to a login means; valid until the next call. */
const char *mailmote_posix_mailer_describe(mailmote_posix_mailer_t *mailer);

/* The client in it, and what is known of the server's TLS; the texts stay until the next mail. */
mailmote_client_t *mailmote_posix_mailer_client(mailmote_posix_mailer_t *mailer);
mailmote_tls_report_t mailmote_posix_mailer_tls_report(const mailmote_posix_mailer_t *mailer);

#ifdef __cplusplus
}
#endif

#endif
