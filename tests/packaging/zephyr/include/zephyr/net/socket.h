/* What the sockets port takes from Zephyr's socket API, without the names of POSIX (CONFIG_POSIX_API is off), on the
 * structures of this machine. */
#ifndef MAILMOTE_TESTS_ZEPHYR_NET_SOCKET_H
#define MAILMOTE_TESTS_ZEPHYR_NET_SOCKET_H

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/types.h>

#undef SHUT_WR
#undef MSG_NOSIGNAL
#undef SOCK_NONBLOCK
#undef SOCK_CLOEXEC

#ifdef __cplusplus
extern "C" {
#endif

struct zsock_pollfd {
  int fd;
  short events;
  short revents;
};

struct zsock_addrinfo {
  struct zsock_addrinfo* ai_next;
  int ai_flags;
  int ai_family;
  int ai_socktype;
  int ai_protocol;
  socklen_t ai_addrlen;
  struct sockaddr* ai_addr;
  char* ai_canonname;
};

#define ZSOCK_POLLIN 1
#define ZSOCK_POLLOUT 4
#define ZSOCK_POLLERR 8
#define ZSOCK_POLLHUP 0x10
#define ZSOCK_POLLNVAL 0x20
#define ZSOCK_SHUT_WR 1
#define EAI_NONAME (-2)

int zsock_bind(int fd, const struct sockaddr* address, socklen_t size);
int zsock_close(int fd);
int zsock_connect(int fd, const struct sockaddr* address, socklen_t size);
int zsock_fcntl(int fd, int command, int flags);
void zsock_freeaddrinfo(struct zsock_addrinfo* list);
int zsock_getaddrinfo(const char* host, const char* service, const struct zsock_addrinfo* hints,
                      struct zsock_addrinfo** list);
int zsock_getsockname(int fd, struct sockaddr* address, socklen_t* size);
int zsock_getsockopt(int fd, int level, int option, void* value, socklen_t* size);
int zsock_inet_pton(sa_family_t family, const char* text, void* address);
int zsock_poll(struct zsock_pollfd* list, int count, int timeout);
int zsock_setsockopt(int fd, int level, int option, const void* value, socklen_t size);
int zsock_shutdown(int fd, int how);
int zsock_socket(int family, int type, int protocol);
ssize_t zsock_recvfrom(int fd, void* into, size_t size, int flags, struct sockaddr* from, socklen_t* from_size);
ssize_t zsock_sendto(int fd, const void* octets, size_t size, int flags, const struct sockaddr* to, socklen_t to_size);

static inline ssize_t zsock_recv(int fd, void* into, size_t size, int flags) {
  return zsock_recvfrom(fd, into, size, flags, NULL, NULL);
}

static inline ssize_t zsock_send(int fd, const void* octets, size_t size, int flags) {
  return zsock_sendto(fd, octets, size, flags, NULL, 0);
}

#ifdef __cplusplus
}
#endif

#endif
