/* The client. Part of mailmote.h. */
#ifndef MAILMOTE_C_CLIENT_H
#define MAILMOTE_C_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mailmote/c/message.h"
#include "mailmote/c/options.h"
#include "mailmote/c/stream.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Octets of a reply's text that a client keeps: as in config.hpp, and the same for the library and for the application.
   Where they differ, mailmote_client_init() says MAILMOTE_OUT_OF_SPACE if the application's is the smaller one. */
#ifndef MAILMOTE_REPLY_TEXT
#define MAILMOTE_REPLY_TEXT 48
#endif

/* Smallest windows, in octets; and the smallest rx with AUTH. */
#define MAILMOTE_MIN_RX 128
#define MAILMOTE_MIN_TX 64
#define MAILMOTE_MIN_RX_AUTH 256

/* What poll asks of its caller. */
typedef enum {
  MAILMOTE_POLL_AGAIN = 0, /* there is more to do at once */
  MAILMOTE_POLL_WAIT = 1,  /* nothing to do before mailmote_wait() says so */
  MAILMOTE_POLL_DONE = 2,  /* the operation has just ended: outcome and error are final. Said once an operation */
  MAILMOTE_POLL_IDLE = 3   /* nothing under way and nothing to clean up */
} mailmote_poll_t;

/* What to wait for before the next poll: until the stream is readable or writable as said, or `timeout` ms have passed
   (MAILMOTE_FOREVER: no limit), whichever comes first. */
typedef struct {
  uint32_t timeout;
  bool want_read;
  bool want_write;
} mailmote_wait_t;

/* What happens to the connection after the operation. */
typedef enum {
  MAILMOTE_AFTER_QUIT = 0, /* QUIT rides along with the content; the connection is closed */
  MAILMOTE_AFTER_KEEP = 1  /* the connection stays open for the next mail */
} mailmote_after_t;

/* What an operation found out about the credentials. */
typedef enum {
  MAILMOTE_CREDENTIALS_VALID = 0,         /* the server took them */
  MAILMOTE_CREDENTIALS_INVALID = 1,       /* the server refused them for good */
  MAILMOTE_CREDENTIALS_COULD_NOT_TELL = 2 /* it did not come to that, or the server refused them for now */
} mailmote_credential_check_t;

/* The extensions that mailmote knows, as bits of mailmote_capabilities_t.flags. */
typedef enum {
  MAILMOTE_EXTENSION_SIZE = 0,              /* RFC 1870 */
  MAILMOTE_EXTENSION_PIPELINING,            /* RFC 2920 */
  MAILMOTE_EXTENSION_EIGHT_BIT_MIME,        /* RFC 6152 */
  MAILMOTE_EXTENSION_SMTPUTF8,              /* RFC 6531 */
  MAILMOTE_EXTENSION_CHUNKING,              /* RFC 3030 */
  MAILMOTE_EXTENSION_BINARY_MIME,           /* RFC 3030 */
  MAILMOTE_EXTENSION_DSN,                   /* RFC 3461 */
  MAILMOTE_EXTENSION_ENHANCED_STATUS_CODES, /* RFC 2034 */
  MAILMOTE_EXTENSION_STARTTLS,              /* RFC 3207 */
  MAILMOTE_EXTENSION_REQUIRE_TLS,           /* RFC 8689 */
  MAILMOTE_EXTENSION_LIMITS,                /* RFC 9422 */
  MAILMOTE_EXTENSION_AUTH                   /* RFC 4954 */
} mailmote_extension_t;

/* The last EHLO's answer; all zero after HELO. */
typedef struct {
  uint16_t flags;           /* 1 << MAILMOTE_EXTENSION_... */
  uint16_t rcpt_max;        /* LIMITS RCPTMAX, 0 when not given */
  uint16_t rcpt_domain_max; /* LIMITS RCPTDOMAINMAX, 0 when not given */
  uint16_t mail_max;        /* LIMITS MAILMAX, 0 when not given */
  uint32_t size_max;        /* octets; 0: no limit known */
} mailmote_capabilities_t;

/* Memory for a client, its windows not included. */
typedef struct mailmote_client {
  void *pointers[35];
  uint32_t words[58 + (MAILMOTE_REPLY_TEXT + 3) / 4];
} mailmote_client_t;

/* Makes a client over `stream`, with a copy of `options`. `size` is sizeof(mailmote_client_t) as the application sees
   it. The windows are what it reads and writes through: rx at least 128 octets (256 to log in), tx at least 64; larger
   ones mean fewer calls, not other behaviour.

   ok; or, and nothing was made: out_of_space (the library was built with a larger MAILMOTE_REPLY_TEXT than the
   application), nothing_to_do (`stream` or `options` is NULL). Options and windows are checked when an operation
   starts; a window at NULL has no octets. Called for a client that is not idle, it forgets its operation:
   mailmote_cancel() first. */
