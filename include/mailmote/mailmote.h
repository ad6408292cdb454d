/* mailmote in C99: the same client, the same verbs, the same numbers as mailmote.hpp, and the whole contract.
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
 * recipients stay the application's and must stay valid and in place as long as they are used. The types named
 * mailmote_..._t with members `pointers` and `words` are memory for an object: only its init function and the functions
 * that take it may touch it; it must not be copied or moved. An init function may be called again when the object is
 * idle. There is nothing to release. No function blocks, and no two threads may call functions for one client at once.
 *
 * Strings end with NUL. NULL is the same as "".
 *
 * What is not called is not linked: text messages, BDAT, sentences, names and advice cost nothing until their function
 * is named. The library needs no C++ run-time library when it was compiled with optimisation; a program in C is linked
 * by the C compiler.
 */
#ifndef MAILMOTE_MAILMOTE_H
#define MAILMOTE_MAILMOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Octets of a reply's text that a client keeps: as in config.hpp, and the same for the library and for the application.
   Where they differ, mailmote_client_init() says MAILMOTE_OUT_OF_SPACE if the application's is the smaller one. */
#ifndef MAILMOTE_REPLY_TEXT
#define MAILMOTE_REPLY_TEXT 48
#endif

/* The longest time that a wrapping clock of milliseconds can measure (24.8 days), and "no limit". */
#define MAILMOTE_MAX_TIMEOUT 0x7fffffffU
#define MAILMOTE_FOREVER 0xffffffffU

/* Smallest windows, in octets. */
#define MAILMOTE_MIN_RX 128
#define MAILMOTE_MIN_TX 64

/* ---- What happened -------------------------------------------------------------------------------------------- */

