/* A mail of several parts (RFC 2045 to 2049): text, HTML, inline pictures, attachments. Part of mailmote.h. */
#ifndef MAILMOTE_C_MIME_H
#define MAILMOTE_C_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mailmote/c/message.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How the octets of a part go out. */
typedef enum {
  MAILMOTE_ENCODING_AUTO = 0,             /* by the kind of the part, what it holds, and what the server offers */
  MAILMOTE_ENCODING_7BIT = 1,             /* as they are: ASCII in lines of at most 998 */
  MAILMOTE_ENCODING_8BIT = 2,             /* as they are, with octets above 127; the server must offer 8BITMIME */
  MAILMOTE_ENCODING_QUOTED_PRINTABLE = 3, /* for text that is mostly ASCII */
  MAILMOTE_ENCODING_BASE64 = 4,
  MAILMOTE_ENCODING_BINARY = 5,           /* octet by octet; the server must offer BINARYMIME and CHUNKING, and
                                             mailmote_use_chunking() be called */
  MAILMOTE_ENCODING_BINARY_IF_OFFERED = 6 /* that where it is possible, else as `auto` */
} mailmote_encoding_t;

/* Memory for the text, and for any other part. Several attachments stand in an array, and so do inline parts. */
typedef struct mailmote_text_part {
  void *pointers[7];
  uint32_t words[6];
} mailmote_text_part_t;

typedef struct mailmote_part {
  void *pointers[8];
  uint32_t words[4];
} mailmote_part_t;

/* Make a part from a source, which must not be NULL, and must not serve two parts when it cannot start again.

   The text, UTF-8 with lines ended by LF or CRLF; `flowed`: written as format=flowed says (RFC 3676). The same in HTML.
   What the HTML shows, by <img src="cid:ID">: `id` is visible ASCII without brackets, at most 200 octets; without an
   HTML part it goes among the attachments. A file. `type` is such as "image/png", with its parameters if it has any, at
   most 120 octets; `name` is a file name, UTF-8, at most 255 octets, or NULL. */
void mailmote_text_part_init(mailmote_text_part_t *part, mailmote_source_t *source, bool flowed);
void mailmote_html_part_init(mailmote_part_t *part, mailmote_source_t *source);
void mailmote_inline_init(mailmote_part_t *part, const char *id, const char *type, mailmote_source_t *source,
                          const char *name);
void mailmote_attachment_init(mailmote_part_t *part, const char *name, const char *type, mailmote_source_t *source);

/* Chooses the encoding of a part other than the text. One that cannot hold it is MAILMOTE_SOURCE_FAILED when an
   operation starts; binary that is not offered, MAILMOTE_BINARY_MIME_NOT_OFFERED. */
void mailmote_part_set_encoding(mailmote_part_t *part, mailmote_encoding_t encoding);

/* Memory for a mail of several parts, without the parts. */
typedef struct mailmote_mime_message {
  void *pointers[43];
  uint32_t words[34];
} mailmote_mime_message_t;

/* A mail with From (which is also the envelope sender), To and Cc (from the recipients), Subject, Date (from `clock`,
   kept for a resend), and the parts that it is given next. What is there makes its structure. A part is read once where
   its length follows from the length of its source, and once before to look through it where the source can start
   again. Memory does not depend on the size of the parts. */
mailmote_message_t *mailmote_mime_message_init(mailmote_mime_message_t *memory, const char *from,
                                               mailmote_recipient_t *to, size_t count, const char *subject);

/* Give it its parts, each at most once and before it is started; NULL, or a count of 0: none. The parts stay the
   application's. */
void mailmote_mime_message_set_text(mailmote_mime_message_t *message, mailmote_text_part_t *part);
void mailmote_mime_message_set_html(mailmote_mime_message_t *message, mailmote_part_t *part);
void mailmote_mime_message_set_inlines(mailmote_mime_message_t *message, mailmote_part_t *parts, size_t count);
void mailmote_mime_message_set_attachments(mailmote_mime_message_t *message, mailmote_part_t *parts, size_t count);

/* Gives it these fields, before it is started. */
void mailmote_mime_message_set_fields(mailmote_mime_message_t *message, const mailmote_fields_t *fields);

#ifdef __cplusplus
}
#endif

#endif