mailmote_status_t mailmote_client_init(mailmote_client_t *client, size_t size, mailmote_stream_t *stream,
                                       const mailmote_options_t *options, void *rx, size_t rx_size, void *tx,
                                       size_t tx_size);

/* Begins to send `message`, on the connection that is open or on a new one. ok: poll until done. Otherwise nothing was
   begun: busy, window_too_small, no_host, invalid_host, invalid_helo, timeout_out_of_range, no_tls_layer,
   no_security_plan, no_recipients (also where `message` is NULL), too_many_recipients, invalid_sender,
   invalid_recipient, invalid_dsn. After done, mailmote_error() may hold any status.

   A client that was zeroed and never made, and NULL for one, is idle: whatever begins an operation says
   window_too_small. */
mailmote_status_t mailmote_start(mailmote_client_t *client, mailmote_message_t *message, mailmote_after_t after);

/* Begins to connect and to learn the capabilities; the connection stays open. Status as for mailmote_start(). */
mailmote_status_t mailmote_connect(mailmote_client_t *client);

/* Begins to connect anew, to learn the capabilities and to leave with QUIT: no transaction is opened. With `auth` it
   logs in as well. Status as for mailmote_start(). */
mailmote_status_t mailmote_get_capabilities(mailmote_client_t *client);

/* The same, to find out whether `auth` of the options is right: see mailmote_credential_check() when it is done. Status
   as for mailmote_start(), or nothing_to_do where there is no `auth`. */
mailmote_status_t mailmote_validate_credentials(mailmote_client_t *client);

/* What the last operation found out about the credentials; when could_not_tell, mailmote_error() says why. */
mailmote_credential_check_t mailmote_credential_check(const mailmote_client_t *client);

/* Begins a NOOP, on the connection that is open or on a new one. Status as for mailmote_start(). */
mailmote_status_t mailmote_noop(mailmote_client_t *client);

/* Begins an orderly end of the open connection: QUIT. ok, busy, or nothing_to_do. */
mailmote_status_t mailmote_quit(mailmote_client_t *client);

/* Moves the operation: at most one read and one write of the stream, a bounded amount of work. `now` is any steady
   clock in milliseconds; it may start anywhere and wrap around. When it has said done, the application may go on
   polling (a QUIT is answered in the background, up to 5 s) until idle, or start the next operation at once. */
mailmote_poll_t mailmote_poll(mailmote_client_t *client, uint32_t now);

/* What to wait for after poll said wait. Polling earlier or more often does no harm. */
mailmote_wait_t mailmote_wait(const mailmote_client_t *client, uint32_t now);

/* Ends the operation and the connection at once, without blocking. The outcome is not sent or unknown by what was sent
   so far, and poll will not say done for it. The client can be used again. */
void mailmote_cancel(mailmote_client_t *client);

/* The last operation's result. The error's status is ok when nothing went wrong; with refused recipients it is
   recipients_rejected even though others were accepted. The outcome and the advice are read from the recipients: they
   and the message must still be there. */
mailmote_outcome_t mailmote_outcome(const mailmote_client_t *client);
mailmote_error_t mailmote_error(const mailmote_client_t *client);

/* What to do next. */
mailmote_advice_t mailmote_advice(const mailmote_client_t *client);

/* One sentence on what a provider's reply to a login, or for want of one, means and what to do: "Gmail refuses the
   password: it needs an app password or OAuth". "" when the reply is none of those that are known. */
const char *mailmote_auth_advice(const mailmote_client_t *client);

/* Writes the text of the reply that the error tells of, or of the last reply, into `out`, so that a terminal or a log
   can hold it: control characters, the backslash and stray octets as \xNN. Cut at MAILMOTE_REPLY_TEXT octets and at
   `size` - 1 characters, ended by NUL; returns `out`, or "" when `size` is 0. */
const char *mailmote_reply_text(const mailmote_client_t *client, char *out, size_t size);

/* What the server offered in the last EHLO; kept after the connection has ended. */
mailmote_capabilities_t mailmote_capabilities(const mailmote_client_t *client);

/* Whether a connection is open and ready for the next operation. */
bool mailmote_connected(const mailmote_client_t *client);

/* How the last connection was secured: none, starttls or implicit. */
mailmote_security_t mailmote_security(const mailmote_client_t *client);

/* What is awaited at present; idle when nothing is. */
mailmote_phase_t mailmote_phase(const mailmote_client_t *client);

/* How often, on the last connection and after its greeting, there was nothing to do but wait for the server. */
uint16_t mailmote_round_trips(const mailmote_client_t *client);

#ifdef __cplusplus
}
#endif

#endif
