#include "auth/md5.hpp"

#include "wire/wipe.hpp"

namespace mailmote {
namespace {

// RFC 1321 section 3.4: 2^32 * |sin(i + 1)|.
constexpr std::uint32_t kSines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

// One row a round: how far each of four steps rotates, and which word of the block step i takes: first + i * stride.
struct Round {
  std::uint8_t turns[4];
  std::uint8_t first;
  std::uint8_t stride;
};
constexpr Round kRounds[4] = {
    {{7, 12, 17, 22}, 0, 1}, {{5, 9, 14, 20}, 1, 5}, {{4, 11, 16, 23}, 5, 3}, {{6, 10, 15, 21}, 0, 7}};

std::uint32_t blend(unsigned round, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  if (round == 0) return (b & c) | (~b & d);
  if (round == 1) return (d & b) | (~d & c);
  return round == 2 ? b ^ c ^ d : c ^ (b | ~d);
}

std::uint32_t turned_left(std::uint32_t word, unsigned n) { return word << n | word >> (32 - n); }

// The least significant octet first.

std::uint32_t word_of(const std::uint8_t* octets) {
  return octets[0] | static_cast<std::uint32_t>(octets[1]) << 8U | static_cast<std::uint32_t>(octets[2]) << 16U |
         static_cast<std::uint32_t>(octets[3]) << 24U;
}

void put_word(std::uint8_t* octets, std::uint32_t word) {
  for (unsigned i = 0; i < 4; ++i) octets[i] = static_cast<std::uint8_t>(word >> (8 * i));
}

}  // namespace

void Md5::mix() {
  std::uint32_t a = state_[0], b = state_[1], c = state_[2], d = state_[3];
  const std::uint32_t* sine = kSines;
  for (unsigned round = 0; round < 4; ++round) {
    const Round& row = kRounds[round];
    unsigned word = row.first;
    for (unsigned i = 0; i < 16; ++i) {
      const std::uint32_t sum = a + blend(round, b, c, d) + *sine++ + word_of(block_ + word % 16 * 4);
      word += row.stride;
      a = d;
      d = c;
      c = b;
      b += turned_left(sum, row.turns[i % 4]);
    }
  }
  state_[0] += a;
  state_[1] += b;
  state_[2] += c;
  state_[3] += d;
}

void Md5::start() {
  state_[0] = 0x67452301;
  state_[1] = 0xefcdab89;
  state_[2] = 0x98badcfe;
  state_[3] = 0x10325476;
  size_ = 0;
}

void Md5::start_with_key(const ByteView& key, std::uint8_t pad) {
  start();
  for (std::size_t i = 0; i < kBlock; ++i) put(static_cast<std::uint8_t>((i < key.size ? key.data[i] : 0) ^ pad));
}

void Md5::put(std::uint8_t octet) {
  block_[size_++ % kBlock] = octet;
  if (size_ % kBlock == 0) mix();
}

void Md5::add(const std::uint8_t* octets, std::size_t size) {
  for (; size != 0; --size) put(*octets++);
}

void Md5::finish(std::uint8_t (&digest)[kDigest]) {
  constexpr std::size_t kLength = kBlock - 8;  // where the number of bits stands
  const std::uint32_t size = size_;
  put(0x80);
  while (size_ % kBlock != kLength) put(0);
  put_word(block_ + kLength, size << 3U);
  put_word(block_ + kLength + 4, size >> 29U);
  mix();
  for (unsigned i = 0; i < 4; ++i) put_word(digest + 4 * i, state_[i]);
}

void hmac_md5(const ByteView& secret, const ByteView& text, std::uint8_t (&digest)[Md5::kDigest]) {
  std::uint8_t short_key[Md5::kDigest];
  ByteView key = secret;
  Md5 hash;
  if (key.size > Md5::kBlock) {
    hash.start();
    hash.add(key.data, key.size);
    hash.finish(short_key);
    key = {short_key, sizeof short_key};
  }
  hash.start_with_key(key, 0x36);
  hash.add(text.data, text.size);
  hash.finish(digest);
  hash.start_with_key(key, 0x5c);
  hash.add(digest, sizeof digest);
  hash.finish(digest);
  wipe(&hash, sizeof hash);
  wipe(short_key, sizeof short_key);
}

}  // namespace mailmote
