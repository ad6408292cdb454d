#include "mailmote/detail/reply_parser.hpp"

namespace mailmote {
namespace {

unsigned digit_of(char c) { return static_cast<unsigned>(c - '0'); }

bool is_digit(char c) { return digit_of(c) <= 9; }

// Reads a number of one to three digits. Returns the place behind it; null: there is none.
const char* read_number(const char* at, const char* end, std::uint16_t& number) {
  const char* const begin = at;
  unsigned value = 0;
  for (; at != end && is_digit(*at); ++at) value = value * 10 + digit_of(*at);
  number = static_cast<std::uint16_t>(value);
  return at != begin && at - begin <= 3 ? at : nullptr;
}

}  // namespace

bool parse_reply_line(const ByteView& line, ReplyLine& out) {
  const auto* const text = reinterpret_cast<const char*>(line.data);
  const char* const end = text + line.size;
  const char* at = read_number(text, end, out.code);
  if (at != text + 3 || out.code < 200 || out.code > 599) return false;
  const char mark = at != end ? *at++ : ' ';
  out.last = mark == ' ';
  out.text = std::string_view(at, static_cast<std::size_t>(end - at));
  return out.last || mark == '-';
}

EnhancedCode parse_enhanced(const Text& text, std::uint16_t code) {
  const char* at = text.data();
  const char* const end = at + text.size();
  std::uint16_t numbers[3];
  for (int i = 0;; ++i) {
    at = read_number(at, end, numbers[i]);
    if (at == nullptr) return {};
    const char mark = at != end ? *at++ : ' ';
    if (mark != (i == 2 ? ' ' : '.')) return {};
    if (i == 2) break;
  }
  if (text[1] != '.' || numbers[0] != code / 100 || numbers[0] == 3) return {};  // the class has one digit
  return {static_cast<std::uint8_t>(numbers[0]), numbers[1], numbers[2]};
}

Status ReplyParser::add(const Line& line, ReplyLine& out) {
  if (!parse_reply_line(line.octets, out)) return Status::malformed_reply;
  first_ = code_ == 0;
  if (first_) octets_ = 0;
  if (!first_ && out.code != code_) return Status::reply_code_changed;
  const std::size_t size = line.octets.size + line.dropped;
  if (size >= static_cast<std::size_t>(kMaxReplyOctets - octets_)) return Status::reply_too_long;
  octets_ = static_cast<std::uint16_t>(octets_ + size + 1);
  code_ = out.last ? std::uint16_t{0} : out.code;
  return Status::ok;
}

}  // namespace mailmote
