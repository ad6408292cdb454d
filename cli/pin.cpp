#include "pin.hpp"

#include "failure.hpp"

namespace mailmote::cli {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kKind = "sha256:";
constexpr std::size_t kSize = sizeof(SpkiPin::sha256);

// 32 octets are 42 characters of six bits each, one of four bits, and "=".
constexpr std::size_t kDigits = (kSize * 8 + 5) / 6;

}  // namespace

SpkiPin parse_pin(std::string_view text) {
  SpkiPin pin;
  std::string_view digits = text;
  if (digits.substr(0, kKind.size()) == kKind) digits.remove_prefix(kKind.size());
  unsigned bits = 0;
  for (std::size_t i = 0, at = 0; i < kDigits && i < digits.size(); ++i) {
    bits = (bits << 6U | (kAlphabet.find(digits[i]) & 63U)) & 0xffffU;
    if ((i + 1) * 6 / 8 > at && at < kSize) pin.sha256[at++] = static_cast<std::uint8_t>(bits >> ((i + 1) * 6 % 8));
  }
  // The way back shows everything that does not belong: other characters, another length, bits that are left over.
  if (std::string(kKind) + to_base64(pin) != text) {
    throw Failure::usage("give it as sha256: and the 44 characters of base64 that 32 octets make");
  }
  return pin;
}

std::string to_base64(const SpkiPin& pin) {
  std::string out;
  for (std::size_t i = 0; i < kDigits; ++i) {
    const std::size_t at = i * 6 / 8;
    const unsigned next = at + 1 < kSize ? pin.sha256[at + 1] : 0;
    const unsigned pair = static_cast<unsigned>(pin.sha256[at]) << 8U | next;
    out += kAlphabet[pair >> (10 - i * 6 % 8) & 63U];
  }
  return out + "=";
}

}  // namespace mailmote::cli
