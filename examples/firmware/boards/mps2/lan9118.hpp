// The Ethernet controller SMSC LAN9118, by its FIFOs and without DMA.
#ifndef MAILMOTE_FIRMWARE_LAN9118_HPP
#define MAILMOTE_FIRMWARE_LAN9118_HPP

#include <cstddef>
#include <cstdint>

namespace lan9118 {

constexpr int kInterrupt = 13;

void start(const std::uint8_t (&mac)[6]);
std::size_t receive(std::uint8_t* out);
void send(const std::uint8_t* frame, std::size_t size);

/// An interrupt when a frame is there.
void enable_interrupt();
void disable_interrupt();

}  // namespace lan9118

#endif
