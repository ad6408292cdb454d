/* Ready-made messages: of octets, of a source, of a text. Part of mailmote.h. */
#ifndef MAILMOTE_C_MESSAGE_H
#define MAILMOTE_C_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mailmote/c/recipient.h"
#include "mailmote/c/source.h"
#include "mailmote/c/tls.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Memory for a message whose content lies in memory. */
typedef struct mailmote_memory_message {
  void *pointers[10];
} mailmote_memory_message_t;

/* `content` is the whole message, header, empty line and body (RFC 5322), `size` octets, sent as it is but for its line
   ends. */
mailmote_message_t *mailmote_memory_message_init(mailmote_memory_message_t *memory, const char *sender,
                                                 mailmote_recipient_t *to, size_t count, const void *content,
                                                 size_t size);

/* Memory for a message whose content comes from a table and a context. */
typedef struct mailmote_source_message {
  void *pointers[9];
} mailmote_source_message_t;

/* The same from a source; `ops` and `context` are kept. NULL when `ops` is. */
mailmote_message_t *mailmote_source_message_init(mailmote_source_message_t *memory, const char *sender,
                                                 mailmote_recipient_t *to, size_t count,
                                                 const mailmote_source_ops_t *ops, void *context);

/* Memory for a message from any source, whose header may name blind recipients. */
typedef struct mailmote_raw_message {
  void *pointers[8];
  uint32_t words[2];
} mailmote_raw_message_t;

/* The same from any source, and a Bcc field in its header is left out. NULL when `source` is. */
mailmote_message_t *mailmote_raw_message_init(mailmote_raw_message_t *memory, const char *sender,
                                              mailmote_recipient_t *to, size_t count, mailmote_source_t *source);

/* Memory for a plain text mail. */
typedef struct mailmote_text_message {
  void *pointers[37];
  uint32_t words[14];
} mailmote_text_message_t;

/* A plain text mail: From, To and Cc (from the recipients), Subject, Date (from `clock`, kept for a resend) and MIME
   headers, and UTF-8 text as it is, as 8bit, quoted-printable or base64, by what the text holds and the server offers.
   `from` is also the envelope sender. Lines of `text` end with LF or CRLF. A control character in a field, or an
   address that is none, is MAILMOTE_INVALID_HEADER. */
mailmote_message_t *mailmote_text_message_init(mailmote_text_message_t *memory, const char *from,
                                               mailmote_recipient_t *to, size_t count, const char *subject,
                                               const char *text);

/* ---- More of the header ----------------------------------------------------------------------------------------- */

/* Memory for a header of the application's own. Several stand in an array. */
typedef struct mailmote_header {
  void *pointers[5];
} mailmote_header_t;

/* Makes a header. The name is printable ASCII without colon; the value is one line of UTF-8 text, encoded (RFC 2047)
   where needed and folded at blanks. `structured`: ids, addresses or keywords, printable ASCII that goes out as it is.
   What cannot stand is MAILMOTE_INVALID_HEADER when an operation starts; a header that may stand once and is given
   twice, or is one of the fields below, MAILMOTE_DUPLICATE_HEADER. */
void mailmote_header_init(mailmote_header_t *header, const char *name, const char *value, bool structured);

/* The fields of a composed message that are seldom needed. The strings, and the array, stay the application's. */
typedef struct mailmote_fields {
  const char *from_name;            /* names are UTF-8 and stand before the address */
  const char *sender;               /* the Sender header, when not the same as From; NULL: none */
  const char *sender_name;
  const char *reply_to;             /* NULL: none */
  const char *reply_to_name;
  const char *to_group;             /* a name for all that To holds, as in "Night shift: a@x, b@x;"; NULL: none */
  const char *message_id;           /* "<unique@domain>", as mailmote_make_message_id() writes it; NULL: none */
  uint32_t date;                    /* seconds since 1970-01-01 00:00 UTC; 0: from `clock` at the first start */
  const mailmote_header_t *headers; /* further headers */
  size_t header_count;
  bool auto_submitted;              /* says that no person wrote this mail, so that none answers by itself (RFC 3834);
                                       default: true */
} mailmote_fields_t;

/* Sets every member to its default. */
void mailmote_fields_init(mailmote_fields_t *fields);

/* Gives a text mail these fields, before it is started. */
void mailmote_text_message_set_fields(mailmote_text_message_t *message, const mailmote_fields_t *fields);

/* Writes a new Message-ID, "<16 octets in hex@domain>" and a NUL, into `out`. `domain` is the application's own, at
   most 200 printable characters. ok, or no_random_source, out_of_space (needs the domain and 36 octets),
   invalid_header. */
mailmote_status_t mailmote_make_message_id(mailmote_random_t random, const char *domain, char *out, size_t size);

#ifdef __cplusplus
}
#endif

#endif
