/* What lwIP asks of the compiler and the platform. Nothing of stdio is needed. */
#ifndef MAILMOTE_FIRMWARE_LWIP_CC_H
#define MAILMOTE_FIRMWARE_LWIP_CC_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
uint32_t firmware_random(void);
void firmware_panic(const char* text);
#ifdef __cplusplus
}
#endif

#define LWIP_RAND() firmware_random()
#define LWIP_PLATFORM_DIAG(message) ((void)0)
#define LWIP_PLATFORM_ASSERT(text) firmware_panic(text)
#define LWIP_NO_UNISTD_H 1

#endif
