/* mailmote in C99: the same client, the same verbs, the same numbers as mailmote.hpp. The whole contract is in
 * mailmote/c/, which this header includes; ports have headers of their own in C.
 *
 *     static mailmote_client_t client;                      // objects are the application's, usually static
 *     static uint8_t rx[512], tx[512];
 *     static mailmote_recipient_t to;
 *     static mailmote_text_message_t memory;
 *     char line[MAILMOTE_SENTENCE_SIZE];
 *
 *     mailmote_options_t options;
 *     mailmote_options_init(&options, "smtp.example.com");
 *     mailmote_client_init(&client, sizeof client, stream, &options, rx, sizeof rx, tx, sizeof tx);
 *     mailmote_recipient_init(&to, "ops@example.com");
 *     mail = mailmote_text_message_init(&memory, "sensor@example.com", &to, 1, "Tank low", "Level 3 %");
 *     status = mailmote_start(&client, mail, MAILMOTE_AFTER_QUIT);
 *     ...
 *     if (mailmote_poll(&client, now_ms()) == MAILMOTE_POLL_DONE &&            // in the application's loop
 *         mailmote_outcome(&client) != MAILMOTE_OUTCOME_ACCEPTED)
 *       puts(mailmote_describe(mailmote_error(&client), line, sizeof line));
 *
 * Objects. Nothing here allocates, and nothing copies what it is given but the options: strings, windows, contents and
 * recipients stay the application's and must stay valid and in place as long as they are used. The types with members
 * `pointers` and `words` are memory for an object: only its init function and the functions that take it may touch it;
 * it must not be copied or moved. An init function may be called again when the object is idle. There is nothing to
 * release but a connection: mailmote_cancel(). No function blocks, and no two threads may call functions for one client
 * at once.
 *
 * Strings end with NUL; NULL is the same as "", and no octets at all may lie at NULL. Other pointers must not be NULL
 * where the function does not say what then happens.
 *
 * What is not called is not linked: text messages, parts, BDAT, each mechanism, each proxy, Auto, sentences, names and
 * advice cost nothing until their function is named. The library needs no C++ run-time library: the C compiler links a
 * program in C. (The port for POSIX systems does need one.)
 */
#ifndef MAILMOTE_MAILMOTE_H
#define MAILMOTE_MAILMOTE_H

#include "mailmote/c/auth.h"
#include "mailmote/c/client.h"
#include "mailmote/c/dsn.h"
#include "mailmote/c/message.h"
#include "mailmote/c/mime.h"
#include "mailmote/c/options.h"
#include "mailmote/c/proxy.h"
#include "mailmote/c/recipient.h"
#include "mailmote/c/source.h"
#include "mailmote/c/status.h"
#include "mailmote/c/stream.h"
#include "mailmote/c/tls.h"

#endif
