/* Streams upon streams: TLS of the application's own, Auto, and proxies. */
#include "check.h"

/* A stream with TLS that changes nothing on the wire, and a proxy's words that come before the server's. */
typedef struct {
  server_t server;         /* first, so that the functions of server_ops take a layer_t as well */
  unsigned begun;          /* handshakes */
  mailmote_status_t fails; /* how they end */
  uint16_t refuses;        /* this port */
  uint16_t ports[8];       /* as they were opened */
  const char *answers;     /* of the proxy */
  size_t answer_size;
  char asked[128];         /* what the proxy was told */
  size_t asked_size;
} layer_t;

static mailmote_io_t layer_open(void *context, const char *host, uint16_t port) {
  layer_t *layer = context;
  if (layer->server.opened < 8) layer->ports[layer->server.opened] = port;
  layer->server.refuses = port == layer->refuses;
  return server_open(&layer->server, host, port);
}

static mailmote_io_t layer_read(void *context, uint8_t *into, size_t size, size_t *n) {
  layer_t *layer = context;
  if (layer->answer_size == 0) return server_read(&layer->server, into, size, n);
  if (layer->asked_size == 0) return MAILMOTE_IO_WOULD_BLOCK;
  *n = size < layer->answer_size ? size : layer->answer_size;
  memcpy(into, layer->answers, *n);
  layer->answers += *n;
  layer->answer_size -= *n;
  return MAILMOTE_IO_OK;
}

static mailmote_io_t layer_write(void *context, const uint8_t *from, size_t size, size_t *n) {
  layer_t *layer = context;
  if (layer->answer_size == 0) return server_write(&layer->server, from, size, n);
  *n = size;
  memcpy(layer->asked + layer->asked_size, from, size);
  layer->asked_size += size;
  return MAILMOTE_IO_OK;
}

static mailmote_status_t layer_status(void *context) {
  const layer_t *layer = context;
  return layer->server.refuses ? MAILMOTE_CONNECTION_REFUSED : layer->fails;
}

static mailmote_io_t layer_start_tls(void *context) {
  layer_t *layer = context;
  ++layer->begun;
  return layer->fails == MAILMOTE_OK ? MAILMOTE_IO_OK : MAILMOTE_IO_ERROR;
}

static void layer_report(void *context, mailmote_tls_report_t *report) {
  const layer_t *layer = context;
  CHECK(report->version == MAILMOTE_TLS_NONE && report->subject.size == 0);
  if (layer->begun == 0) return;
  report->version = MAILMOTE_TLS_1_3;
  report->subject.data = "CN=mail.example.com, O=Pumps";
  report->subject.size = 19;
  report->answered = true;
  report->established = layer->fails == MAILMOTE_OK;
}

static const mailmote_stream_ops_t layer_ops = {layer_open,   server_progress, layer_read,  layer_write,
                                                server_close, server_abort,    server_wait, server_local,
                                                server_remote, layer_status,   server_native};
static const mailmote_tls_ops_t layer_tls_ops = {layer_start_tls, layer_report};

static const rule_t offers_starttls[] = {
    {"EHLO", "250-mail.example.com\r\n250 STARTTLS\r\n"}, {"STARTTLS", "220 go on\r\n"}, TAKES_THE_REST};

typedef struct {
  fixture_t f;
  layer_t layer;
  mailmote_custom_tls_stream_t memory;
  mailmote_proxy_stream_t proxy;
  mailmote_recipient_t to;
  mailmote_memory_message_t mail;
} stack_t;

static void stack_init(stack_t *s) {
  memset(&s->layer, 0, sizeof s->layer);
  fixture_init(&s->f, offers_starttls);
  server_init(&s->layer.server, offers_starttls);
  s->f.stream = mailmote_custom_tls_stream_init(&s->memory, &layer_ops, &layer_tls_ops, &s->layer);
}

