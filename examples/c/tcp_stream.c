#define _POSIX_C_SOURCE 200809L

#include "tcp_stream.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static mailmote_io_t failed(tcp_t *tcp, int error) {
  if (error == EAGAIN || error == EINTR || error == EINPROGRESS) return MAILMOTE_IO_WOULD_BLOCK;
  tcp->error = error;
  return MAILMOTE_IO_ERROR;
}

static mailmote_io_t tcp_open(void *context, const char *host, uint16_t port) {
  tcp_t *tcp = context;
  struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
  struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
  tcp->error = 0;
  const bool is_v4 = inet_pton(AF_INET, host, &v4.sin_addr) == 1;
  if (!is_v4 && inet_pton(AF_INET6, host, &v6.sin6_addr) != 1) return failed(tcp, EADDRNOTAVAIL);
  tcp->fd = socket(is_v4 ? AF_INET : AF_INET6, SOCK_STREAM, 0);
  if (tcp->fd < 0 || fcntl(tcp->fd, F_SETFL, O_NONBLOCK) != 0) return failed(tcp, errno);
  tcp->write_blocked = true;
  const int result = is_v4 ? connect(tcp->fd, (const struct sockaddr *)&v4, sizeof v4)
                           : connect(tcp->fd, (const struct sockaddr *)&v6, sizeof v6);
  return result == 0 ? MAILMOTE_IO_OK : failed(tcp, errno);
}

static mailmote_io_t tcp_progress(void *context, uint32_t now) {
  tcp_t *tcp = context;
  struct pollfd ready = {.fd = tcp->fd, .events = POLLOUT};
  int error = 0;
  socklen_t size = sizeof error;
  (void)now;
  if (poll(&ready, 1, 0) != 1) return MAILMOTE_IO_WOULD_BLOCK;
  if (getsockopt(tcp->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
  tcp->write_blocked = false;
  return error == 0 ? MAILMOTE_IO_OK : failed(tcp, error);
}

static mailmote_io_t tcp_read(void *context, uint8_t *into, size_t size, size_t *n) {
  tcp_t *tcp = context;
  const ssize_t result = recv(tcp->fd, into, size, 0);
  if (result < 0) return failed(tcp, errno);
  *n = (size_t)result;
  return result == 0 ? MAILMOTE_IO_CLOSED : MAILMOTE_IO_OK;
}

static mailmote_io_t tcp_write(void *context, const uint8_t *from, size_t size, size_t *n) {
  tcp_t *tcp = context;
  const ssize_t result = send(tcp->fd, from, size, MSG_NOSIGNAL);
  tcp->write_blocked = result < 0;
  if (result < 0) return failed(tcp, errno);
  *n = (size_t)result;
  return MAILMOTE_IO_OK;
}

static void tcp_abort(void *context) {
  tcp_t *tcp = context;
  if (tcp->fd >= 0) close(tcp->fd);
  tcp->fd = -1;
}

/* A socket that is closed while octets arrive resets the connection, so the server's end is waited for. */
static mailmote_io_t tcp_close(void *context) {
  tcp_t *tcp = context;
  uint8_t waste[256];
  shutdown(tcp->fd, SHUT_WR);
  tcp->write_blocked = false;
  const ssize_t result = recv(tcp->fd, waste, sizeof waste, 0);
  if (result > 0) return MAILMOTE_IO_WOULD_BLOCK;
  const mailmote_io_t status = result == 0 ? MAILMOTE_IO_OK : failed(tcp, errno);
  if (status != MAILMOTE_IO_WOULD_BLOCK) tcp_abort(tcp);
  return status;
}

static mailmote_interest_t tcp_wait(void *context) {
  return (mailmote_interest_t){.read = true, .write = ((const tcp_t *)context)->write_blocked};
}

static void copy_address(const struct sockaddr_storage *address, mailmote_ip_endpoint_t *end) {
  const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;
  const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;
  end->family = address->ss_family == AF_INET ? 4 : 6;
  end->port = ntohs(end->family == 4 ? v4->sin_port : v6->sin6_port);
  if (end->family == 4) memcpy(end->octets, &v4->sin_addr, 4);
  if (end->family == 6) memcpy(end->octets, &v6->sin6_addr, 16);
}

static void tcp_local(void *context, mailmote_ip_endpoint_t *end) {
  struct sockaddr_storage address;
  socklen_t size = sizeof address;
  if (getsockname(((const tcp_t *)context)->fd, (struct sockaddr *)&address, &size) == 0) copy_address(&address, end);
}

static void tcp_remote(void *context, mailmote_ip_endpoint_t *end) {
  struct sockaddr_storage address;
  socklen_t size = sizeof address;
  if (getpeername(((const tcp_t *)context)->fd, (struct sockaddr *)&address, &size) == 0) copy_address(&address, end);
}

static mailmote_status_t tcp_status(void *context) {
  switch (((const tcp_t *)context)->error) {
    case 0: return MAILMOTE_OK;
    case EADDRNOTAVAIL: return MAILMOTE_NAME_NOT_FOUND;
    case ECONNREFUSED: return MAILMOTE_CONNECTION_REFUSED;
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ETIMEDOUT: return MAILMOTE_UNREACHABLE;
    case ECONNRESET:
    case EPIPE: return MAILMOTE_CONNECTION_RESET;
    default: return MAILMOTE_TRANSPORT_ERROR;
  }
}

static int32_t tcp_native(void *context) { return ((const tcp_t *)context)->error; }

const mailmote_stream_ops_t tcp_ops = {tcp_open, tcp_progress, tcp_read,  tcp_write,  tcp_close, tcp_abort,
                                              tcp_wait, tcp_local,    tcp_remote, tcp_status, tcp_native};
