/* TLS: what a TLS layer is asked for and what came of it. Part of mailmote.h; the TLS layers themselves are in the
   ports, such as mailmote/mbedtls/tls_stream.h. */
#ifndef MAILMOTE_C_TLS_H
#define MAILMOTE_C_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mailmote/c/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A non-blocking connection to one peer at a time, as a client uses it: see c/stream.h. */
typedef struct mailmote_stream mailmote_stream_t;

/* A source of cryptographic random octets: fills `size` octets at `out`; false when it cannot. */
typedef struct {
  bool (*fill)(void *context, uint8_t *out, size_t size);
  void *context;
} mailmote_random_t;

/* Octets that do not end with NUL: data from outside, which mailmote_escape() makes fit to be shown. */
typedef struct {
  const char *data;
  size_t size;
} mailmote_octets_t;

/* Versions of TLS. Nothing older than 1.2 is ever spoken (RFC 8997). */
typedef enum {
  MAILMOTE_TLS_NONE = 0,
  MAILMOTE_TLS_1_2 = 2,
  MAILMOTE_TLS_1_3 = 3
} mailmote_tls_version_t;

/* The SHA-256 of a certificate's SubjectPublicKeyInfo (RFC 7469 section 2.4). */
typedef struct {
  uint8_t sha256[32];
} mailmote_spki_pin_t;

/* What to do when a certificate's dates should be checked and the time of day is not known. */
typedef enum {
  MAILMOTE_CLOCK_NOT_SET_REFUSE = 0, /* MAILMOTE_TLS_CLOCK_NOT_SET */
  MAILMOTE_CLOCK_NOT_SET_ACCEPT = 1  /* go on without looking at the dates; `time_checked` of the report is false */
} mailmote_clock_not_set_t;

/* Memory for a saved TLS session, for a shorter handshake with the same server next time. */
typedef struct mailmote_tls_session {
  void *pointers[4];
} mailmote_tls_session_t;

/* Makes a place for a session in `buffer`, which stays the application's: 2,048 octets hold a session with most
   servers' tickets. `used` octets of it are a session that was saved before; 0: none. The octets are a secret: they
   belong in memory or in a file that nobody else reads, and are to be wiped after use. Only a handshake that asks for
   the same host, port, trust, pins, client certificate and versions resumes it; for any other it is ignored. */
void mailmote_tls_session_init(mailmote_tls_session_t *session, void *buffer, size_t size, size_t used);

/* How many octets of the buffer are a session now; 0: there is none. */
size_t mailmote_tls_session_used(const mailmote_tls_session_t *session);

/* Whether another session was put there since the last call: then it may be stored. */
bool mailmote_tls_session_changed(mailmote_tls_session_t *session);

/* Whether the last session was not saved because the buffer is too small for it. */
bool mailmote_tls_session_too_big(const mailmote_tls_session_t *session);

/* What TLS is asked for. A TLS layer keeps a copy; what is pointed to stays the application's.

   A server is verified by a chain to `ca`, `ca_file` or `ca_dir`, by a pin, or by both when both are given. Without any
   of them the handshake is refused with MAILMOTE_TLS_NO_TRUST, unless `insecure` is set. */
typedef struct mailmote_tls_options {
  const void *ca;                         /* trusted certificates: PEM with its ending NUL counted, or one in DER */
  size_t ca_size;
  const char *ca_file;                    /* a file of PEM certificates; only where the TLS library reads files */
  const char *ca_dir;                     /* a directory of PEM certificates; likewise */
  const mailmote_spki_pin_t *pins;        /* the server's own key must be one of them */
  uint8_t pin_count;                      /* at most 2 */
  bool insecure;                          /* verify nothing: anybody may read the mail and the password */
  bool check_host;                        /* the certificate must name the host (RFC 9525); off only with a pin */
  bool check_time;                        /* now must be within the certificate's dates; off only with a pin */
  bool allow_downgrade;                   /* when the library lacks `max`, take its next lower one; `min` holds */
  mailmote_clock_not_set_t clock_not_set;
  mailmote_tls_version_t min;             /* default: 1.2 */
  mailmote_tls_version_t max;             /* none: the best that the library has. A version that it lacks:
                                             MAILMOTE_TLS_VERSION_UNAVAILABLE */
  uint16_t max_fragment;                  /* ask for records of at most 512, 1024, 2048 or 4096 octets (RFC 6066; TLS
                                             1.2); 0: no */
  const void *certificate;                /* of the client, with its chain: PEM with its ending NUL counted, or DER */
  size_t certificate_size;
  const void *private_key;                /* of the client: PEM with its ending NUL counted, or DER; not encrypted */
  size_t private_key_size;
  uint32_t (*clock)(void *context);       /* as in mailmote_options_t: for the certificates' dates */
  void *clock_context;
  mailmote_random_t random;               /* required: MAILMOTE_NO_RANDOM_SOURCE without it */
  mailmote_tls_session_t *session;        /* resumed from and saved to; NULL: every handshake is a full one */
  const char *server_name;                /* who the server must be, and is asked to be (SNI), in place of the host that
                                             was connected to: the domain whose DNS has named that host (RFC 6186
                                             section 6); NULL: the host */
} mailmote_tls_options_t;

/* Sets every member to its default: check host and dates, TLS 1.2 or better, nobody trusted. */
void mailmote_tls_options_init(mailmote_tls_options_t *options);

/* What came of the last handshake, also of one that failed: what is not known is empty or zero. */
typedef struct {
  mailmote_tls_version_t version;
  mailmote_octets_t cipher;       /* name of the cipher suite */
  mailmote_octets_t subject;      /* of the server's certificate, such as "CN=mail.example.com"; cut at 95 octets */
  mailmote_octets_t names;        /* its DNS names and addresses, separated by blanks */
  bool names_cut;                 /* there are more than fit */
  uint32_t not_before;            /* its dates, in seconds since 1970-01-01 00:00 UTC */
  uint32_t not_after;
  mailmote_spki_pin_t spki;       /* what a pin for this server would be */
  uint32_t valid_from;            /* between these two all certificates of the chain are valid */
  uint32_t valid_until;
  bool answered;                  /* the server has answered in TLS: its ServerHello was seen */
  bool established;               /* the handshake has ended well */
  bool resumed;                   /* an earlier session was resumed; what it verified still holds */
  bool chain_verified;            /* a trusted certificate vouches for the server's */
  bool pin_verified;              /* its key is one of the pins */
  bool host_verified;             /* it names the host */
  bool time_checked;              /* now is within its dates */
  bool downgraded;                /* a lower version than `max` was taken because the library lacks that */
  bool certificate_wanted;        /* the server asked for a client certificate */
  uint8_t alert;                  /* the alert that the server sent, RFC 8446 section 6; 0: none, or close_notify */
} mailmote_tls_report_t;

/* Fills *report in with what came of the last handshake of this stream or of the TLS layer in it; its texts stay until
   the next one. False, and *report is all zero: there is no TLS layer. */
bool mailmote_tls_report(const mailmote_stream_t *stream, mailmote_tls_report_t *report);

/* As mailmote_describe(), and what TLS knows of it: the certificate's names and dates, the alert, the wish for a client
   certificate. `host` is the server as it was named. MAILMOTE_SENTENCE_SIZE octets hold what mailmote_describe() says,
   512 mostly all; a smaller buffer cuts it. Without a TLS layer it is mailmote_describe(). */
const char *mailmote_describe_tls(mailmote_error_t error, const mailmote_stream_t *stream, const char *host, char *out,
                                  size_t size);

#ifdef __cplusplus
}
#endif

#endif
