// Overwrites secrets, in a way that no compiler leaves out.
#ifndef MAILMOTE_WIRE_WIPE_HPP
#define MAILMOTE_WIRE_WIPE_HPP

#include <cstddef>

namespace mailmote {

void wipe(void* octets, std::size_t size);

}  // namespace mailmote

#endif
