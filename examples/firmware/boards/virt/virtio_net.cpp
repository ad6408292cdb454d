#include "virtio_net.hpp"

#include <cstring>

namespace virtio_net {
namespace {

enum Register : std::uintptr_t {
  kDeviceId = 0x08,
  kDriverFeatures = 0x20,
  kFeatureWord = 0x24,
  kQueueNumber = 0x30,
  kQueueSize = 0x38,
  kQueueReady = 0x44,
  kNotify = 0x50,
  kInterrupts = 0x60,
  kAcknowledge = 0x64,
  kStatus = 0x70,
  kDescriptors = 0x80,
  kAvailable = 0x90,
  kUsed = 0xa0,
};
constexpr std::uintptr_t kFirst = 0x10001000, kStride = 0x1000;
constexpr std::uint32_t kNetwork = 1, kFeatures[] = {1U << 5, 1};  // has an address, version 1
constexpr std::uint32_t kBeginnings[] = {0, 1, 3}, kAgreed = 11, kAtWork = 15;  // reset; seen; known
constexpr std::uint16_t kSlots = 8, kDeviceWrites = 2;
constexpr std::size_t kHeader = 12, kMaxFrame = 1514;

struct Descriptor {
  std::uint64_t address;
  std::uint32_t size;
  std::uint16_t flags, next;
};

struct Available { std::uint16_t flags, index, ring[kSlots]; };

struct Used {
  std::uint16_t flags, index;
  struct { std::uint32_t id, size; } ring[kSlots];
};

/// Slots that take turns; each has a buffer of its own, for the header and a frame.
struct Queue {
  alignas(16) Descriptor descriptors[kSlots];
  Available available;
  alignas(4) volatile Used used;
  std::uint16_t seen;
  std::uint8_t buffers[kSlots][kHeader + kMaxFrame + 2];
};

Queue receiving, sending;
std::uintptr_t device = kFirst;

volatile std::uint32_t& at(Register which) { return *reinterpret_cast<volatile std::uint32_t*>(device + which); }

void fence() { asm volatile("fence" ::: "memory"); }

std::uint32_t low(const volatile void* object) { return reinterpret_cast<std::uintptr_t>(object); }

void offer(Queue& queue, std::uint32_t number, std::uint16_t slot) {
  queue.available.ring[queue.available.index % kSlots] = slot;
  fence();
  queue.available.index = static_cast<std::uint16_t>(queue.available.index + 1);
  fence();
  at(kNotify) = number;
}

void set_up(Queue& queue, std::uint32_t number, std::uint16_t flags) {
  for (std::uint16_t i = 0; i < kSlots; ++i) {
    queue.descriptors[i] = {low(queue.buffers[i]), kHeader + kMaxFrame, flags, 0};
  }
  at(kQueueNumber) = number;
  at(kQueueSize) = kSlots;
  at(kDescriptors) = low(queue.descriptors);
  at(kAvailable) = low(&queue.available);
  at(kUsed) = low(&queue.used);
  at(kQueueReady) = 1;
}

}  // namespace

int start(const std::uint8_t (&)[6]) {  // the emulator has given it the address already
  while (at(kDeviceId) != kNetwork) device += kStride;
  for (const std::uint32_t status : kBeginnings) at(kStatus) = status;
  for (std::uint32_t word = 0; word < 2; ++word) {
    at(kFeatureWord) = word;
    at(kDriverFeatures) = kFeatures[word];
  }
  at(kStatus) = kAgreed;
  set_up(receiving, 0, kDeviceWrites);
  set_up(sending, 1, 0);
  at(kStatus) = kAtWork;
  for (std::uint16_t slot = 0; slot < kSlots; ++slot) offer(receiving, 0, slot);
  return static_cast<int>((device - kFirst) / kStride) + 1;
}

void send(const std::uint8_t* frame, std::size_t size) {
  fence();
  if (static_cast<std::uint16_t>(sending.available.index - sending.used.index) == kSlots) return;
  const std::uint16_t slot = sending.available.index % kSlots;
  std::memcpy(sending.buffers[slot] + kHeader, frame, size);
  sending.descriptors[slot].size = static_cast<std::uint32_t>(kHeader + size);
  offer(sending, 1, slot);
}

std::size_t receive(std::uint8_t* out) {
  if (receiving.seen == receiving.used.index) return 0;
  fence();
  const auto& entry = receiving.used.ring[receiving.seen++ % kSlots];
  const std::size_t size = entry.size - kHeader;
  std::memcpy(out, receiving.buffers[entry.id] + kHeader, size);
  offer(receiving, 0, static_cast<std::uint16_t>(entry.id));
  return size;
}

void acknowledge() { at(kAcknowledge) = at(kInterrupts); }

}  // namespace virtio_net
