/* What a client is told: where, how safely, how patiently; Auto, and the hooks that see what goes on. Part of
   mailmote.h. */
#ifndef MAILMOTE_C_OPTIONS_H
#define MAILMOTE_C_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mailmote/c/auth.h"
#include "mailmote/c/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The longest time that a wrapping clock of milliseconds can measure (24.8 days), and "no limit". */
#define MAILMOTE_MAX_TIMEOUT 0x7fffffffU
#define MAILMOTE_FOREVER 0xffffffffU

/* How the connection is protected. Any but `none` needs a stream with a TLS layer: MAILMOTE_NO_TLS_LAYER. */
typedef enum {
  MAILMOTE_SECURITY_AUTO = 0,               /* TLS as the server has it: needs `plan` of the options */
  MAILMOTE_SECURITY_NONE = 1,               /* no TLS: only to this machine, or with `allow_clear` */
  MAILMOTE_SECURITY_STARTTLS = 2,           /* plain, then STARTTLS, or an error (RFC 3207) */
  MAILMOTE_SECURITY_IMPLICIT = 3,           /* TLS from the first octet (RFC 8314) */
  MAILMOTE_SECURITY_STARTTLS_IF_OFFERED = 4 /* STARTTLS where offered, else as none */
} mailmote_security_t;

/* What to do when some recipients are refused and others are not. */
typedef enum {
  MAILMOTE_REFUSED_RECIPIENT_CONTINUE = 0, /* send to the others */
  MAILMOTE_REFUSED_RECIPIENT_ABORT = 1     /* send to none. Costs one more round trip */
} mailmote_refused_recipient_t;

/* What to do with a CR or LF that stands alone in the content. It is never passed on (RFC 5321 section 2.3.8). */
typedef enum {
  MAILMOTE_LINE_ENDS_REPAIR = 0, /* make it CRLF */
  MAILMOTE_LINE_ENDS_REFUSE = 1  /* close the connection: not sent, MAILMOTE_BARE_LINE_END */
} mailmote_line_ends_t;

/* One bound a phase, in ms: 1..MAILMOTE_MAX_TIMEOUT, or MAILMOTE_FOREVER. A reply's bound is absolute: a server that
   drips octets does not prolong it. */
typedef struct {
  uint32_t connect;    /* name look-up and TCP connect */
  uint32_t tls;        /* TLS handshake */
  uint32_t greeting;   /* the 220; the server may be starting a process */
  uint32_t command;    /* reply to EHLO, HELO, RSET, NOOP */
  uint32_t mail;       /* reply to MAIL */
  uint32_t rcpt;       /* reply to each RCPT */
  uint32_t data;       /* reply to DATA */
  uint32_t data_block; /* for each time the connection takes octets while something is to be written */
  uint32_t content;    /* reply to the end of the content; short values lead to duplicates (RFC 1047) */
  uint32_t source;     /* a source, or a token's, that has nothing yet */
  uint32_t operation;  /* the whole of an operation, from start to the outcome */
} mailmote_timeouts_t;

/* RFC 5321 section 4.5.3.2: 5 min for greeting, MAIL and RCPT, 2 min for DATA, 3 min a block, 10 min for the final
   reply. */
extern const mailmote_timeouts_t mailmote_rfc_timeouts;

/* For devices: 10-60 s a phase, 2 min for the final reply, 5 min for the whole operation. */
extern const mailmote_timeouts_t mailmote_device_timeouts;

/* Memory for a plan of MAILMOTE_SECURITY_AUTO, and for hooks: see below. */
typedef struct mailmote_auto_security {
  void *pointers[3];
  uint32_t words[22];
} mailmote_auto_security_t;

typedef struct mailmote_observer {
  void *pointers[3];
} mailmote_observer_t;

/* What a client is told. A client keeps a copy; the strings, and what is pointed to, stay the application's. */
typedef struct mailmote_options {
  const char *host;             /* a name of at most 253 octets, or a numeric address without brackets */
  uint16_t port;                /* 0: the standard port of the security mode: 465 or 587 */
  mailmote_security_t security; /* default: auto */
  const char *helo;             /* the name to say in EHLO; NULL: the local address as a literal */
  mailmote_timeouts_t timeouts; /* default: mailmote_rfc_timeouts */
  uint32_t greeting_timeout;    /* bound for the greeting instead of timeouts.greeting, and for each try of auto;
                                   default: MAILMOTE_FOREVER: that one, and 10 s a try */
  mailmote_auto_security_t *plan;                 /* for auto, which needs one; NULL: none */
  mailmote_auth_t *auth;                          /* how to log in, before everything else; NULL: no login */
  bool allow_cleartext_credentials;               /* AUTH may go unencrypted, also to this machine; default: false */
  bool allow_clear;                               /* mail may go unencrypted to another machine; default: false */
  bool pipelining;                                /* use PIPELINING where offered; default: true */
  mailmote_refused_recipient_t refused_recipient; /* default: continue */
  mailmote_line_ends_t line_ends;                 /* default: repair */
  uint32_t (*clock)(void *context);               /* seconds since 1970-01-01 00:00 UTC for a message's Date, 0 while
                                                     not known; NULL: messages go out without a Date of ours */
  void *clock_context;
  mailmote_observer_t *observer;                  /* sees the dialogue; NULL: nobody does */
  const void *chunking;                           /* set by mailmote_use_chunking(); NULL: DATA always */
} mailmote_options_t;

