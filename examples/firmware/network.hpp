// lwIP on the board's network interface.
#ifndef MAILMOTE_FIRMWARE_NETWORK_HPP
#define MAILMOTE_FIRMWARE_NETWORK_HPP

#include <cstdint>

namespace network {

/// The addresses of QEMU's network: a board takes its own from DHCP or from its settings. With IPv6 it waits for one.
void start();

/// From now on sleep() ends after so many milliseconds at the latest, as on a board whose timer ticks.
void wake_every(std::uint32_t milliseconds);

/// Takes in every frame that came, and runs lwIP's timers.
void poll();

/// Sleeps until a frame has come in, lwIP has something to do, or `limit` milliseconds have passed.
void sleep(std::uint32_t limit);

}  // namespace network

#endif