static mailmote_status_t stack_send(stack_t *s) {
  make_client(&s->f);
  mailmote_recipient_init(&s->to, "ops@example.com");
  send_mail(&s->f, mailmote_memory_message_init(&s->mail, "a@example.com", &s->to, 1, "\r\n", 2), MAILMOTE_AFTER_QUIT);
  return mailmote_error(&s->f.client).status;
}

static void starttls_and_implicit_tls_secure_the_connection(void) {
  stack_t s;
  mailmote_tls_report_t report;
  stack_init(&s);
  CHECK(mailmote_tls_report(s.f.stream, &report) && !report.established);
  s.f.options.security = MAILMOTE_SECURITY_STARTTLS;
  CHECK_NUMBER(stack_send(&s), MAILMOTE_OK);
  CHECK_NUMBER(mailmote_security(&s.f.client), MAILMOTE_SECURITY_STARTTLS);
  CHECK(strncmp(s.layer.server.heard, "EHLO [192.0.2.7]\r\nSTARTTLS\r\nEHLO ", 33) == 0);
  CHECK(mailmote_tls_report(s.f.stream, &report) && report.established);
  CHECK_NUMBER(report.version, MAILMOTE_TLS_1_3);
  CHECK(report.subject.size == 19 && memcmp(report.subject.data, "CN=mail.example.com", 19) == 0);
  s.f.options.security = MAILMOTE_SECURITY_IMPLICIT;
  CHECK_NUMBER(stack_send(&s), MAILMOTE_OK);
  CHECK_NUMBER(mailmote_security(&s.f.client), MAILMOTE_SECURITY_IMPLICIT);
  CHECK_NUMBER(s.layer.begun, 2);
}

static void a_handshake_that_fails_says_why(void) {
  stack_t s;
  char line[256], plain[256];
  stack_init(&s);
  s.f.options.security = MAILMOTE_SECURITY_IMPLICIT;
  s.layer.fails = MAILMOTE_TLS_UNTRUSTED;
  CHECK_NUMBER(stack_send(&s), MAILMOTE_TLS_UNTRUSTED);
  const mailmote_error_t error = mailmote_error(&s.f.client);
  CHECK_NUMBER(error.phase, MAILMOTE_PHASE_TLS);
  CHECK(strstr(mailmote_describe_tls(error, s.f.stream, "mail.example.com", line, sizeof line), "tls: ") == line);
  mailmote_describe(error, plain, sizeof plain);
  CHECK_TEXT(mailmote_describe_tls(error, NULL, "mail.example.com", line, sizeof line), plain);
}

static void without_a_layer_there_is_no_report(void) {
  fixture_t f;
  mailmote_tls_report_t report;
  memset(&report, 0x5a, sizeof report);
  fixture_init(&f, kind_rules);
  CHECK(!mailmote_tls_report(f.stream, &report));
  CHECK(report.not_after == 0 && report.cipher.size == 0);
}

static void auto_tries_one_way_after_the_other_and_remembers(void) {
  stack_t s;
  mailmote_auto_security_t plan;
  stack_init(&s);
  s.f.options.security = MAILMOTE_SECURITY_AUTO;
  make_client(&s.f);
  CHECK_NUMBER(mailmote_connect(&s.f.client), MAILMOTE_NO_SECURITY_PLAN);
  s.f.options.plan = mailmote_auto_security_init(&plan);
  s.layer.refuses = 465;
  CHECK_NUMBER(stack_send(&s), MAILMOTE_OK);
  CHECK_NUMBER(s.layer.ports[0], 465);
  CHECK_NUMBER(s.layer.ports[1], 587);
  CHECK_NUMBER(mailmote_auto_security_count(&plan), 2);
  const mailmote_try_t first = mailmote_auto_security_try(&plan, 0);
  CHECK(first.security == MAILMOTE_SECURITY_IMPLICIT && first.port == 465);
  CHECK_NUMBER(first.error.status, MAILMOTE_CONNECTION_REFUSED);
  CHECK_NUMBER(mailmote_auto_security_try(&plan, 7).port, 0);
  const uint8_t way = mailmote_auto_security_remembered(&plan);
  CHECK(way != 0);
  stack_init(&s);
  s.f.options.security = MAILMOTE_SECURITY_AUTO;
  s.f.options.plan = mailmote_auto_security_init(&plan);
  mailmote_auto_security_remember(&plan, way);
  CHECK_NUMBER(stack_send(&s), MAILMOTE_OK);
  CHECK_NUMBER(s.layer.ports[0], 587);
}