/* Sets every member to its default. */
void mailmote_options_init(mailmote_options_t *options, const char *host);

/* Uses BDAT (RFC 3030) where the server offers CHUNKING. */
void mailmote_use_chunking(mailmote_options_t *options);

/* ---- Auto: how the server wants its TLS ------------------------------------------------------------------------- */

/* Makes a plan and returns it, for `plan` of the options. It tries TLS in the ways that servers have it (RFC 8314
   section 3): without a port, implicit TLS at 465, then STARTTLS at 587. At a given port both: implicit TLS first at
   465, STARTTLS first elsewhere. When all have failed and one was only silent, that one is tried again with the full
   greeting timeout. A server that has answered in TLS and fails then, by its certificate or an alert, ends it at once.
   Clear text comes last, only with `allow_clear`, and never when this plan has seen TLS or an offer of STARTTLS
   before. */
mailmote_auto_security_t *mailmote_auto_security_init(mailmote_auto_security_t *memory);

/* A way that was tried in the last operation, and what came of it. */
typedef struct {
  mailmote_security_t security; /* none, starttls or implicit */
  uint16_t port;
  mailmote_error_t error;       /* status ok: it worked, or the operation's error tells what became of it */
} mailmote_try_t;

/* How many ways were tried in the last operation, at most 4, and each in order; all zero for an `index` beyond. */
size_t mailmote_auto_security_count(const mailmote_auto_security_t *plan);
mailmote_try_t mailmote_auto_security_try(const mailmote_auto_security_t *plan, size_t index);

/* The way that worked, as an octet that an application may keep in flash: 0 when none did. What it is reminded of is
   tried first; an octet that means nothing is passed over. */
uint8_t mailmote_auto_security_remembered(const mailmote_auto_security_t *plan);
void mailmote_auto_security_remember(mailmote_auto_security_t *plan, uint8_t octet);

/* ---- Hooks ------------------------------------------------------------------------------------------------------ */

/* What a piece of output is; by the writer's state, not by looking at the octets. */
typedef enum {
  MAILMOTE_SENT_COMMAND = 0, /* octets of commands, with their CRLF; a command may come in several pieces */
  MAILMOTE_SENT_SECRET = 1,  /* octets of a credential: not to be shown */
  MAILMOTE_SENT_CONTENT = 2  /* octets of the message as they go out, with stuffed dots */
} mailmote_sent_t;

/* A whole reply (RFC 5321 section 4.2). */
typedef struct {
  uint16_t code;                /* 200..599 */
  mailmote_enhanced_t enhanced;
  mailmote_octets_t text;       /* the text of its last line, cut at the rx window */
} mailmote_reply_t;

/* Hooks, each of which may be NULL. They are called from mailmote_poll(), must return soon and must not call back into
   the client. What is handed over is valid during the call only. */
typedef struct mailmote_observer_ops {
  /* One line of a reply as it came, without CRLF. `cut`: it was longer than the rx window and the rest is dropped. In
     MAILMOTE_PHASE_EHLO these are the raw capability lines: see mailmote_parse_auth(). */
  void (*on_line)(void *context, mailmote_phase_t phase, const uint8_t *line, size_t size, bool cut);

  /* Octets that were put into the tx window. */
  void (*on_sent)(void *context, mailmote_phase_t phase, const uint8_t *octets, size_t size, mailmote_sent_t kind);

  /* The server's word on recipient `index`: its RCPT reply, or the reply that decided about the whole mail. */
  void (*on_recipient)(void *context, size_t index, const mailmote_reply_t *reply);
} mailmote_observer_ops_t;

/* Makes an observer and returns it, for `observer` of the options. `ops` and `context` are kept. NULL when `ops` is. */
mailmote_observer_t *mailmote_observer_init(mailmote_observer_t *memory, const mailmote_observer_ops_t *ops,
                                            void *context);

/* Writes octets so that a terminal or a log can hold them: printable ASCII and well-formed UTF-8 without control
   characters as they are, everything else (the backslash too) as \xNN. At most `size` - 1 characters and a NUL, never a
   part of an escape. Returns `out`, or "" when `size` is 0. */
const char *mailmote_escape(const void *octets, size_t count, char *out, size_t size);

#ifdef __cplusplus
}
#endif

#endif