/* Why something did not go as asked. The value divided by 32 is its group, mailmote_status_group_t. */
typedef enum {
  MAILMOTE_OK = 0,

  /* Usage: the call, the options or the message; nothing was sent because of it. */
  MAILMOTE_BUSY = 1,                   /* an operation is still under way */
  MAILMOTE_WINDOW_TOO_SMALL = 2,       /* tx below 64 or rx below 128 octets */
  MAILMOTE_TIMEOUT_OUT_OF_RANGE = 3,   /* a timeout of 0 or above 2^31 - 1 ms */
  MAILMOTE_NO_HOST = 4,                /* the server's host name is empty */
  MAILMOTE_INVALID_HOST = 5,           /* the host name holds a blank or control character, or is longer than 253 */
  MAILMOTE_INVALID_HELO = 6,           /* the EHLO name holds a blank or control character, or is longer than 255 */
  MAILMOTE_INVALID_SENDER = 7,         /* the envelope sender is not an address (RFC 5321 section 4.1.2), not empty */
  MAILMOTE_INVALID_RECIPIENT = 8,      /* a recipient is not an address (RFC 5321 section 4.1.2) */
  MAILMOTE_NO_RECIPIENTS = 9,          /* the message has no recipient */
  MAILMOTE_INVALID_HEADER = 10,        /* a header's name or value holds what would break the header (RFC 5322) */
  MAILMOTE_DUPLICATE_HEADER = 11,      /* a header that may stand once was given twice (RFC 5322 section 3.6) */
  MAILMOTE_CLEAR_TEXT_REFUSED = 12,    /* not encrypted, not to this machine, and `allow_clear` is not set */
  MAILMOTE_NO_TLS_LAYER = 13,          /* the security asked for needs TLS and the stream has no TLS layer */
  MAILMOTE_NO_RANDOM_SOURCE = 14,      /* something needs random octets and none were given */
  MAILMOTE_SOURCE_FAILED = 15,         /* the content's source reported an error */
  MAILMOTE_SOURCE_LENGTH = 16,         /* the source delivered more or fewer octets than it announced */
  MAILMOTE_SOURCE_NOT_REWINDABLE = 17, /* the content had to be read again and its source cannot start again */
  MAILMOTE_BARE_LINE_END = 18,         /* the content holds a CR or LF on its own and line ends are refused */
  MAILMOTE_CANCELLED = 19,             /* mailmote_cancel() was called */
  MAILMOTE_NOTHING_TO_DO = 20,         /* the connection is not open, so there is nothing to quit */
  MAILMOTE_OUT_OF_SPACE = 21,          /* the caller's memory is too small for the result */
  MAILMOTE_NO_SECURITY_PLAN = 22,             /* the security is `automatic` and `Options::plan` is not set */
  MAILMOTE_CLEARTEXT_CREDENTIALS_REFUSED = 23,/* the connection is not encrypted and `allow_cleartext_credentials` is not set */
  MAILMOTE_INVALID_CREDENTIALS = 24,          /* user, password, identity or token hold a character that the mechanism cannot carry */
  MAILMOTE_TOKEN_FAILED = 25,                 /* the source of the token reported an error */
  MAILMOTE_INVALID_PROXY = 26,                /* the proxy's host, user or password is empty, too long or cannot be sent */

  /* Transport. */
  MAILMOTE_NAME_NOT_FOUND = 32,        /* the host name has no address */
  MAILMOTE_NAME_LOOKUP_FAILED = 33,    /* the name server did not answer, or with an error */
  MAILMOTE_CONNECTION_REFUSED = 34,    /* nothing listens at that address and port */
  MAILMOTE_UNREACHABLE = 35,           /* no route to the host or network */
  MAILMOTE_CONNECTION_CLOSED = 36,     /* the server closed the connection */
  MAILMOTE_CONNECTION_RESET = 37,      /* the connection broke: reset, or the peer vanished */
  MAILMOTE_TRANSPORT_ERROR = 38,       /* any other error of the socket layer; see mailmote_error_t.native */
  MAILMOTE_BIND_FAILED = 39,           /* the local address, port or interface that was asked for cannot be used */
  MAILMOTE_TLS_HANDSHAKE_FAILED = 64,         /* for a reason that has no name here; see Error::native */
  MAILMOTE_TLS_ALERT = 65,                    /* the server ended TLS with an alert: TlsReport::alert */
  MAILMOTE_TLS_VERSION_UNAVAILABLE = 66,      /* the TLS library lacks a version that TlsOptions asks for */
  MAILMOTE_TLS_VERSION_REFUSED = 67,          /* the server speaks none of the versions that TlsOptions allows */
  MAILMOTE_TLS_CERTIFICATE_EXPIRED = 68,      /* the server's certificate, or one above it, has expired */
  MAILMOTE_TLS_CERTIFICATE_NOT_YET_VALID = 69,/* its time has not come, or the clock is wrong */
  MAILMOTE_TLS_WRONG_HOST = 70,               /* the server's certificate was issued for other names */
  MAILMOTE_TLS_UNTRUSTED = 71,                /* no trusted certificate vouches for the server's */
  MAILMOTE_TLS_PIN_MISMATCH = 72,             /* the server's key is none of the pins */
  MAILMOTE_TLS_BAD_CERTIFICATE = 73,          /* revoked, too weak, for another use, or broken; flags in Error::native */
  MAILMOTE_TLS_CLOCK_NOT_SET = 74,            /* the time of day is needed for certificates and not known */
  MAILMOTE_TLS_NO_TRUST = 75,                 /* neither trusted certificates nor a pin were given */
  MAILMOTE_TLS_INVALID_CA = 76,               /* the trusted certificates cannot be read */
  MAILMOTE_TLS_INVALID_KEY = 77,              /* the client's own certificate or key cannot be read, or do not fit together */
  MAILMOTE_TLS_CLIENT_CERTIFICATE_REFUSED = 78,/* the server wants another client certificate, or one at all */
  MAILMOTE_TLS_OUT_OF_MEMORY = 79,            /* the TLS library's memory or arena is too small */
  MAILMOTE_TLS_PLAIN_TEXT = 80,               /* what the server sent is not TLS: it speaks in clear here */
  MAILMOTE_TLS_TRUNCATED = 81,                /* the connection ended without TLS's own end */
  MAILMOTE_TLS_BROKEN_RECORD = 82,            /* octets that do not belong to this TLS connection */
  MAILMOTE_TLS_INVALID_OPTIONS = 83,          /* TlsOptions contradict each other, such as min above max */
  MAILMOTE_PROXY_UNREACHABLE = 96,            /* the proxy itself cannot be reached; see Error::native */
  MAILMOTE_PROXY_AUTH_REQUIRED = 97,          /* the proxy wants a user and password, or another kind of login */
  MAILMOTE_PROXY_AUTH_REJECTED = 98,          /* the proxy refuses the user and password */
  MAILMOTE_PROXY_REFUSED = 99,                /* the proxy does not allow this connection */
  MAILMOTE_PROXY_HOST_UNREACHABLE = 100,      /* the proxy cannot reach or find the server */
  MAILMOTE_PROXY_CONNECTION_REFUSED = 101,    /* the server refused the proxy's connection */
  MAILMOTE_PROXY_UNSUPPORTED = 102,           /* the proxy, or its protocol, cannot do what is asked, such as IPv6 by SOCKS4 */
  MAILMOTE_PROXY_FAILED = 103,                /* the proxy failed for a reason of its own */
  MAILMOTE_PROXY_PROTOCOL = 104,              /* what the proxy said does not belong to its protocol */
  MAILMOTE_PROXY_CLOSED = 105,                /* the proxy closed the connection before it was through */

  /* Protocol: the server broke SMTP. */
  MAILMOTE_MALFORMED_REPLY = 128,      /* a line that is not a reply (RFC 5321 section 4.2) */
  MAILMOTE_REPLY_CODE_CHANGED = 129,   /* the code changed inside a reply of many lines */
  MAILMOTE_UNEXPECTED_REPLY = 130,     /* a code that does not fit the command */
  MAILMOTE_REPLY_WITHOUT_COMMAND = 131, /* a reply that nothing had asked for */
  MAILMOTE_EARLY_SUCCESS = 132,        /* "accepted" before the end of the content was sent */
  MAILMOTE_REPLY_TOO_LONG = 133,       /* one reply of more than 64 KiB */
  MAILMOTE_STARTTLS_INJECTION = 134,          /* octets in clear behind the reply to STARTTLS: somebody tampers with the connection */
  MAILMOTE_TLS_BEFORE_GREETING = 135,         /* the server speaks TLS from the first octet */
  MAILMOTE_MALFORMED_CHALLENGE = 136,         /* what the server said during AUTH does not belong to the mechanism */
  MAILMOTE_SERVER_NOT_VERIFIED = 137,         /* the server said yes to AUTH without having shown that it knows the credentials */
  MAILMOTE_ITERATIONS_REFUSED = 138,          /* SCRAM with fewer iterations than 4096 (RFC 7677) or more than the limit */

  /* Rejected: the server understood and said no, or what it offers does not suffice. */
  MAILMOTE_GREETING_REJECTED = 160,    /* the server greeted with 4xx or 5xx */
  MAILMOTE_EHLO_REJECTED = 161,        /* EHLO and HELO were refused */
  MAILMOTE_SENDER_REJECTED = 162,      /* MAIL was refused */
  MAILMOTE_RECIPIENTS_REJECTED = 163,  /* some or all recipients were refused; see each recipient */
  MAILMOTE_DATA_REJECTED = 164,        /* DATA was refused though a recipient was accepted */
  MAILMOTE_CONTENT_REJECTED = 165,     /* the message was refused after its content */
  MAILMOTE_SERVICE_CLOSING = 166,      /* 421: the server closes the connection */
  MAILMOTE_CHUNKING_REJECTED = 167,    /* BDAT was refused although CHUNKING was offered */
  MAILMOTE_MESSAGE_TOO_BIG = 168,      /* larger than the limit in the server's SIZE (RFC 1870) */
  MAILMOTE_SMTPUTF8_NOT_OFFERED = 169, /* an address or header needs SMTPUTF8 (RFC 6531) and the server lacks it */
  MAILMOTE_EIGHT_BIT_NOT_OFFERED = 170, /* the content holds 8-bit octets, the server lacks 8BITMIME (RFC 6152) */
  MAILMOTE_COMMAND_REJECTED = 171,     /* RSET or NOOP was refused */
  MAILMOTE_STARTTLS_NOT_OFFERED = 172,        /* the server does not offer STARTTLS, or somebody removed the offer */
  MAILMOTE_STARTTLS_REJECTED = 173,           /* STARTTLS was refused */
  MAILMOTE_AUTH_NOT_OFFERED = 174,            /* the server offers no AUTH here */
  MAILMOTE_NO_COMMON_MECHANISM = 175,         /* the server offers none of the allowed mechanisms */
  MAILMOTE_AUTH_REJECTED = 176,               /* the server refuses the credentials, for now (4xx) or for good */
  MAILMOTE_AUTH_MECHANISM_REJECTED = 177,     /* the server offers the allowed mechanisms and refuses them all the same */

  /* Timeout. */
  MAILMOTE_CONNECT_TIMEOUT = 192,
  MAILMOTE_GREETING_TIMEOUT = 193,
  MAILMOTE_REPLY_TIMEOUT = 194,        /* a command's reply did not come; mailmote_error_t.phase says which */
  MAILMOTE_WRITE_TIMEOUT = 195,        /* the connection took no octet for the data-block timeout */
  MAILMOTE_SOURCE_TIMEOUT = 196,       /* the source delivered nothing for its timeout */
  MAILMOTE_OPERATION_TIMEOUT = 197,    /* the whole operation took longer than `timeouts.operation` */
  MAILMOTE_TLS_TIMEOUT = 198,                 /* the TLS handshake did not end in time */
  MAILMOTE_TOKEN_TIMEOUT = 199,               /* the source of the token had none in time */
  MAILMOTE_PROXY_TIMEOUT = 200,               /* the proxy did not answer in time */

  /* Capacity. */
  MAILMOTE_TOO_MANY_RECIPIENTS = 224,   /* more than 65,535 */
  MAILMOTE_CHALLENGE_TOO_LONG = 225           /* a challenge does not fit the rx window or the mechanism's own room */
} mailmote_status_t;

