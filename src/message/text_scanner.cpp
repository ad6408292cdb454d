#include "mailmote/detail/text_scanner.hpp"

namespace mailmote::detail {
namespace {

constexpr std::uint16_t kLongestLine = 998;
constexpr std::uint8_t kNoMatch = 0xff;

}  // namespace

void TextScanner::scan(const std::uint8_t* in, std::size_t size, const Delimiter* delimiter) {
  const std::uint8_t* const end = in + size;
  while (in != end) {
    in = pass_plain(in, end, delimiter);
    if (in == end) return;
    const std::uint8_t octet = *in++;
    const bool second = after_cr_ && octet == '\n';  // of a CRLF
    after_cr_ = octet == '\r';
    if (second) continue;
    if (tail_ != 0 || octet >= 0x80) decode(octet);
    if (octet != '\r' && octet != '\n') {
      count(octet, delimiter);
      continue;
    }
    length_ += 2;
    run_ = 0;
    match_ = 0;
  }
}

// What most of a text is.
const std::uint8_t* TextScanner::pass_plain(const std::uint8_t* in, const std::uint8_t* end, const Delimiter* delimiter) {
  if (tail_ != 0 || (delimiter != nullptr && match_ != kNoMatch)) return in;
  const std::uint8_t* const start = in;
  const std::uint8_t* const stop = end - in < kLongestLine - run_ ? end : in + (kLongestLine - run_);
  while (in != stop && *in >= ' ' && *in < 0x80) ++in;
  const auto n = static_cast<std::uint16_t>(in - start);
  if (n != 0) after_cr_ = false;
  run_ = static_cast<std::uint16_t>(run_ + n);
  length_ += n;
  return in;
}

void TextScanner::count(std::uint8_t octet, const Delimiter* delimiter) {
  ++length_;
  if (octet == 0 || run_ >= kLongestLine) unfit_ = true;
  if (run_ < kLongestLine) ++run_;
  if (delimiter == nullptr || match_ == kNoMatch) return;
  match_ = octet == static_cast<std::uint8_t>(delimiter->text[match_]) ? static_cast<std::uint8_t>(match_ + 1) : kNoMatch;
  if (match_ != Delimiter::kSize) return;
  unfit_ = holds_delimiter_ = true;
  match_ = kNoMatch;
}

// RFC 3629: forms that are too long, surrogates, and what lies beyond Unicode are not well formed.
void TextScanner::decode(std::uint8_t octet) {
  if (octet >= 0x80) ++eight_bit_;
  if (tail_ == 0) return begin_character(octet);
  if (octet < lowest_ || octet > highest_) {
    ill_formed_ = true;
    tail_ = 0;
  } else {
    --tail_;
    lowest_ = 0x80;
    highest_ = 0xbf;
  }
}

void TextScanner::begin_character(std::uint8_t octet) {
  lowest_ = octet == 0xe0 ? 0xa0 : octet == 0xf0 ? 0x90 : 0x80;
  highest_ = octet == 0xed ? 0x9f : octet == 0xf4 ? 0x8f : 0xbf;
  if (octet < 0xc2 || octet > 0xf4) ill_formed_ = true;
  else tail_ = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
}

}  // namespace mailmote::detail
