#include "support/test_hash.hpp"

#include <array>
#include <cmath>
#include <cstring>

namespace mailmote::test {
namespace {

using Word = std::uint32_t;

Word left(Word word, unsigned n) { return word << n | word >> (32 - n); }
Word right(Word word, unsigned n) { return left(word, 32 - n); }

/// The octets with their padding, as big-endian words.
std::string padded(std::string_view octets) {
  std::string all(octets);
  all += '\x80';
  while (all.size() % 64 != 56) all += '\0';
  for (int shift = 56; shift >= 0; shift -= 8)
    all += static_cast<char>(static_cast<std::uint64_t>(octets.size()) * 8 >> shift);
  return all;
}

Word word_at(const std::string& octets, std::size_t at) {
  Word word = 0;
  for (std::size_t i = 0; i < 4; ++i) word = word << 8 | static_cast<unsigned char>(octets[at + i]);
  return word;
}

template <std::size_t N>
std::string octets_of(const std::array<Word, N>& words) {
  std::string octets;
  for (const Word word : words) {
    for (int shift = 24; shift >= 0; shift -= 8) octets += static_cast<char>(word >> shift);
  }
  return octets;
}

template <std::size_t N>
void add_to(std::array<Word, N>& sum, const std::array<Word, N>& words) {
  for (std::size_t i = 0; i < N; ++i) sum[i] += words[i];
}

/// The first 32 bits of the fraction of a root of the n-th prime.
Word fraction_of_prime(unsigned n, double (*root)(double)) {
  unsigned prime = 2;
  for (unsigned found = 0; found < n;) {
    ++prime;
    bool divisible = false;
    for (unsigned d = 2; d * d <= prime; ++d) divisible = divisible || prime % d == 0;
    if (!divisible) ++found;
  }
  const double value = root(prime);
  return static_cast<Word>((value - std::floor(value)) * 4294967296.0);
}

std::string& text_of(ScramContext& context) {
  std::string* text = nullptr;
  std::memcpy(&text, context.octets, sizeof text);
  return *text;
}

int contexts = 0;

void start(ScramContext& context) {
  auto* const text = new std::string;
  std::memcpy(context.octets, &text, sizeof text);
  ++contexts;
}

void copy(ScramContext& to, const ScramContext& from) {
  start(to);
  text_of(to) = text_of(const_cast<ScramContext&>(from));
}

void add(ScramContext& context, const void* octets, std::size_t size) {
  text_of(context).append(static_cast<const char*>(octets), size);
}

void end(ScramContext& context) {
  delete &text_of(context);
  --contexts;
}

template <std::string (*Hash)(std::string_view)>
void finish(ScramContext& context, std::uint8_t* digest) {
  const std::string result = Hash(text_of(context));
  std::memcpy(digest, result.data(), result.size());
  end(context);
}

}  // namespace

std::string sha1(std::string_view octets) {
  const std::string all = padded(octets);
  std::array<Word, 5> sum = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  constexpr Word kConstants[] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
  for (std::size_t block = 0; block < all.size(); block += 64) {
    Word w[80];
    for (std::size_t i = 0; i < 80; ++i) {
      w[i] = i < 16 ? word_at(all, block + 4 * i) : left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    }
    auto [a, b, c, d, e] = sum;
    for (std::size_t i = 0; i < 80; ++i) {
      const Word f = i < 20 ? (b & c) | (~b & d) : i >= 40 && i < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const Word next = left(a, 5) + f + e + kConstants[i / 20] + w[i];
      e = d;
      d = c;
      c = left(b, 30);
      b = a;
      a = next;
    }
    add_to(sum, {a, b, c, d, e});
  }
  return octets_of(sum);
}

std::string sha256(std::string_view octets) {
  const std::string all = padded(octets);
  std::array<Word, 8> sum;
  for (unsigned i = 0; i < 8; ++i) sum[i] = fraction_of_prime(i, std::sqrt);
  static const std::array<Word, 64> kConstants = [] {
    std::array<Word, 64> constants;
    for (unsigned i = 0; i < 64; ++i) constants[i] = fraction_of_prime(i, std::cbrt);
    return constants;
  }();
  for (std::size_t block = 0; block < all.size(); block += 64) {
    Word w[64];
    for (std::size_t i = 0; i < 64; ++i) {
      if (i < 16) {
        w[i] = word_at(all, block + 4 * i);
        continue;
      }
      const Word x = w[i - 15], y = w[i - 2];
      w[i] = w[i - 16] + (right(x, 7) ^ right(x, 18) ^ x >> 3) + w[i - 7] + (right(y, 17) ^ right(y, 19) ^ y >> 10);
    }
    auto [a, b, c, d, e, f, g, h] = sum;
    for (std::size_t i = 0; i < 64; ++i) {
      const Word first = h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + kConstants[i] + w[i];
      const Word second = (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + first;
      d = c;
      c = b;
      b = a;
      a = first + second;
    }
    add_to(sum, {a, b, c, d, e, f, g, h});
  }
  return octets_of(sum);
}

const ScramHash kTestSha1 = {"SCRAM-SHA-1", Mechanism::scram_sha_1, 20, start, copy, add, finish<sha1>, end};
const ScramHash kTestSha256 = {"SCRAM-SHA-256", Mechanism::scram_sha_256, 32, start, copy, add, finish<sha256>, end};

int open_contexts() { return contexts; }

}  // namespace mailmote::test