typedef enum {
  MAILMOTE_GROUP_USAGE = 0,
  MAILMOTE_GROUP_TRANSPORT = 1,
  MAILMOTE_GROUP_TLS = 2,
  MAILMOTE_GROUP_PROXY = 3,
  MAILMOTE_GROUP_PROTOCOL = 4,
  MAILMOTE_GROUP_REJECTED = 5,
  MAILMOTE_GROUP_TIMEOUT = 6,
  MAILMOTE_GROUP_CAPACITY = 7
} mailmote_status_group_t;

/* Where in the dialogue something happened. */
typedef enum {
  MAILMOTE_PHASE_IDLE = 0, /* nothing under way */
  MAILMOTE_PHASE_CONNECT,  /* name look-up and TCP connect */
  MAILMOTE_PHASE_PROXY,    /* the dialogue with the proxy */
  MAILMOTE_PHASE_TLS,      /* TLS handshake */
  MAILMOTE_PHASE_GREETING,
  MAILMOTE_PHASE_EHLO,
  MAILMOTE_PHASE_HELO,
  MAILMOTE_PHASE_STARTTLS,
  MAILMOTE_PHASE_AUTH,
  MAILMOTE_PHASE_MEASURE,  /* looking through the content before it is sent; nothing is on the wire */
  MAILMOTE_PHASE_RSET,
  MAILMOTE_PHASE_MAIL,
  MAILMOTE_PHASE_RCPT,
  MAILMOTE_PHASE_DATA,
  MAILMOTE_PHASE_CONTENT,  /* the content after DATA's 354, up to the final reply */
  MAILMOTE_PHASE_BDAT,     /* BDAT with its chunk, up to its reply */
  MAILMOTE_PHASE_NOOP,
  MAILMOTE_PHASE_QUIT
} mailmote_phase_t;

