// The lwIP port on lwIP itself: over IPv4, over IPv6, over a bad line, and where lwIP is short of memory.
#ifdef MAILMOTE_HAS_LWIP

#include "contract/lwip_link.hpp"
#include "contract/stream_contract.hpp"

namespace mailmote::contract {

using LwipLinks =
    testing::Types<LwipLink<4, 0>, LwipLink<6, 0>, LwipLink<4, 30>, LwipLink<6, 30>, LwipLink<4, 0, 100>>;
INSTANTIATE_TYPED_TEST_SUITE_P(Lwip, StreamContract, LwipLinks, Numbered);

}  // namespace mailmote::contract

#endif
