// A network interface by virtio 1.0 over MMIO.
#ifndef MAILMOTE_FIRMWARE_VIRTIO_NET_HPP
#define MAILMOTE_FIRMWARE_VIRTIO_NET_HPP

#include <cstddef>
#include <cstdint>

namespace virtio_net {

/// Returns the number of its interrupt, which comes for each frame that has come in or gone out.
int start(const std::uint8_t (&mac)[6]);
std::size_t receive(std::uint8_t* out);
void send(const std::uint8_t* frame, std::size_t size);
void acknowledge();

}  // namespace virtio_net

#endif