/* What became of one recipient. */
typedef enum {
  MAILMOTE_RECIPIENT_NOT_SENT = 0,             /* certainly not accepted; it may be sent again */
  MAILMOTE_RECIPIENT_ACCEPTED = 1,             /* the server took responsibility (RFC 5321 section 4.2.5) */
  MAILMOTE_RECIPIENT_REJECTED_TEMPORARILY = 2, /* 4xx: later may help */
  MAILMOTE_RECIPIENT_REJECTED_PERMANENTLY = 3, /* 5xx: as it stands, never */
  MAILMOTE_RECIPIENT_UNKNOWN = 4               /* the connection ended between the end of the content and the reply */
} mailmote_recipient_outcome_t;

/* What became of the mail, derived from its recipients: any unknown -> unknown; all accepted -> accepted; some ->
   partly accepted; none but at least one refused -> rejected; else not sent. */
typedef enum {
  MAILMOTE_OUTCOME_NOT_SENT = 0,
  MAILMOTE_OUTCOME_ACCEPTED = 1,
  MAILMOTE_OUTCOME_PARTLY_ACCEPTED = 2,
  MAILMOTE_OUTCOME_REJECTED = 3,
  MAILMOTE_OUTCOME_UNKNOWN = 4
} mailmote_outcome_t;

