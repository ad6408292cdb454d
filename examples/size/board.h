/* A board's network and clock, as a vendor's library might offer them. No function blocks. The programs here are linked
   to be measured and never run, so nobody implements these. */
#ifndef MAILMOTE_EXAMPLES_BOARD_H
#define MAILMOTE_EXAMPLES_BOARD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { BOARD_OK = 0, BOARD_BUSY = -1, BOARD_CLOSED = -2 }; /* anything below: the vendor's error number */

int board_connect(const char* host, size_t host_size, uint16_t port);
int board_connected(void);
int board_read(void* into, size_t size);        /* octets, or BOARD_BUSY, BOARD_CLOSED, error */
int board_write(const void* from, size_t size); /* octets, or BOARD_BUSY, BOARD_CLOSED, error */
int board_close(void);
void board_reset(void);
void board_sleep(uint32_t ms); /* until something arrives or can be sent, or ms have passed */
uint32_t board_ms(void);
uint32_t board_unix_time(void);
int board_random(void* into, size_t size); /* BOARD_OK or error */
int board_setting(void);                    /* the position of a switch */
void board_log(const char* text, size_t size);

/* SHA-256 with a state of at most 128 octets, aligned to 8. */
void board_sha256_start(void* state);
void board_sha256_copy(void* to, const void* from);
void board_sha256_add(void* state, const void* octets, size_t size);
void board_sha256_finish(void* state, uint8_t* digest);

#ifdef __cplusplus
}
#endif

#endif
