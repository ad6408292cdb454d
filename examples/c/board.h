/* What board.c needs of the board, and what it offers to the rest of the firmware. */
#ifndef MAILMOTE_EXAMPLES_BOARD_H
#define MAILMOTE_EXAMPLES_BOARD_H

#include <mailmote/mailmote.h>

#define BOARD_SENSORS 1000U

extern const mailmote_stream_ops_t board_tcp_ops;
extern const mailmote_random_t board_random;
extern const uint8_t board_ca[]; /* PEM, its NUL counted */
extern const size_t board_ca_size;
extern const char *const board_proxy; /* NULL: none */

uint32_t board_ms(void);
uint32_t board_unix_time(void *context); /* 0 while it is not known */
void board_wait(mailmote_wait_t wait);
uint8_t board_sensor(uint32_t index);

mailmote_status_t mail_init(const char *host, const mailmote_credentials_t *credentials);
mailmote_status_t mail_start(const char *from, const char *recipient, const char *subject, const char *body);
bool mail_poll(void);
mailmote_outcome_t mail_outcome(bool *again);

#endif