/* What the application may sensibly do next. */
typedef enum {
  MAILMOTE_ADVICE_DONE = 0,              /* nothing: all recipients have it */
  MAILMOTE_ADVICE_RETRY_LATER = 1,       /* the same mail to the same server, after a pause */
  MAILMOTE_ADVICE_RETRY_ELSEWHERE = 2,   /* another server, if there is one; else later */
  MAILMOTE_ADVICE_FIX_CONFIGURATION = 3, /* a person must change options or credentials */
  MAILMOTE_ADVICE_NEVER = 4              /* it will not be accepted as it is; for an unknown outcome: do not send again
                                            without a person's decision, it may arrive twice */
} mailmote_advice_t;

/* An enhanced status code, RFC 3463: class.subject.detail; all zero when there is none. */
typedef struct {
  uint8_t status_class; /* 2, 4 or 5 */
  uint16_t subject;     /* 0..999 */
  uint16_t detail;      /* 0..999 */
} mailmote_enhanced_t;

/* What went wrong first; all zero when nothing did. A later error never replaces it, except that a server's reply
   explains a connection that broke while it was written. */
typedef struct {
  mailmote_status_t status;
  mailmote_phase_t phase;
  uint16_t smtp_code;           /* the reply's code, 0 when no reply was the reason */
  mailmote_enhanced_t enhanced;
  int32_t native;               /* errno or the stream's own number; 0 when there is none */
} mailmote_error_t;

/* Writes one sentence into `out` that says what failed, where, and what to do, ended by NUL; returns `out`, or "" when
   `size` is 0. MAILMOTE_SENTENCE_SIZE octets hold every sentence; a smaller buffer cuts it. */
#define MAILMOTE_SENTENCE_SIZE 192
const char *mailmote_describe(mailmote_error_t error, char *out, size_t size);

/* The identifier of a value, such as "recipients_rejected". */
const char *mailmote_status_name(mailmote_status_t status);
const char *mailmote_phase_name(mailmote_phase_t phase);
const char *mailmote_outcome_name(mailmote_outcome_t outcome);
const char *mailmote_recipient_outcome_name(mailmote_recipient_outcome_t outcome);
const char *mailmote_advice_name(mailmote_advice_t advice);

/* ---- The stream: how octets reach the server -------------------------------------------------------------------- */

/* A non-blocking connection to one peer at a time, as a client uses it. */
typedef struct mailmote_stream mailmote_stream_t;

/* What became of one call. */
typedef enum {
  MAILMOTE_IO_OK = 0,          /* done; for read and write: *n >= 1 octets moved */
  MAILMOTE_IO_WOULD_BLOCK = 1, /* nothing moved; try again after `wait` says so */
  MAILMOTE_IO_CLOSED = 2,      /* read: the peer closed in an orderly way and everything was read. write: the peer takes
                                  no more */
  MAILMOTE_IO_ERROR = 3        /* the connection is broken (or never came up): see `status` and `native` */
} mailmote_io_t;

