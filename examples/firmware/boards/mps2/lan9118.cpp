#include "lan9118.hpp"

#include <cstring>

namespace lan9118 {
namespace {

enum Register : std::uintptr_t {
  kRxData = 0x00,
  kTxData = 0x20,
  kRxStatus = 0x40,
  kTxStatus = 0x48,
  kIrqConfig = 0x54,
  kIrqStatus = 0x58,
  kIrqEnable = 0x5c,
  kFifoLevels = 0x68,
  kRxConfig = 0x6c,
  kTxConfig = 0x70,
  kHardwareConfig = 0x74,
  kRxWaiting = 0x7c,
  kTxFree = 0x80,
  kMacCommand = 0xa4,
  kMacData = 0xa8,
  kFlowControl = 0xac,
};

enum MacRegister : std::uint32_t { kMacControl = 1, kMacAddressHigh = 2, kMacAddressLow = 3 };

constexpr std::uint32_t kBusy = 1U << 31, kFrameWaits = 1U << 3, kRxError = 1U << 15, kFirstAndLast = 0x3000;
constexpr std::size_t kWord = 4, kCheckSequence = 4, kMaxFrame = 1514;

std::uint32_t read(Register offset) { return *reinterpret_cast<volatile std::uint32_t*>(LAN9118_ADDRESS + offset); }

void write(Register offset, std::uint32_t value) {
  *reinterpret_cast<volatile std::uint32_t*>(LAN9118_ADDRESS + offset) = value;
}

void write_mac(MacRegister number, std::uint32_t value) {
  write(kMacData, value);
  write(kMacCommand, kBusy | number);
  while ((read(kMacCommand) & kBusy) != 0) {
  }
}

// The FIFOs hold words, of which the last may stand for fewer octets.

void write_words(const std::uint8_t* from, std::size_t size) {
  for (std::size_t i = 0; i < size; i += kWord) {
    std::uint32_t word = 0;
    std::memcpy(&word, from + i, size - i < kWord ? size - i : kWord);
    write(kTxData, word);
  }
}

void read_words(std::uint8_t* out, std::size_t size) {
  for (std::size_t i = 0; i < size; i += kWord) {
    const std::uint32_t word = read(kRxData);
    std::memcpy(out + i, &word, size - i < kWord ? size - i : kWord);
  }
}

void skip_words(std::size_t size) {
  for (std::size_t i = 0; i < size; i += kWord) read(kRxData);
}

}  // namespace

void start(const std::uint8_t (&mac)[6]) {
  write(kHardwareConfig, 1);  // reset
  while ((read(kHardwareConfig) & 1) != 0) {
  }
  write(kHardwareConfig, 0x00050000);  // 5 KB of the FIFOs for sending
  write(kFlowControl, 0x006e3740);
  write(kIrqEnable, 0);
  write(kIrqStatus, 0xffffffff);
  write(kIrqConfig, 0x111);  // on, active high, push-pull
  write(kFifoLevels, 0);
  write(kRxConfig, 0);
  std::uint32_t low = 0;
  std::memcpy(&low, mac, sizeof low);
  write_mac(kMacAddressLow, low);
  write_mac(kMacAddressHigh, static_cast<std::uint32_t>(mac[4] | mac[5] << 8));
  write_mac(kMacControl, 0x0018000c);  // full duplex, all multicasts, send and receive
  write(kTxConfig, 2);
}

void send(const std::uint8_t* frame, std::size_t size) {
  while ((read(kTxFree) >> 16 & 0xff) != 0) read(kTxStatus);
  if ((read(kTxFree) & 0xffff) < size + 4 * kWord) return;
  write(kTxData, kFirstAndLast | static_cast<std::uint32_t>(size));
  write(kTxData, static_cast<std::uint32_t>(size));
  write_words(frame, size);
}

// The interrupt of the frames so far is over before they are looked for, so that none comes unseen.
std::size_t receive(std::uint8_t* out) {
  write(kIrqStatus, kFrameWaits);
  while ((read(kRxWaiting) >> 16 & 0xff) != 0) {
    const std::uint32_t status = read(kRxStatus);
    const std::size_t size = status >> 16 & 0x3fff;
    if ((status & kRxError) != 0 || size < kCheckSequence || size > kMaxFrame + kCheckSequence) {
      skip_words(size);
      continue;
    }
    read_words(out, size - kCheckSequence);
    skip_words(kCheckSequence);
    return size - kCheckSequence;
  }
  return 0;
}

void enable_interrupt() { write(kIrqEnable, kFrameWaits); }

void disable_interrupt() { write(kIrqEnable, 0); }

}  // namespace lan9118
