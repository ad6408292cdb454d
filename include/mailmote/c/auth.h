/* Logging in: AUTH (RFC 4954) with mechanisms that are named one by one. Part of mailmote.h.
 *
 *     static mailmote_password_mechanism_t memory;
 *     static mailmote_auth_t auth;
 *     static mailmote_mechanism_t *allowed[1];
 *     const mailmote_credentials_t sensor = {"sensor", password, NULL};
 *     allowed[0] = mailmote_plain_init(&memory, &sensor);
 *     options.auth = mailmote_auth_init(&auth, allowed, 1, random);
 *
 * Needs an rx window of at least 256 octets. */
#ifndef MAILMOTE_C_AUTH_H
#define MAILMOTE_C_AUTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mailmote/c/tls.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One way to log in, made by one of the init functions below in memory of the application's. */
typedef struct mailmote_mechanism mailmote_mechanism_t;

/* A user and a secret. The strings must stay while a mechanism uses them; the structure need not. */
typedef struct {
  const char *user;
  const char *password;
  const char *authorization; /* the identity to act as (authzid); NULL: the user's own */
} mailmote_credentials_t;

/* Memory for PLAIN, LOGIN or CRAM-MD5; EXTERNAL; XOAUTH2 or OAUTHBEARER; SCRAM. */
typedef struct mailmote_password_mechanism {
  void *pointers[10];
  uint32_t words[6];
} mailmote_password_mechanism_t;

typedef struct mailmote_external_mechanism {
  void *pointers[5];
  uint32_t words[2];
} mailmote_external_mechanism_t;

typedef struct mailmote_token_mechanism {
  void *pointers[16];
  uint32_t words[34];
} mailmote_token_mechanism_t;

typedef struct mailmote_scram_mechanism {
  void *pointers[12];
  uint64_t words[78];
} mailmote_scram_mechanism_t;

/* PLAIN (RFC 4616), and LOGIN, which cannot carry an authorization identity: user and password as they are. CRAM-MD5
   (RFC 2195): the password is not sent, but who listens may try passwords at leisure; no authorization identity; a
   challenge of more than 180 octets is MAILMOTE_CHALLENGE_TOO_LONG. What a mechanism cannot carry is
   MAILMOTE_INVALID_CREDENTIALS when it comes to that. Each returns the mechanism; `credentials` NULL is a user without
   a name. */
mailmote_mechanism_t *mailmote_plain_init(mailmote_password_mechanism_t *memory,
                                          const mailmote_credentials_t *credentials);
mailmote_mechanism_t *mailmote_login_init(mailmote_password_mechanism_t *memory,
                                          const mailmote_credentials_t *credentials);
mailmote_mechanism_t *mailmote_cram_md5_init(mailmote_password_mechanism_t *memory,
                                             const mailmote_credentials_t *credentials);

/* EXTERNAL (RFC 4422 appendix A): the server knows the client by other means, such as its TLS certificate.
   `authorization` is the identity to act as; NULL: the one that the server derives. */
mailmote_mechanism_t *mailmote_external_init(mailmote_external_mechanism_t *memory, const char *authorization);

typedef enum {
  MAILMOTE_TOKEN_READY = 0,        /* here it is */
  MAILMOTE_TOKEN_NOT_YET = 1,      /* a new one is on its way: asked again after a while, up to `timeouts.source`, then
                                      MAILMOTE_TOKEN_TIMEOUT */
  MAILMOTE_TOKEN_NOT_AVAILABLE = 2 /* there will be none: MAILMOTE_TOKEN_FAILED */
} mailmote_token_state_t;

/* Where an access token comes from: a string, or a function that is asked when a login begins and sets *token, which
   must stay until the operation is done. */
typedef struct {
  const char *token;                                                       /* used when `get` is NULL */
  mailmote_token_state_t (*get)(void *context, const char **token);
  void *context;
} mailmote_token_source_t;

/* XOAUTH2, which Google and Microsoft have, and OAUTHBEARER (RFC 7628), where `user` may be NULL if the token says who
   it is. `token` is copied. Control characters in the user, or anything but visible ASCII in the token, are
   MAILMOTE_INVALID_CREDENTIALS; no token is MAILMOTE_TOKEN_FAILED. */
mailmote_mechanism_t *mailmote_xoauth2_init(mailmote_token_mechanism_t *memory, const char *user,
                                            const mailmote_token_source_t *token);
