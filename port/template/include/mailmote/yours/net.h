/* Stands for the sockets of your system: a vendor's SDK, a modem's AT commands, an RTOS. Your port includes your
 * system's header instead. The tests implement these functions in memory, so that the template is known to work. */
#ifndef MAILMOTE_YOURS_NET_H
#define MAILMOTE_YOURS_NET_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  NET_OK = 0,
  NET_UNDER_WAY = -1,  /* not yet; ask again */
  NET_END = -2,        /* the peer has closed, and everything was received */
  NET_NO_NAME = -3,
  NET_NO_ANSWER = -4,  /* of the name server */
  NET_REFUSED = -5,
  NET_NO_ROUTE = -6,
  NET_RESET = -7
};

/* Begins to connect. Returns a handle of 0 or more, or what is wrong. `host` is copied. */
int net_connect(const char* host, size_t host_size, uint16_t port);

/* Whether the connection is up: NET_OK, NET_UNDER_WAY, or why not. */
int net_state(int handle);

/* Takes what there is room for and returns how much, 1 or more; or NET_UNDER_WAY, NET_RESET. */
int net_send(int handle, const void* octets, size_t size);

/* Returns how many octets were put into `octets`, 1 or more; or NET_UNDER_WAY, NET_END, NET_RESET. */
int net_receive(int handle, void* octets, size_t size);

/* Sends the end of the stream behind what was sent. */
void net_finish(int handle);

/* How many octets the peer has not acknowledged yet; the end of the stream counts as one. */
size_t net_in_flight(int handle);

/* Forgets the connection at once, and with it what is still in flight. */
void net_drop(int handle);

/* An address: 4 octets in network order and a port. */
struct net_end {
  uint8_t octets[4];
  uint16_t port;
};

/* This end of a connection that is up, and the other. */
struct net_end net_local(int handle);
struct net_end net_remote(int handle);

#ifdef __cplusplus
}
#endif

#endif
