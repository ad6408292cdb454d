/* What the port for POSIX systems lends a program in C: a clock, a way to wait, files, random octets. */
#define _POSIX_C_SOURCE 200809L
#include <arpa/inet.h>
#include <mailmote/posix/posix.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"

static mailmote_recipient_t to;
static mailmote_raw_message_t memory;

/* The status of sending what `fd` has to say. */
static mailmote_status_t send_file(fixture_t *f, mailmote_posix_file_source_t *source, int fd) {
  fixture_init(f, kind_rules);
  make_client(f);
  mailmote_recipient_init(&to, "ops@example.com");
  mailmote_source_t *content = mailmote_posix_file_source_init(source, fd);
  send_mail(f, mailmote_raw_message_init(&memory, "a@example.com", &to, 1, content), MAILMOTE_AFTER_QUIT);
  return mailmote_error(&f->client).status;
}

static void a_file_is_sent_from_where_it_stands_and_sent_again(void) {
  static const char mail[] = "not this\nSubject: x\n\nbody\n";
  mailmote_posix_file_source_t source;
  fixture_t f;
  FILE *file = tmpfile();
  CHECK(file != NULL);
  if (file == NULL) return;
  const int fd = fileno(file);
  CHECK_NUMBER(write(fd, mail, sizeof mail - 1), sizeof mail - 1);
  CHECK_NUMBER(lseek(fd, 9, SEEK_SET), 9);
  CHECK_NUMBER(send_file(&f, &source, fd), MAILMOTE_OK);
  CHECK(strstr(f.server.heard, "DATA\r\nSubject: x\r\n\r\nbody\r\n.\r\n") != NULL);
  mailmote_message_t *again = mailmote_raw_message_init(&memory, "b@example.com", &to, 1, (mailmote_source_t *)&source);
  f.server.heard_size = f.server.line = 0;
  send_mail(&f, again, MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_ACCEPTED);
  CHECK(strstr(f.server.heard, "DATA\r\nSubject: x\r\n\r\nbody\r\n.\r\n") != NULL);
  fclose(file);
}

static void a_pipe_is_sent_once(void) {
  mailmote_posix_file_source_t source;
  fixture_t f;
  int ends[2];
  CHECK_NUMBER(pipe(ends), 0);
  CHECK_NUMBER(write(ends[1], "Subject: x\n\npiped\n", 18), 18);
  close(ends[1]);
  CHECK_NUMBER(send_file(&f, &source, ends[0]), MAILMOTE_OK);
  CHECK(strstr(f.server.heard, "\r\n\r\npiped\r\n.\r\n") != NULL);
  send_mail(&f, mailmote_raw_message_init(&memory, "a@example.com", &to, 1, (mailmote_source_t *)&source),
            MAILMOTE_AFTER_QUIT);
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_SOURCE_NOT_REWINDABLE);
  close(ends[0]);
}

static void a_file_that_cannot_be_read_is_not_sent(void) {
  mailmote_posix_file_source_t source;
  fixture_t f;
  CHECK_NUMBER(send_file(&f, &source, -1), MAILMOTE_SOURCE_FAILED);
  CHECK_NUMBER(mailmote_outcome(&f.client), MAILMOTE_OUTCOME_NOT_SENT);
}

/* A socket of this machine that takes connections and says nothing; its port. */
static int silent_server(uint16_t *port) {
  struct sockaddr_in address;
  socklen_t size = sizeof address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  CHECK_NUMBER(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
  CHECK_NUMBER(listen(fd, 4), 0);
  CHECK_NUMBER(getsockname(fd, (struct sockaddr *)&address, &size), 0);
  *port = ntohs(address.sin_port);
  return fd;
}

static void a_client_sleeps_until_there_is_something_to_do(void) {
  static mailmote_posix_stream_t tcp;
  fixture_t f;
  unsigned polls = 1;
  fixture_init(&f, kind_rules);
  f.stream = mailmote_posix_stream_init(&tcp);
  const int server = silent_server(&f.options.port);
  f.options.host = "127.0.0.1";
  f.options.timeouts.greeting = 150;
  make_client(&f);
  const uint32_t start = mailmote_posix_now();
  CHECK_NUMBER(mailmote_connect(&f.client), MAILMOTE_OK);
  for (; mailmote_poll(&f.client, mailmote_posix_now()) != MAILMOTE_POLL_DONE && polls < 1000; ++polls) {
    mailmote_posix_sleep(&f.client, &tcp);
  }
  CHECK_NUMBER(mailmote_error(&f.client).status, MAILMOTE_GREETING_TIMEOUT);
  CHECK(mailmote_posix_now() - start >= 150);
  CHECK(polls < 20);
  close(server);
}

static void the_systems_file_of_certificates_can_be_read(void) {
  const char *file = mailmote_posix_system_ca_file();
  CHECK(file == NULL || access(file, R_OK) == 0);
  CHECK(file != NULL || access("/etc/ssl/certs/ca-certificates.crt", R_OK) != 0);
}

static void random_octets_and_the_time_of_day_are_the_systems(void) {
  uint8_t octets[2][16];
  CHECK(mailmote_posix_random(NULL, octets[0], 16) && mailmote_posix_random(NULL, octets[1], 16));
  CHECK(memcmp(octets[0], octets[1], 16) != 0);
  CHECK(mailmote_posix_wall_clock(NULL) > 1700000000U);
}

int main(void) {
  a_file_is_sent_from_where_it_stands_and_sent_again();
  a_pipe_is_sent_once();
  a_file_that_cannot_be_read_is_not_sent();
  a_client_sleeps_until_there_is_something_to_do();
  the_systems_file_of_certificates_can_be_read();
  random_octets_and_the_time_of_day_are_the_systems();
  return result("c_posix");
}
