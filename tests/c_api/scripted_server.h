/* A mail server in memory, as a stream written in C: it answers each command by the first rule that fits, and may move
   few octets a call, block every other call, or refuse to open. */
#ifndef MAILMOTE_TESTS_SCRIPTED_SERVER_H
#define MAILMOTE_TESTS_SCRIPTED_SERVER_H

#include <mailmote/mailmote.h>
#include <string.h>

typedef struct {
  const char *command; /* how the command begins; NULL ends the rules */
  const char *reply;
} rule_t;

typedef struct {
  const char *greeting;
  const rule_t *rules;
  size_t most;              /* octets that one call moves */
  bool blocks;              /* every other read and write would block */
  bool refuses;             /* connections */
  bool is_elsewhere;        /* not on this machine */
  int connecting;           /* calls until it is connected */
  char host[64];            /* as the client gave it */
  uint16_t port;
  char heard[4096];         /* all that the client sent */
  size_t heard_size;
  char said[4096];          /* all that it was sent */
  size_t said_size;
  size_t read_size;         /* of that, what it has read */
  size_t line;              /* where the line under way begins in `heard` */
  bool in_content;
  bool is_open;
  bool blocked;
  bool heard_group;         /* two commands in one write */
  unsigned opened;
  unsigned closed;
} server_t;

#define HAS_ALL \
  {"EHLO", "250-mail.example.com\r\n250-PIPELINING\r\n250-SIZE 1000000\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n"}
#define TAKES_THE_REST                                                                                          \
  {"MAIL", "250 2.1.0 ok\r\n"}, {"RCPT", "250 2.1.5 ok\r\n"}, {"DATA", "354 go on\r\n"},                        \
      {".", "250 2.0.0 queued\r\n"}, {"QUIT", "221 2.0.0 bye\r\n"}, {"NOOP", "250 2.0.0 ok\r\n"}, {NULL, NULL}

static const rule_t kind_rules[] = {HAS_ALL, TAKES_THE_REST};

static inline void server_init(server_t *server, const rule_t *rules) {
  memset(server, 0, sizeof *server);
  server->greeting = "220 mail.example.com ESMTP\r\n";
  server->rules = rules;
  server->most = sizeof server->heard;
}

static inline void server_say(server_t *server, const char *text) {
  const size_t n = strlen(text);
  if (n >= sizeof server->said - server->said_size) return;
  memcpy(server->said + server->said_size, text, n + 1);
  server->said_size += n;
}

static inline void server_hear_line(server_t *server, const char *line) {
  if (server->in_content && strcmp(line, ".\r\n") != 0) return;
  server->in_content = false;
  for (const rule_t *rule = server->rules; rule->command != NULL; ++rule) {
    if (strncmp(line, rule->command, strlen(rule->command)) != 0) continue;
    server->in_content = strncmp(rule->reply, "354", 3) == 0;
    server_say(server, rule->reply);
    return;
  }
  server_say(server, "500 5.5.1 what\r\n");
}

/* Blocks every other call, if the server is told to. */
static inline bool server_blocks(server_t *server) {
  server->blocked = server->blocks && !server->blocked;
  return server->blocked;
}

static inline mailmote_io_t server_open(void *context, const char *host, uint16_t port) {
  server_t *server = context;
  ++server->opened;
  strncpy(server->host, host, sizeof server->host - 1);
  server->port = port;
  return MAILMOTE_IO_WOULD_BLOCK;
}

static inline mailmote_io_t server_progress(void *context, uint32_t now) {
  server_t *server = context;
  (void)now;
  if (server->refuses) return MAILMOTE_IO_ERROR;
  if (server->connecting-- > 0) return MAILMOTE_IO_WOULD_BLOCK;
  server->is_open = true;
  server->in_content = false;
  server->read_size = server->said_size;
  server_say(server, server->greeting);
  return MAILMOTE_IO_OK;
}

static inline mailmote_io_t server_read(void *context, uint8_t *into, size_t size, size_t *n) {
  server_t *server = context;
  const size_t left = server->said_size - server->read_size;
  if (left == 0 || server_blocks(server)) return MAILMOTE_IO_WOULD_BLOCK;
  *n = left < size ? left : size;
  if (*n > server->most) *n = server->most;
  memcpy(into, server->said + server->read_size, *n);
  server->read_size += *n;
  return MAILMOTE_IO_OK;
}

static inline mailmote_io_t server_write(void *context, const uint8_t *from, size_t size, size_t *n) {
  server_t *server = context;
  if (server_blocks(server)) return MAILMOTE_IO_WOULD_BLOCK;
  if (size > server->most) size = server->most;
  size_t commands = 0;
  for (*n = 0; *n < size && server->heard_size + 1 < sizeof server->heard; ++*n) {
    server->heard[server->heard_size++] = (char)from[*n];
    server->heard[server->heard_size] = '\0';
    if (from[*n] != '\n') continue;
    if (!server->in_content && ++commands == 2) server->heard_group = true;
    server_hear_line(server, server->heard + server->line);
    server->line = server->heard_size;
  }
  return *n != 0 ? MAILMOTE_IO_OK : MAILMOTE_IO_ERROR;
}

static inline mailmote_io_t server_close(void *context) {
  server_t *server = context;
  ++server->closed;
  return MAILMOTE_IO_OK;
}

static inline void server_abort(void *context) { ((server_t *)context)->is_open = false; }

static inline mailmote_interest_t server_wait(void *context) {
  const server_t *server = context;
  const mailmote_interest_t interest = {server->is_open, server->blocked || !server->is_open, false, 0};
  return interest;
}

static inline void server_local(void *context, mailmote_ip_endpoint_t *end) {
  static const uint8_t address[] = {192, 0, 2, 7};
  (void)context;
  end->family = 4;
  memcpy(end->octets, address, sizeof address);
}

static inline void server_remote(void *context, mailmote_ip_endpoint_t *end) {
  end->family = 4;
  end->octets[0] = ((const server_t *)context)->is_elsewhere ? 198 : 127;
  end->octets[3] = 1;
}

static inline mailmote_status_t server_status(void *context) {
  return ((const server_t *)context)->refuses ? MAILMOTE_CONNECTION_REFUSED : MAILMOTE_OK;
}

static inline int32_t server_native(void *context) { return ((const server_t *)context)->refuses ? 111 : 0; }

static const mailmote_stream_ops_t server_ops = {server_open,  server_progress, server_read,  server_write,
                                                 server_close, server_abort,    server_wait,  server_local,
                                                 server_remote, server_status,  server_native};

#endif
