/* What the sockets port takes from Zephyr's kernel. */
#ifndef MAILMOTE_TESTS_ZEPHYR_KERNEL_H
#define MAILMOTE_TESTS_ZEPHYR_KERNEL_H

#include <stdint.h>

uint32_t k_uptime_get_32(void);

#endif
