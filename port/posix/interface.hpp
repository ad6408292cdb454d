// Network interfaces by their names. host/ asks the system; sockets/ is for devices, which know only numbers.
#ifndef MAILMOTE_POSIX_INTERFACE_HPP
#define MAILMOTE_POSIX_INTERFACE_HPP

#include <cstdint>

#include "mailmote/ip.hpp"

namespace mailmote::posix {

/// An interface's number; 0: there is no such interface.
std::uint32_t interface_number(const char* name);

/// An address of the interface that can reach `remote`: errno, or 0.
int address_of(const char* interface, const IpAddress& remote, IpAddress& out);

}  // namespace mailmote::posix

#endif
