/* Recipients, and what every message has. Part of mailmote.h. */
#ifndef MAILMOTE_C_RECIPIENT_H
#define MAILMOTE_C_RECIPIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mailmote/c/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where a composed message names a recipient. A bcc recipient is named nowhere but in the envelope. */
typedef enum {
  MAILMOTE_TO = 0,
  MAILMOTE_CC = 1,
  MAILMOTE_BCC = 2
} mailmote_recipient_kind_t;

/* Memory for one recipient and, after the operation, what became of it. Several stand in an array. */
typedef struct mailmote_recipient {
  void *pointers[4];
  uint32_t words[3];
} mailmote_recipient_t;

/* Makes a recipient of kind to. `address`: local-part@domain, at most 254 octets, without <>. */
void mailmote_recipient_init(mailmote_recipient_t *recipient, const char *address);

/* For composed messages: where to name it, and a name (UTF-8) to stand before the address. */
void mailmote_recipient_set_kind(mailmote_recipient_t *recipient, mailmote_recipient_kind_t kind);
void mailmote_recipient_set_display_name(mailmote_recipient_t *recipient, const char *name);

/* What became of it in the last operation, and the reply that said so: its code (0 when there was none) and its
   enhanced code. */
mailmote_recipient_outcome_t mailmote_recipient_outcome(const mailmote_recipient_t *recipient);
uint16_t mailmote_recipient_code(const mailmote_recipient_t *recipient);
mailmote_enhanced_t mailmote_recipient_enhanced(const mailmote_recipient_t *recipient);

/* What a client sends: an envelope (sender and recipients) and a content. Made by one of the init functions below in
   memory of the application's. In all of them the sender may be empty where it is only the envelope's: RFC 5321's null
   reverse-path <>, for alarms that must not bounce. `count`: 1..65,535 recipients (`to` NULL is none); their results
   are reset when an operation starts and written while it runs. Everything is checked by mailmote_start(), which takes
   NULL, what an init function returns where it was given NULL for a source or its table, for a message without
   recipients. */
typedef struct mailmote_message mailmote_message_t;

/* Names another envelope sender than the one that the message was made with; NULL or "": the null reverse-path. */
void mailmote_message_set_sender(mailmote_message_t *message, const char *sender);

#ifdef __cplusplus
}
#endif

#endif