/* What a stream waits for. */
typedef struct {
  bool read;  /* readable */
  bool write; /* writable */
  bool again; /* do not wait: octets that were already received are held inside */
} mailmote_interest_t;

/* One end of a connection. */
typedef struct {
  uint8_t family;     /* 4, 6, or 0 when the address is not known */
  uint8_t octets[16]; /* the address in network order: 4 or 16 octets */
  uint16_t port;
} mailmote_ip_endpoint_t;

/* A stream written in C: one constant table a kind of stream, and a `context` a connection. All functions must be
   given; none may block or call back into the client.

   Life: open, progress until it is not would_block, read and write, close until it is not would_block, or abort at any
   time. After close has finished or abort has returned, open may be called again, any number of times.

   Octets that were received before the peer closed or reset are delivered by read before `closed` or `error` is. */
typedef struct mailmote_stream_ops {
  /* Begins to connect and returns at once. `host` is the host of the options, a name or a numeric IPv4 or IPv6 address.
     ok: open already. would_block: progress is called next. error: see status. */
  mailmote_io_t (*open)(void *context, const char *host, uint16_t port);

  /* Moves opening forward. ok: open. would_block: not yet. error: see status: name_not_found, name_lookup_failed,
     connection_refused, unreachable, transport_error. It may say ok early (while TCP still connects) when read and
     write then say would_block or error. */
  mailmote_io_t (*progress)(void *context, uint32_t now);

  /* Reads up to `size` (at least 1) octets and says in *n how many. *n is 0 before the call. */
  mailmote_io_t (*read)(void *context, uint8_t *into, size_t size, size_t *n);

  /* Writes up to `size` (at least 1) octets and says in *n how many were taken; those count as gone. *n is 0 before the
     call. After would_block the same octets may be offered again in another length. */
  mailmote_io_t (*write)(void *context, const uint8_t *from, size_t size, size_t *n);

  /* Ends the connection in an orderly way: octets that were written are still delivered. would_block: it is called
     again. ok: closed. error: it broke; the stream is closed all the same. */
  mailmote_io_t (*close)(void *context);

  /* Ends the connection at once and releases everything. Called in every state. */
  void (*abort)(void *context);

  /* What the last would_block waits for; for an open stream with nothing blocked {read}. */
  mailmote_interest_t (*wait)(void *context);

  /* The two ends while open; *end is zeroed before the call, and left so when it is not known. A loopback `remote` is
     what lets mail go in clear without `allow_clear`. */
  void (*local)(void *context, mailmote_ip_endpoint_t *end);
  void (*remote)(void *context, mailmote_ip_endpoint_t *end);

  /* Why the last call returned error (a transport status; ok when none did), and the stream's own number for it. */
  mailmote_status_t (*status)(void *context);
  int32_t (*native)(void *context);
} mailmote_stream_ops_t;

/* Memory for a stream made of a table and a context. */
typedef struct mailmote_custom_stream {
  void *pointers[3];
} mailmote_custom_stream_t;

/* Makes a stream; `ops` and `context` are kept. Returns it. */
mailmote_stream_t *mailmote_custom_stream_init(mailmote_custom_stream_t *memory, const mailmote_stream_ops_t *ops,
                                               void *context);

/* ---- Options ---------------------------------------------------------------------------------------------------- */

/* How the connection is protected. */
typedef enum {
  MAILMOTE_SECURITY_AUTO = 0,               /* TLS, by implicit TLS or STARTTLS as the server has it */
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
  uint32_t source;     /* a source that has nothing yet */
  uint32_t operation;  /* the whole of an operation, from start to the outcome */
} mailmote_timeouts_t;

/* RFC 5321 section 4.5.3.2: 5 min for greeting, MAIL and RCPT, 2 min for DATA, 3 min a block, 10 min for the final
   reply. */
extern const mailmote_timeouts_t mailmote_rfc_timeouts;