/* Sends through a proxy that answers with these octets. */
static mailmote_status_t send_through(stack_t *s, const char *answers, size_t size, const char *user,
                                      const char *password,
                                      mailmote_stream_t *(*init)(mailmote_proxy_stream_t *, mailmote_stream_t *,
                                                                 const mailmote_proxy_options_t *)) {
  mailmote_proxy_options_t proxy;
  mailmote_proxy_options_init(&proxy, "proxy.example.com");
  proxy.port = 8118;
  proxy.user = user;
  proxy.password = password;
  stack_init(s);
  s->layer.answers = answers;
  s->layer.answer_size = size;
  s->f.stream = init(&s->proxy, s->f.stream, &proxy);
  s->f.options.port = 25;
  s->f.options.allow_clear = true; /* a proxy shows nobody to be on this machine */
  const mailmote_status_t status = stack_send(s);
  CHECK_TEXT(s->layer.server.host, "proxy.example.com");
  CHECK_NUMBER(s->layer.ports[0], 8118);
  return status;
}

static void each_proxy_leads_to_the_server(void) {
  static const char socks5[] = "\5\2\1\0\5\0\0\1\0\0\0\0\0";
  static const char http[] = "HTTP/1.1 200 yes\r\n\r\n";
  stack_t s;
  CHECK_NUMBER(send_through(&s, socks5, 14, "pump", "secret", mailmote_socks5_stream_init), MAILMOTE_OK);
  CHECK(memcmp(s.layer.asked, "\5\2\0\2\1\4pump\6secret\5\1\0\3\20mail.example.com\0\31", 39) == 0);
  CHECK_NUMBER(send_through(&s, "\0\132\0\0\0\0\0\0", 8, "pump", NULL, mailmote_socks4a_stream_init), MAILMOTE_OK);
  CHECK(memcmp(s.layer.asked, "\4\1\0\31\0\0\0\1pump\0mail.example.com", 30) == 0);
  CHECK_NUMBER(send_through(&s, http, sizeof http - 1, NULL, NULL, mailmote_http_proxy_stream_init), MAILMOTE_OK);
  CHECK(strncmp(s.layer.asked, "CONNECT mail.example.com:25 HTTP/1.1\r\n", 38) == 0);
}

static void a_proxy_that_does_not_is_named(void) {
  static const char socks5[] = "\5\0\5\2\0\1\0\0\0\0\0";
  static const char http[] = "HTTP/1.1 407 who\r\n\r\n";
  stack_t s;
  CHECK_NUMBER(send_through(&s, socks5, 12, NULL, NULL, mailmote_socks5_stream_init), MAILMOTE_PROXY_REFUSED);
  CHECK_NUMBER(mailmote_error(&s.f.client).phase, MAILMOTE_PHASE_PROXY);
  CHECK_NUMBER(mailmote_error(&s.f.client).native, 2);
  CHECK_NUMBER(send_through(&s, "\0\133\0\0\0\0\0\0", 8, NULL, NULL, mailmote_socks4a_stream_init),
               MAILMOTE_PROXY_FAILED);
  CHECK_NUMBER(send_through(&s, http, sizeof http - 1, NULL, NULL, mailmote_http_proxy_stream_init),
               MAILMOTE_PROXY_AUTH_REQUIRED);
}

