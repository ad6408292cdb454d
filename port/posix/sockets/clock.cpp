// The clock of a device that has none of POSIX.
#if defined(__ZEPHYR__)
#include <zephyr/kernel.h>
#else
#include <lwip/sys.h>
#endif

#include "mailmote/posix/waiter.hpp"

namespace mailmote::posix {

#if defined(__ZEPHYR__)
Millis now() { return k_uptime_get_32(); }
#else
Millis now() { return sys_now(); }
#endif

}  // namespace mailmote::posix