/* For devices: 10-60 s a phase, 2 min for the final reply, 5 min for the whole operation. */
extern const mailmote_timeouts_t mailmote_device_timeouts;

/* What a client is told. A client keeps a copy; the strings stay the application's. */
typedef struct mailmote_options {
  const char *host;             /* a name of at most 253 octets, or a numeric address without brackets */
  uint16_t port;                /* 0: the standard port of the security mode (587) */
  mailmote_security_t security; /* default: auto */
  const char *helo;             /* the name to say in EHLO; NULL: the local address as a literal */
  mailmote_timeouts_t timeouts; /* default: mailmote_rfc_timeouts */
  bool allow_clear;             /* mail may go unencrypted to another machine; default: false */
  bool pipelining;              /* use PIPELINING where offered; default: true */
  mailmote_refused_recipient_t refused_recipient;
  mailmote_line_ends_t line_ends;
  uint32_t (*clock)(void *context); /* seconds since 1970-01-01 00:00 UTC for a message's Date, 0 while not known;
                                       NULL: messages go out without a Date of ours */
  void *clock_context;
  const void *chunking;             /* set by mailmote_use_chunking(); NULL: DATA always */
} mailmote_options_t;

/* Sets every member to its default. */
void mailmote_options_init(mailmote_options_t *options, const char *host);

/* Uses BDAT (RFC 3030) where the server offers CHUNKING. */
void mailmote_use_chunking(mailmote_options_t *options);

/* ---- Recipients and messages ------------------------------------------------------------------------------------ */

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
   reverse-path <>, for alarms that must not bounce. `count`: 1..65,535 recipients; their results are reset when an
   operation starts and written while it runs. Everything is checked by mailmote_start(). */
typedef struct mailmote_message mailmote_message_t;

/* Memory for a message whose content lies in memory. */
typedef struct mailmote_memory_message {
  void *pointers[9];
} mailmote_memory_message_t;

/* `content` is the whole message, header, empty line and body (RFC 5322), `size` octets. */
mailmote_message_t *mailmote_memory_message_init(mailmote_memory_message_t *memory, const char *sender,
                                                 mailmote_recipient_t *to, size_t count, const void *content,
                                                 size_t size);

/* How the octets of a source are to be treated. */
typedef enum {
  MAILMOTE_CONTENT_ANY = 0,       /* anything: line ends are repaired (or refused) and dots stuffed */
  MAILMOTE_CONTENT_CANONICAL = 1, /* every line ends with CRLF, the last too, no other CR or LF: dots are stuffed */
  MAILMOTE_CONTENT_SAFE = 2       /* canonical, and no line begins with a dot: copied as it is */
} mailmote_content_form_t;

/* What the connection offers to the content that is about to be sent. */
typedef struct {
  bool eight_bit; /* 8BITMIME */
  bool smtputf8;  /* SMTPUTF8 */
} mailmote_offer_t;

/* What a source says about the content that it is about to deliver. */
typedef struct {
  uint32_t length;   /* octets that read will deliver in all, when length_known */
  bool length_known; /* then delivering another number is an error: not sent */
  bool rewindable;   /* start may be called again */
  bool eight_bit;    /* holds octets above 127: MAIL gets BODY=8BITMIME, refused where not offered */
  bool smtputf8;     /* has UTF-8 in its header: MAIL gets SMTPUTF8, refused where not offered */
  mailmote_content_form_t form;
} mailmote_content_plan_t;

typedef enum {
  MAILMOTE_READ_OK = 0,          /* *n >= 1 octets were delivered */
  MAILMOTE_READ_WOULD_BLOCK = 1, /* nothing yet: asked again every 20 ms, up to `timeouts.source` */
  MAILMOTE_READ_END = 2,         /* *n >= 0 octets were delivered and they were the last */
  MAILMOTE_READ_ERROR = 3        /* it cannot go on: not sent, MAILMOTE_SOURCE_FAILED */
} mailmote_read_t;

