/* Delivery status notifications (RFC 3461): what the servers report about a mail later on. Part of mailmote.h. */
#ifndef MAILMOTE_C_DSN_H
#define MAILMOTE_C_DSN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mailmote/c/message.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is reported, as a set: MAILMOTE_NOTIFY_SUCCESS | MAILMOTE_NOTIFY_FAILURE. `never` stands alone. */
typedef enum {
  MAILMOTE_NOTIFY_DEFAULT = 0, /* not said: servers report failures, and delays as they see fit */
  MAILMOTE_NOTIFY_NEVER = 1,
  MAILMOTE_NOTIFY_SUCCESS = 2, /* that it was delivered */
  MAILMOTE_NOTIFY_FAILURE = 4,
  MAILMOTE_NOTIFY_DELAY = 8
} mailmote_notify_t;

/* How much of the mail a report of failure brings back. */
typedef enum {
  MAILMOTE_DSN_RETURN_DEFAULT = 0,
  MAILMOTE_DSN_RETURN_FULL = 1,
  MAILMOTE_DSN_RETURN_HEADERS = 2
} mailmote_dsn_return_t;

/* Memory for what is asked for one recipient; as many as the message has recipients stand in an array. */
typedef struct mailmote_recipient_dsn {
  void *pointers[3];
} mailmote_recipient_dsn_t;

/* Asks for reports about one recipient. `original_recipient` is the address as it first was, which the report names; at
   most 500 octets as it is written; NULL: not said. */
void mailmote_recipient_dsn_init(mailmote_recipient_dsn_t *wish, unsigned notify, const char *original_recipient);

/* Memory for what is asked for a mail. */
typedef struct mailmote_dsn {
  void *pointers[6];
  uint32_t words[2];
} mailmote_dsn_t;

/* Makes a wish for reports, which go to the envelope sender as mails. `notify` is a set, for all recipients;
   `envelope_id` is repeated by the reports, printable ASCII, at most 100 octets as it is written; NULL: none. A server
   that does not offer DSN is asked for nothing, and the mail goes out all the same; with `required` it does not:
   MAILMOTE_DSN_NOT_OFFERED. What cannot be sent, a set with `never` and something else, and another number of wishes
   than of recipients are MAILMOTE_INVALID_DSN when the operation starts. */
void mailmote_dsn_init(mailmote_dsn_t *dsn, unsigned notify, mailmote_dsn_return_t ret, const char *envelope_id,
                       bool required);

/* One wish a recipient, in their order, instead of the set for all. The array stays the application's. */
void mailmote_dsn_set_recipients(mailmote_dsn_t *dsn, const mailmote_recipient_dsn_t *wishes, size_t count);

/* Gives a message of any kind a wish for reports; NULL: none. It stays the application's. */
void mailmote_message_set_dsn(mailmote_message_t *message, mailmote_dsn_t *dsn);

/* Whether the server was asked when the mail was last sent; false when it does not offer DSN. */
bool mailmote_dsn_asked(const mailmote_dsn_t *dsn);

#ifdef __cplusplus
}
#endif

#endif
