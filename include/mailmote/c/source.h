/* Sources: contents that are pulled a window at a time. Part of mailmote.h. */
#ifndef MAILMOTE_C_SOURCE_H
#define MAILMOTE_C_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mailmote/c/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How the octets of a source are to be treated. */
typedef enum {
  MAILMOTE_CONTENT_ANY = 0,       /* anything: line ends are repaired (or refused) and dots stuffed */
  MAILMOTE_CONTENT_CANONICAL = 1, /* every line ends with CRLF, the last too, no other CR or LF: dots are stuffed */
  MAILMOTE_CONTENT_SAFE = 2       /* canonical, and no line begins with a dot: copied as it is */
} mailmote_content_form_t;

/* What the connection offers to the content that is about to be sent. */
typedef struct {
  bool eight_bit;   /* 8BITMIME */
  bool smtputf8;    /* SMTPUTF8 */
  bool encodes;     /* the octets will be encoded: `eight_bit` of the plan does not matter */
  bool binary_mime; /* BINARYMIME and CHUNKING, and mailmote_use_chunking() was called */
} mailmote_offer_t;

/* What a source says about the content that it is about to deliver. */
typedef struct {
  uint32_t length;   /* octets that read will deliver in all, when length_known */
  bool length_known; /* then delivering another number is an error: not sent */
  bool rewindable;   /* start may be called again */
  bool eight_bit;    /* holds octets above 127: MAIL gets BODY=8BITMIME, refused where not offered */
  bool smtputf8;     /* has UTF-8 in its header: MAIL gets SMTPUTF8, refused where not offered */
  mailmote_content_form_t form;
  bool binary;       /* no text of lines; `form` must be safe: MAIL gets BODY=BINARYMIME, refused where not offered */
  bool unfinished;   /* a part of the start was done that is short enough: start is to be called again with this plan */
} mailmote_content_plan_t;

typedef enum {
  MAILMOTE_READ_OK = 0,          /* *n >= 1 octets were delivered */
  MAILMOTE_READ_WOULD_BLOCK = 1, /* nothing yet: asked again every 20 ms, up to `timeouts.source` */
  MAILMOTE_READ_END = 2,         /* *n >= 0 octets were delivered and they were the last */
  MAILMOTE_READ_ERROR = 3        /* it cannot go on: not sent, MAILMOTE_SOURCE_FAILED */
} mailmote_read_t;

/* A content that is pulled a window at a time, written in C. Neither function may block or call back into the
   client. */
typedef struct mailmote_source_ops {
  /* Begins from the first octet. *plan is zeroed before the (first) call. ok, or why it cannot: source_not_rewindable,
     smtputf8_not_offered, eight_bit_not_offered, binary_mime_not_offered, invalid_header, source_failed. */
  mailmote_status_t (*start)(void *context, const mailmote_offer_t *offer, mailmote_content_plan_t *plan);

  /* Delivers the next octets, at most `size` (at least 16), and says in *n how many. *n is 0 before the call. */
  mailmote_read_t (*read)(void *context, uint8_t *into, size_t size, size_t *n);
} mailmote_source_ops_t;

/* Any content: of a message, or of a part of one. */
typedef struct mailmote_source mailmote_source_t;

/* Memory for a source made of a table and a context, and for one of octets in memory. */
typedef struct mailmote_custom_source {
  void *pointers[3];
} mailmote_custom_source_t;

typedef struct mailmote_memory_source {
  void *pointers[4];
} mailmote_memory_source_t;

/* Make a source; what is pointed to stays the application's. Each returns it; the first NULL when `ops` is. */
mailmote_source_t *mailmote_custom_source_init(mailmote_custom_source_t *memory, const mailmote_source_ops_t *ops,
                                               void *context);
mailmote_source_t *mailmote_memory_source_init(mailmote_memory_source_t *memory, const void *octets, size_t size);

#ifdef __cplusplus
}
#endif

#endif