/* A content that is pulled a window at a time. Neither function may block or call back into the client. */
typedef struct mailmote_source_ops {
  /* Begins from the first octet. *plan is zeroed before the call. ok, or why it cannot: source_not_rewindable,
     smtputf8_not_offered, eight_bit_not_offered, invalid_header, source_failed. */
  mailmote_status_t (*start)(void *context, const mailmote_offer_t *offer, mailmote_content_plan_t *plan);

  /* Delivers the next octets, at most `size` (at least 16), and says in *n how many. *n is 0 before the call. */
  mailmote_read_t (*read)(void *context, uint8_t *into, size_t size, size_t *n);
} mailmote_source_ops_t;

/* Memory for a message whose content comes from a source. */
typedef struct mailmote_source_message {
  void *pointers[8];
} mailmote_source_message_t;

/* `ops` and `context` are kept. */
mailmote_message_t *mailmote_source_message_init(mailmote_source_message_t *memory, const char *sender,
                                                 mailmote_recipient_t *to, size_t count,
                                                 const mailmote_source_ops_t *ops, void *context);

/* Memory for a plain text mail. */
typedef struct mailmote_text_message {
  void *pointers[36];
  uint32_t words[14];
} mailmote_text_message_t;

/* A plain text mail: From, To and Cc (from the recipients), Subject, Date (from `clock`, kept for a resend) and MIME
   headers, and UTF-8 text as it is, as 8bit, quoted-printable or base64, by what the text holds and the server offers.
   `from` is also the envelope sender. Lines of `text` end with LF or CRLF. A control character in a field, or an
   address that is none, is MAILMOTE_INVALID_HEADER. */
mailmote_message_t *mailmote_text_message_init(mailmote_text_message_t *memory, const char *from,
                                               mailmote_recipient_t *to, size_t count, const char *subject,
                                               const char *text);

/* ---- The client ------------------------------------------------------------------------------------------------- */

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
  void *pointers[30];
  uint32_t words[64 + (MAILMOTE_REPLY_TEXT + 3) / 4];
} mailmote_client_t;

/* Makes a client over `stream`, with a copy of `options`. `size` is sizeof(mailmote_client_t) as the application sees
   it. The windows are what it reads and writes through: rx at least 128 octets, tx at least 64; larger ones mean fewer
   calls, not other behaviour. ok, or out_of_space: the library was built with a larger MAILMOTE_REPLY_TEXT than the
   application, and nothing was made. Options and windows are checked when an operation starts. */
mailmote_status_t mailmote_client_init(mailmote_client_t *client, size_t size, mailmote_stream_t *stream,
                                       const mailmote_options_t *options, void *rx, size_t rx_size, void *tx,
                                       size_t tx_size);

/* Begins to send `message`, on the connection that is open or on a new one. ok: poll until done. Otherwise nothing was
   begun: busy, window_too_small, no_host, invalid_host, invalid_helo, timeout_out_of_range, no_tls_layer,
   no_recipients, too_many_recipients, invalid_sender, invalid_recipient. After done, mailmote_error() may hold any
   status. */
mailmote_status_t mailmote_start(mailmote_client_t *client, mailmote_message_t *message, mailmote_after_t after);

/* Begins to connect and to learn the capabilities; the connection stays open. Status as for mailmote_start(). */
mailmote_status_t mailmote_connect(mailmote_client_t *client);

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

/* Writes the text of the reply that the error tells of, or of the last reply, into `out`, so that a terminal or a log
   can hold it: control characters, the backslash and stray octets as \xNN. Cut at MAILMOTE_REPLY_TEXT octets and at
   `size` - 1 characters, ended by NUL; returns `out`, or "" when `size` is 0. */
const char *mailmote_reply_text(const mailmote_client_t *client, char *out, size_t size);

/* What the server offered in the last EHLO; kept after the connection has ended. */
mailmote_capabilities_t mailmote_capabilities(const mailmote_client_t *client);

/* Whether a connection is open and ready for the next operation. */
bool mailmote_connected(const mailmote_client_t *client);

#ifdef __cplusplus
}
#endif

#endif
