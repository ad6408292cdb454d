// Clock, sleep and network interface of QEMU's RISC-V board virt.
#include "board.hpp"

#include "virtio_net.hpp"

namespace {

constexpr std::uint32_t kTicks = 10000;  // a millisecond

volatile std::uint32_t& device(std::uintptr_t address) { return *reinterpret_cast<volatile std::uint32_t*>(address); }

// The timer.
constexpr std::uintptr_t kCompare = 0x02004000, kTime = 0x0200bff8;

// The interrupt controller: one word of priority an interrupt, one bit to enable it.
constexpr std::uintptr_t kPriority = 0x0c000000, kEnable = 0x0c002000, kThreshold = 0x0c200000, kClaim = 0x0c200004;

std::uint64_t time() {
  for (;;) {
    const std::uint32_t high = device(kTime + 4);
    const std::uint32_t low = device(kTime);
    if (device(kTime + 4) == high) return std::uint64_t{high} << 32 | low;
  }
}

void wake_at(std::uint64_t when) {
  device(kCompare + 4) = 0xffffffff;
  device(kCompare) = static_cast<std::uint32_t>(when);
  device(kCompare + 4) = static_cast<std::uint32_t>(when >> 32);
}

}  // namespace

namespace board {

void start(const std::uint8_t (&mac)[6]) {
  const int interrupt = virtio_net::start(mac);
  device(kPriority + 4 * static_cast<unsigned>(interrupt)) = 1;
  device(kEnable) = 1U << interrupt;
  device(kThreshold) = 0;
  asm volatile(".option push\n\t.option arch, +zicsr\n\tcsrw mie, %0\n\t.option pop" ::"r"(0x880));  // timer, devices
}

std::uint32_t milliseconds() { return static_cast<std::uint32_t>(time() / kTicks); }

// An interrupt that came before wfi still ends it.
void sleep(std::uint32_t limit) {
  wake_at(time() + std::uint64_t{limit} * kTicks);
  asm volatile("wfi" ::: "memory");
  const std::uint32_t interrupt = device(kClaim);
  if (interrupt == 0) return;
  virtio_net::acknowledge();
  device(kClaim) = interrupt;
}

std::size_t receive(std::uint8_t* out) { return virtio_net::receive(out); }

void send(const std::uint8_t* frame, std::size_t size) { virtio_net::send(frame, size); }

}  // namespace board