static void a_proxy_is_told_an_address_and_may_have_tls_itself(void) {
  stack_t s;
  mailmote_proxy_options_t proxy;
  mailmote_proxy_options_init(&proxy, "proxy.example.com");
  CHECK_NUMBER(proxy.port, 1080);
  proxy.address = "192.0.2.9";
  proxy.tls = true;
  stack_init(&s);
  s.layer.answers = "\0\132\0\0\0\0\0\0";
  s.layer.answer_size = 8;
  s.f.stream = mailmote_socks4_stream_init(&s.proxy, s.f.stream, &proxy);
  s.f.options.port = 25;
  s.f.options.allow_clear = true;
  CHECK_NUMBER(stack_send(&s), MAILMOTE_OK);
  CHECK(s.layer.asked_size == 9 && memcmp(s.layer.asked, "\4\1\0\31\300\0\2\11", 9) == 0);
  CHECK_NUMBER(s.layer.begun, 1);
  proxy.timeout = 0;
  mailmote_stream_t *bare = mailmote_custom_stream_init(&s.f.stream_memory, &layer_ops, &s.layer);
  s.f.stream = mailmote_socks4_stream_init(&s.proxy, bare, &proxy);
  CHECK_NUMBER(stack_send(&s), MAILMOTE_TIMEOUT_OUT_OF_RANGE);
  proxy.timeout = 15000;
  s.f.stream = mailmote_socks4_stream_init(&s.proxy, bare, &proxy);
  CHECK_NUMBER(stack_send(&s), MAILMOTE_NO_TLS_LAYER);
}

static void a_stream_can_be_used_by_a_layer_in_c(void) {
  fixture_t f;
  uint8_t octets[64];
  size_t n = 7;
  fixture_init(&f, kind_rules);
  CHECK_NUMBER(mailmote_stream_open(f.stream, "mail.example.com", 25), MAILMOTE_IO_WOULD_BLOCK);
  CHECK_NUMBER(mailmote_stream_progress(f.stream, 1), MAILMOTE_IO_OK);
  CHECK_NUMBER(mailmote_stream_read(f.stream, octets, sizeof octets, &n), MAILMOTE_IO_OK);
  CHECK(n == 28 && memcmp(octets, "220 mail.example.com ESMTP\r\n", n) == 0);
  CHECK_NUMBER(mailmote_stream_read(f.stream, octets, sizeof octets, &n), MAILMOTE_IO_WOULD_BLOCK);
  CHECK_NUMBER(n, 0);
  CHECK_NUMBER(mailmote_stream_write(f.stream, "NOOP\r\n", 6, &n), MAILMOTE_IO_OK);
  CHECK_NUMBER(n, 6);
  CHECK(mailmote_stream_wait(f.stream).read && mailmote_stream_wait(f.stream).timeout == 0);
  CHECK_NUMBER(mailmote_stream_local(f.stream).octets[3], 7);
  CHECK_NUMBER(mailmote_stream_remote(f.stream).octets[0], 127);
  CHECK_NUMBER(mailmote_stream_status(f.stream), MAILMOTE_OK);
  CHECK_NUMBER(mailmote_stream_native(f.stream), 0);
  CHECK_NUMBER(mailmote_stream_close(f.stream), MAILMOTE_IO_OK);
  mailmote_stream_abort(f.stream);
  CHECK(!f.server.is_open);
}

static mailmote_interest_t asked; /* by a stream that waits for what a test says */

static mailmote_interest_t wait_as_asked(void *context) {
  (void)context;
  return asked;
}

static const mailmote_stream_ops_t asking_ops = {server_open,   server_progress, server_read,   server_write,
                                                 server_close,  server_abort,    wait_as_asked, server_local,
                                                 server_remote, server_status,   server_native};

/* What becomes of a timeout on its way through the library. */
static uint32_t passed_on(mailmote_stream_t *stream, uint32_t timeout) {
  asked.timeout = timeout;
  return mailmote_stream_wait(stream).timeout;
}

static void what_a_stream_waits_for_comes_through(void) {
  fixture_t f;
  fixture_init(&f, kind_rules);
  memset(&asked, 0, sizeof asked);
  f.stream = mailmote_custom_stream_init(&f.stream_memory, &asking_ops, &f.server);
  CHECK_NUMBER(passed_on(f.stream, 0), 0);
  CHECK_NUMBER(passed_on(f.stream, 250), 250);
  CHECK_NUMBER(passed_on(f.stream, 0x1ffffffe), 0x1ffffffe);
  CHECK_NUMBER(passed_on(f.stream, 0x1fffffff), 0);
  CHECK_NUMBER(passed_on(f.stream, 0x200000fa), 0);
  CHECK(!mailmote_stream_wait(f.stream).again);
  asked.again = true;
  CHECK(mailmote_stream_wait(f.stream).again);
}

