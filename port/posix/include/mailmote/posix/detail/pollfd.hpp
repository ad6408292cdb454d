// The entry of a list for poll(2), whose name depends on the system.
#ifndef MAILMOTE_POSIX_DETAIL_POLLFD_HPP
#define MAILMOTE_POSIX_DETAIL_POLLFD_HPP

#if defined(__ZEPHYR__)
struct zsock_pollfd;
namespace mailmote::posix {
using pollfd = ::zsock_pollfd;
}
#else
struct pollfd;
#endif

#endif
