/* What happened: statuses, outcomes, errors, and their names and sentences. Part of mailmote.h. */
#ifndef MAILMOTE_C_STATUS_H
#define MAILMOTE_C_STATUS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Why something did not go as asked. The value divided by 32 is its group, mailmote_status_group_t. */
typedef enum {
  MAILMOTE_OK = 0,

  /* Usage: the call, the options or the message; nothing was sent because of it. */
  MAILMOTE_BUSY = 1,                            /* an operation is still under way */
  MAILMOTE_WINDOW_TOO_SMALL = 2,                /* tx below 64 or rx below 128 octets */
  MAILMOTE_TIMEOUT_OUT_OF_RANGE = 3,            /* a timeout of 0 or above 2^31 - 1 ms */
  MAILMOTE_NO_HOST = 4,                         /* the server's host name is empty */
  MAILMOTE_INVALID_HOST = 5,                    /* the host name holds a blank or control character, or is longer than
                                                   253 */
  MAILMOTE_INVALID_HELO = 6,                    /* the EHLO name holds a blank or control character, or is longer than
                                                   255 */
  MAILMOTE_INVALID_SENDER = 7,                  /* the envelope sender is not an address (RFC 5321 section 4.1.2), not
                                                   empty */
  MAILMOTE_INVALID_RECIPIENT = 8,               /* a recipient is not an address (RFC 5321 section 4.1.2) */
  MAILMOTE_NO_RECIPIENTS = 9,                   /* the message has no recipient */
  MAILMOTE_INVALID_HEADER = 10,                 /* a header's name or value holds what would break the header (RFC
                                                   5322) */
  MAILMOTE_DUPLICATE_HEADER = 11,               /* a header that may stand once was given twice (RFC 5322 section 3.6)
                                                   */
  MAILMOTE_CLEAR_TEXT_REFUSED = 12,             /* not encrypted, not to this machine, and `allow_clear` is not set */
  MAILMOTE_NO_TLS_LAYER = 13,                   /* the security asked for needs TLS and the stream has no TLS layer */
  MAILMOTE_NO_RANDOM_SOURCE = 14,               /* something needs random octets and none were given */
  MAILMOTE_SOURCE_FAILED = 15,                  /* the content's source reported an error */
  MAILMOTE_SOURCE_LENGTH = 16,                  /* the source delivered more or fewer octets than it announced */
  MAILMOTE_SOURCE_NOT_REWINDABLE = 17,          /* the content had to be read again and its source cannot start again */
  MAILMOTE_BARE_LINE_END = 18,                  /* the content holds a CR or LF on its own and line ends are refused */
  MAILMOTE_CANCELLED = 19,                      /* mailmote_cancel() was called */
  MAILMOTE_NOTHING_TO_DO = 20,                  /* the connection is not open, so there is nothing to quit */
  MAILMOTE_OUT_OF_SPACE = 21,                   /* the caller's memory is too small for the result */
  MAILMOTE_NO_SECURITY_PLAN = 22,               /* the security is `automatic` and `plan` of the options is not set */
  MAILMOTE_CLEARTEXT_CREDENTIALS_REFUSED = 23,  /* the connection is not encrypted and `allow_cleartext_credentials`
                                                   is not set */
  MAILMOTE_INVALID_CREDENTIALS = 24,            /* user, password, identity or token hold a character that the
                                                   mechanism cannot carry */
  MAILMOTE_TOKEN_FAILED = 25,                   /* the source of the token reported an error */
  MAILMOTE_INVALID_PROXY = 26,                  /* the proxy's host, user or password is empty, too long or cannot be
                                                   sent */
  MAILMOTE_INVALID_DSN = 27,                    /* the reports that are asked for cannot be, or contradict themselves */

  /* Transport. */
  MAILMOTE_NAME_NOT_FOUND = 32,                 /* the host name has no address */
  MAILMOTE_NAME_LOOKUP_FAILED = 33,             /* the name server did not answer, or with an error */
  MAILMOTE_CONNECTION_REFUSED = 34,             /* nothing listens at that address and port */
  MAILMOTE_UNREACHABLE = 35,                    /* no route to the host or network */
  MAILMOTE_CONNECTION_CLOSED = 36,              /* the server closed the connection */
  MAILMOTE_CONNECTION_RESET = 37,               /* the connection broke: reset, or the peer vanished */
  MAILMOTE_TRANSPORT_ERROR = 38,                /* any other error of the socket layer; see mailmote_error_t.native */
  MAILMOTE_BIND_FAILED = 39,                    /* the local address, port or interface that was asked for cannot be
                                                   used */

  /* TLS. */
  MAILMOTE_TLS_HANDSHAKE_FAILED = 64,           /* for a reason that has no name here; see mailmote_error_t.native */
  MAILMOTE_TLS_ALERT = 65,                      /* the server ended TLS with an alert: mailmote_tls_report_t.alert */
  MAILMOTE_TLS_VERSION_UNAVAILABLE = 66,        /* the TLS library lacks a version that the TLS options ask for */
  MAILMOTE_TLS_VERSION_REFUSED = 67,            /* the server speaks none of the versions that the TLS options allow */
  MAILMOTE_TLS_CERTIFICATE_EXPIRED = 68,        /* the server's certificate, or one above it, has expired */
  MAILMOTE_TLS_CERTIFICATE_NOT_YET_VALID = 69,  /* its time has not come, or the clock is wrong */
  MAILMOTE_TLS_WRONG_HOST = 70,                 /* the server's certificate was issued for other names */
  MAILMOTE_TLS_UNTRUSTED = 71,                  /* no trusted certificate vouches for the server's */
  MAILMOTE_TLS_PIN_MISMATCH = 72,               /* the server's key is none of the pins */
  MAILMOTE_TLS_BAD_CERTIFICATE = 73,            /* revoked, too weak, for another use, or broken; flags in
                                                   mailmote_error_t.native */
  MAILMOTE_TLS_CLOCK_NOT_SET = 74,              /* the time of day is needed for certificates and not known */
  MAILMOTE_TLS_NO_TRUST = 75,                   /* neither trusted certificates nor a pin were given */
  MAILMOTE_TLS_INVALID_CA = 76,                 /* the trusted certificates cannot be read */
  MAILMOTE_TLS_INVALID_KEY = 77,                /* the client's own certificate or key cannot be read, or do not fit
                                                   together */
  MAILMOTE_TLS_CLIENT_CERTIFICATE_REFUSED = 78, /* the server wants another client certificate, or one at all */
  MAILMOTE_TLS_OUT_OF_MEMORY = 79,              /* the TLS library's memory or arena is too small */
  MAILMOTE_TLS_PLAIN_TEXT = 80,                 /* what the server sent is not TLS: it speaks in clear here */
  MAILMOTE_TLS_TRUNCATED = 81,                  /* the connection ended without TLS's own end */
  MAILMOTE_TLS_BROKEN_RECORD = 82,              /* octets that do not belong to this TLS connection */
  MAILMOTE_TLS_INVALID_OPTIONS = 83,            /* the TLS options contradict each other, such as min above max */

  /* Proxy. */
  MAILMOTE_PROXY_UNREACHABLE = 96,              /* the proxy itself cannot be reached; see mailmote_error_t.native */
  MAILMOTE_PROXY_AUTH_REQUIRED = 97,            /* the proxy wants a user and password, or another kind of login */
  MAILMOTE_PROXY_AUTH_REJECTED = 98,            /* the proxy refuses the user and password */
  MAILMOTE_PROXY_REFUSED = 99,                  /* the proxy does not allow this connection */
  MAILMOTE_PROXY_HOST_UNREACHABLE = 100,        /* the proxy cannot reach or find the server */
  MAILMOTE_PROXY_CONNECTION_REFUSED = 101,      /* the server refused the proxy's connection */
  MAILMOTE_PROXY_UNSUPPORTED = 102,             /* the proxy, or its protocol, cannot do what is asked, such as IPv6
                                                   by SOCKS4 */
  MAILMOTE_PROXY_FAILED = 103,                  /* the proxy failed for a reason of its own */
  MAILMOTE_PROXY_PROTOCOL = 104,                /* what the proxy said does not belong to its protocol */
  MAILMOTE_PROXY_CLOSED = 105,                  /* the proxy closed the connection before it was through */

  /* Protocol: the server broke SMTP. */
  MAILMOTE_MALFORMED_REPLY = 128,               /* a line that is not a reply (RFC 5321 section 4.2) */
  MAILMOTE_REPLY_CODE_CHANGED = 129,            /* the code changed inside a reply of many lines */
  MAILMOTE_UNEXPECTED_REPLY = 130,              /* a code that does not fit the command */
  MAILMOTE_REPLY_WITHOUT_COMMAND = 131,         /* a reply that nothing had asked for */
  MAILMOTE_EARLY_SUCCESS = 132,                 /* "accepted" before the end of the content was sent */
  MAILMOTE_REPLY_TOO_LONG = 133,                /* one reply of more than 64 KiB */
  MAILMOTE_STARTTLS_INJECTION = 134,            /* octets in clear behind the reply to STARTTLS: somebody tampers with
                                                   the connection */
  MAILMOTE_TLS_BEFORE_GREETING = 135,           /* the server speaks TLS from the first octet */
  MAILMOTE_MALFORMED_CHALLENGE = 136,           /* what the server said during AUTH does not belong to the mechanism */
  MAILMOTE_SERVER_NOT_VERIFIED = 137,           /* the server said yes to AUTH without having shown that it knows the
                                                   credentials */
  MAILMOTE_ITERATIONS_REFUSED = 138,            /* SCRAM with fewer iterations than 4096 (RFC 7677) or more than the
                                                   limit */

  /* Rejected: the server understood and said no, or what it offers does not suffice. */
  MAILMOTE_GREETING_REJECTED = 160,             /* the server greeted with 4xx or 5xx */
  MAILMOTE_EHLO_REJECTED = 161,                 /* EHLO and HELO were refused */
  MAILMOTE_SENDER_REJECTED = 162,               /* MAIL was refused */
  MAILMOTE_RECIPIENTS_REJECTED = 163,           /* some or all recipients were refused; see each recipient */
  MAILMOTE_DATA_REJECTED = 164,                 /* DATA was refused though a recipient was accepted */
  MAILMOTE_CONTENT_REJECTED = 165,              /* the message was refused after its content */
  MAILMOTE_SERVICE_CLOSING = 166,               /* 421: the server closes the connection */
  MAILMOTE_CHUNKING_REJECTED = 167,             /* BDAT was refused although CHUNKING was offered */
  MAILMOTE_MESSAGE_TOO_BIG = 168,               /* larger than the limit in the server's SIZE (RFC 1870) */
  MAILMOTE_SMTPUTF8_NOT_OFFERED = 169,          /* an address or header needs SMTPUTF8 (RFC 6531) and the server lacks
                                                   it */
  MAILMOTE_EIGHT_BIT_NOT_OFFERED = 170,         /* the content holds 8-bit octets, the server lacks 8BITMIME (RFC
                                                   6152) */
  MAILMOTE_COMMAND_REJECTED = 171,              /* RSET or NOOP was refused */
  MAILMOTE_STARTTLS_NOT_OFFERED = 172,          /* the server does not offer STARTTLS, or somebody removed the offer */
  MAILMOTE_STARTTLS_REJECTED = 173,             /* STARTTLS was refused */
  MAILMOTE_AUTH_NOT_OFFERED = 174,              /* the server offers no AUTH here */
  MAILMOTE_NO_COMMON_MECHANISM = 175,           /* the server offers none of the allowed mechanisms */
  MAILMOTE_AUTH_REJECTED = 176,                 /* the server refuses the credentials, for now (4xx) or for good */
  MAILMOTE_AUTH_MECHANISM_REJECTED = 177,       /* the server offers the allowed mechanisms and refuses them all the
                                                   same */
  MAILMOTE_DSN_NOT_OFFERED = 178,               /* reports are required and the server lacks DSN (RFC 3461) */
  MAILMOTE_BINARY_MIME_NOT_OFFERED = 179,       /* the content is binary and may not be: no BINARYMIME (RFC 3030) */

  /* Timeout. */
  MAILMOTE_CONNECT_TIMEOUT = 192,
  MAILMOTE_GREETING_TIMEOUT = 193,
  MAILMOTE_REPLY_TIMEOUT = 194,                 /* a command's reply did not come; mailmote_error_t.phase says which */
  MAILMOTE_WRITE_TIMEOUT = 195,                 /* the connection took no octet for the data-block timeout */
  MAILMOTE_SOURCE_TIMEOUT = 196,                /* the source delivered nothing for its timeout */
  MAILMOTE_OPERATION_TIMEOUT = 197,             /* the whole operation took longer than `timeouts.operation` */
  MAILMOTE_TLS_TIMEOUT = 198,                   /* the TLS handshake did not end in time */
  MAILMOTE_TOKEN_TIMEOUT = 199,                 /* the source of the token had none in time */
  MAILMOTE_PROXY_TIMEOUT = 200,                 /* the proxy did not answer in time */

  /* Capacity. */
  MAILMOTE_TOO_MANY_RECIPIENTS = 224,           /* more than 65,535 */
  MAILMOTE_CHALLENGE_TOO_LONG = 225             /* a challenge does not fit the rx window or the mechanism's own room */
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

#ifdef __cplusplus
}
#endif

#endif
