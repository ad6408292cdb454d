#include "open_eth.hpp"

#include <cstring>

namespace open_eth {
namespace {

enum Register : std::uintptr_t {
  kMode = 0x00,
  kInterruptSource = 0x04,
  kInterruptMask = 0x08,
  kSendDescriptors = 0x20,
  kAddressLow = 0x40,
  kAddressHigh = 0x44,
  kMulticasts = 0x48,
  kDescriptors = 0x400,
};

// Modes: padding, check sequence, full duplex, broadcasts, send, receive.
constexpr std::uint32_t kModes = 0xa40b, kFrameCameIn = 4, kFirstReceiving = 64;
// Of a descriptor: its turn is the controller's; the last of its kind; and for sending padding and check sequence.
constexpr std::uint32_t kReady = 0x8000, kLast = 0x2000, kSend = kReady | kLast | 0x1000 | 0x0800;
constexpr std::uint32_t kErrors = 0x7b;  // of a frame that came in; a short one is none
constexpr std::size_t kSlots = 8, kMaxFrame = 1514, kCheckSequence = 4, kBuffer = 1536;

alignas(4) std::uint8_t received[kSlots][kBuffer];
alignas(4) std::uint8_t sent[kBuffer];
std::size_t next;

volatile std::uint32_t& at(std::uintptr_t offset) {
  return *reinterpret_cast<volatile std::uint32_t*>(0x7d030000 + offset);
}

volatile std::uint32_t& flags(std::size_t descriptor) { return at(kDescriptors + 8 * descriptor); }

void set_buffer(std::size_t descriptor, const void* buffer) {
  at(kDescriptors + 8 * descriptor + 4) = reinterpret_cast<std::uintptr_t>(buffer);
}

void give_back(std::size_t slot) { flags(kFirstReceiving + slot) = kReady | 0x4000 | (slot + 1 == kSlots ? kLast : 0); }

}  // namespace

void start(const std::uint8_t (&mac)[6]) {
  at(kSendDescriptors) = kFirstReceiving;
  at(kAddressHigh) = static_cast<std::uint32_t>(mac[0]) << 8 | mac[1];
  at(kAddressLow) = static_cast<std::uint32_t>(mac[2]) << 24 | static_cast<std::uint32_t>(mac[3]) << 16 |
                    static_cast<std::uint32_t>(mac[4]) << 8 | mac[5];
  at(kMulticasts) = at(kMulticasts + 4) = 0xffffffff;  // all of them
  set_buffer(0, sent);
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    set_buffer(kFirstReceiving + slot, received[slot]);
    give_back(slot);
  }
  at(kInterruptMask) = kFrameCameIn;
  at(kMode) = kModes;
}

void send(const std::uint8_t* frame, std::size_t size) {
  if ((flags(0) & kReady) != 0) return;
  std::memcpy(sent, frame, size);
  flags(0) = static_cast<std::uint32_t>(size) << 16 | kSend;
}

// The interrupt of the frames so far is over before they are looked for, so that none comes unseen.
std::size_t receive(std::uint8_t* out) {
  at(kInterruptSource) = kFrameCameIn;
  for (;;) {
    const std::uint32_t state = flags(kFirstReceiving + next);
    if ((state & kReady) != 0) return 0;
    const std::size_t slot = next;
    const std::size_t size = state >> 16;
    const bool good = (state & kErrors) == 0 && size > kCheckSequence && size <= kMaxFrame + kCheckSequence;
    if (good) std::memcpy(out, received[slot], size - kCheckSequence);
    give_back(slot);
    next = (next + 1) % kSlots;
    if (good) return size - kCheckSequence;
  }
}

}  // namespace open_eth