mailmote_mechanism_t *mailmote_oauthbearer_init(mailmote_token_mechanism_t *memory, const char *user,
                                                const mailmote_token_source_t *token);

/* What the server said about a token that it refused: JSON such as {"status":"401","schemes":"bearer"}, cut at 128
   octets. Data from outside; kept until the next login. */
mailmote_octets_t mailmote_token_refusal(const mailmote_token_mechanism_t *mechanism);

/* A hash function for SCRAM, of a port, such as mailmote_mbedtls_sha256(). */
typedef struct mailmote_scram_hash mailmote_scram_hash_t;

/* SCRAM (RFC 5802, RFC 7677) without channel binding: the password is not sent, and the server must show that it knows
   it. User, password and identity must be printable ASCII: MAILMOTE_INVALID_CREDENTIALS. Needs the random source of
   mailmote_auth_init(): MAILMOTE_NO_RANDOM_SOURCE. A server's first message of more than 256 octets is
   MAILMOTE_CHALLENGE_TOO_LONG. The password is hashed as often as the server asks, a part in each poll. `hash` must not
   be NULL. */
mailmote_mechanism_t *mailmote_scram_init(mailmote_scram_mechanism_t *memory, const mailmote_scram_hash_t *hash,
                                          const mailmote_credentials_t *credentials);

/* What the server may ask for, 4096 and 65536 unless changed: fewer or more is MAILMOTE_ITERATIONS_REFUSED. And how
   many there are in one poll, at least 1 and 16 unless changed, each about two blocks of the hash. */
void mailmote_scram_set_iterations(mailmote_scram_mechanism_t *mechanism, uint32_t min, uint32_t max,
                                   uint32_t per_poll);

/* Memory for what chooses among the mechanisms. */
typedef struct mailmote_auth {
  void *pointers[5];
  uint32_t words[2];
} mailmote_auth_t;

/* Makes what logs in, by the first of the allowed mechanisms that the server offers, and returns it, for `auth` of the
   options: the order is the application's, strongest first; the server's own counts nothing. A mechanism that the
   server refuses as such, or that cannot go on, lets the next one try; a refused password never does. The array
   `allowed` must stay; at most 16 count, and each of them must not be NULL. `random` is for SCRAM; else all zero. */
mailmote_auth_t *mailmote_auth_init(mailmote_auth_t *memory, mailmote_mechanism_t *const *allowed, size_t count,
                                    mailmote_random_t random);

/* The mechanisms that are known by number, as bits of a set. */
typedef enum {
  MAILMOTE_MECHANISM_PLAIN = 0,
  MAILMOTE_MECHANISM_LOGIN,
  MAILMOTE_MECHANISM_CRAM_MD5,
  MAILMOTE_MECHANISM_DIGEST_MD5,
  MAILMOTE_MECHANISM_SCRAM_SHA_1,
  MAILMOTE_MECHANISM_SCRAM_SHA_1_PLUS,
  MAILMOTE_MECHANISM_SCRAM_SHA_256,
  MAILMOTE_MECHANISM_SCRAM_SHA_256_PLUS,
  MAILMOTE_MECHANISM_XOAUTH2,
  MAILMOTE_MECHANISM_OAUTHBEARER,
  MAILMOTE_MECHANISM_EXTERNAL,
  MAILMOTE_MECHANISM_NTLM,
  MAILMOTE_MECHANISM_GSSAPI
} mailmote_mechanism_id_t;

/* The allowed ones, and those of them that the server offers: 1 << MAILMOTE_MECHANISM_... */
uint16_t mailmote_auth_allowed(const mailmote_auth_t *auth);
uint16_t mailmote_auth_offered(const mailmote_auth_t *auth);

/* The name of the mechanism that is or was used last, such as "SCRAM-SHA-256"; "" when none was. */
const char *mailmote_auth_used(const mailmote_auth_t *auth);

/* Adds the mechanisms of one EHLO line, as on_line of an observer gets it ("250-AUTH PLAIN LOGIN"), to `set` and
   returns that. Other lines and unknown mechanisms add nothing. */
uint16_t mailmote_parse_auth(const void *line, size_t size, uint16_t set);

/* Writes a mechanism's name, at most 18 octets and a NUL, cut at `size`. Returns `out`, or "" when `size` is 0. */
const char *mailmote_mechanism_name(mailmote_mechanism_id_t mechanism, char *out, size_t size);

#ifdef __cplusplus
}
#endif

#endif
