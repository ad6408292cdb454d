#include <array>
#include <cstring>

#include "wire/base64.hpp"

// 1: two characters at a time from a table of 8 KiB, several times as fast; 0: no table, for flash that is dear.
#ifndef MAILMOTE_BASE64_TABLE
#define MAILMOTE_BASE64_TABLE (UINTPTR_MAX > 0xffffffffU)
#endif

namespace mailmote {
namespace {

constexpr unsigned char character(unsigned value) {
  if (value < 26) return static_cast<unsigned char>('A' + value);
  if (value < 52) return static_cast<unsigned char>('a' + value - 26);
  if (value < 62) return static_cast<unsigned char>('0' + value - 52);
  return value == 62 ? '+' : '/';
}

constexpr bool kLittleEndian = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
constexpr std::size_t kPairs = MAILMOTE_BASE64_TABLE ? 4096 : 1;

// The characters of 12 bits, as they lie in memory.
constexpr std::array<std::uint16_t, kPairs> make_pairs() {
  std::array<std::uint16_t, kPairs> all{};
  for (unsigned i = 0; i < kPairs; ++i) {
    const unsigned first = character(i / 64), second = character(i % 64);
    all[i] = static_cast<std::uint16_t>(kLittleEndian ? first | second << 8U : first << 8U | second);
  }
  return all;
}

constexpr std::array<std::uint16_t, kPairs> kPairOf = make_pairs();

void put_pair(std::uint64_t bits, char* out) { std::memcpy(out, &kPairOf[bits & 4095U], 2); }

// Reads 8 octets and encodes 6 of them.
void encode_two(const std::uint8_t* in, char* out) {
  std::uint64_t bits;
  std::memcpy(&bits, in, sizeof bits);
  if (kLittleEndian) bits = __builtin_bswap64(bits);
  put_pair(bits >> 52U, out);
  put_pair(bits >> 40U, out + 2);
  put_pair(bits >> 28U, out + 4);
  put_pair(bits >> 16U, out + 6);
}

}  // namespace

void base64_groups(const std::uint8_t* in, std::size_t groups, char* out) {
  if (kPairs != 1) {
    for (; groups > 2; groups -= 2, in += 6, out += 8) encode_two(in, out);
  }
  for (; groups != 0; --groups, in += 3, out += 4) base64_group(reinterpret_cast<const char*>(in), 3, out);
}

}  // namespace mailmote