static void a_client_waits_no_longer_than_its_stream(void) {
  fixture_t f;
  fixture_init(&f, kind_rules);
  memset(&asked, 0, sizeof asked);
  asked.write = true;
  asked.timeout = 250;
  f.server.connecting = 9;
  f.stream = mailmote_custom_stream_init(&f.stream_memory, &asking_ops, &f.server);
  make_client(&f);
  CHECK_NUMBER(mailmote_connect(&f.client), MAILMOTE_OK);
  CHECK_NUMBER(mailmote_poll(&f.client, f.now), MAILMOTE_POLL_WAIT);
  CHECK_NUMBER(mailmote_wait(&f.client, f.now).timeout, 250);
  asked.again = true;
  CHECK_NUMBER(mailmote_poll(&f.client, f.now), MAILMOTE_POLL_AGAIN);
  CHECK_NUMBER(mailmote_wait(&f.client, f.now).timeout, 0);
}

static void a_layer_waits_for_a_proxy_as_long_as_told(void) {
  stack_t s;
  mailmote_proxy_options_t proxy;
  mailmote_proxy_options_init(&proxy, "proxy.example.com");
  proxy.timeout = 15000;
  stack_init(&s);
  s.layer.server.connecting = 9;
  mailmote_stream_t *stream = mailmote_socks5_stream_init(&s.proxy, s.f.stream, &proxy);
  CHECK_NUMBER(mailmote_stream_open(stream, "mail.example.com", 25), MAILMOTE_IO_WOULD_BLOCK);
  CHECK(mailmote_stream_wait(stream).again); /* it is told the time by progress */
  CHECK_NUMBER(mailmote_stream_progress(stream, 7), MAILMOTE_IO_WOULD_BLOCK);
  CHECK(!mailmote_stream_wait(stream).again);
  CHECK_NUMBER(mailmote_stream_wait(stream).timeout, 15000);
  CHECK_NUMBER(mailmote_stream_progress(stream, 5007), MAILMOTE_IO_WOULD_BLOCK);
  CHECK_NUMBER(mailmote_stream_wait(stream).timeout, 10000);
}

static void tls_options_begin_with_nobody_trusted(void) {
  mailmote_tls_options_t options;
  mailmote_tls_session_t session;
  uint8_t room[16];
  mailmote_tls_options_init(&options);
  CHECK(options.check_host && options.check_time && !options.insecure && options.ca == NULL && options.ca_file == NULL);
  CHECK_NUMBER(options.min, MAILMOTE_TLS_1_2);
  mailmote_tls_session_init(&session, room, sizeof room, 99);
  CHECK_NUMBER(mailmote_tls_session_used(&session), sizeof room);
  CHECK(!mailmote_tls_session_changed(&session));
  CHECK(!mailmote_tls_session_too_big(&session));
  mailmote_tls_session_init(&session, NULL, 16, 4);
  CHECK_NUMBER(mailmote_tls_session_used(&session), 0);
}

int main(void) {
  starttls_and_implicit_tls_secure_the_connection();
  a_handshake_that_fails_says_why();
  without_a_layer_there_is_no_report();
  auto_tries_one_way_after_the_other_and_remembers();
  each_proxy_leads_to_the_server();
  a_proxy_that_does_not_is_named();
  a_proxy_is_told_an_address_and_may_have_tls_itself();
  a_stream_can_be_used_by_a_layer_in_c();
  what_a_stream_waits_for_comes_through();
  a_client_waits_no_longer_than_its_stream();
  a_layer_waits_for_a_proxy_as_long_as_told();
  tls_options_begin_with_nobody_trusted();
  return result("c_streams");
}
