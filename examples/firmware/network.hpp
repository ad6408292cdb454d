// lwIP on the board's network interface.
#ifndef MAILMOTE_FIRMWARE_NETWORK_HPP
#define MAILMOTE_FIRMWARE_NETWORK_HPP

namespace network {

/// The addresses of QEMU's network: a board takes its own from DHCP or from its settings.
void start();

/// Takes in every frame that came, and runs lwIP's timers.
void poll();

}  // namespace network

#endif
