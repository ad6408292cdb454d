// The OpenCores Ethernet controller.
#ifndef MAILMOTE_FIRMWARE_OPEN_ETH_HPP
#define MAILMOTE_FIRMWARE_OPEN_ETH_HPP

#include <cstddef>
#include <cstdint>

namespace open_eth {

constexpr int kInterrupt = 1;  ///< comes for each frame that has come in

void start(const std::uint8_t (&mac)[6]);
std::size_t receive(std::uint8_t* out);
void send(const std::uint8_t* frame, std::size_t size);

}  // namespace open_eth

#endif
