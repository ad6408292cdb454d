#include "mailmote/detail/reply_parser.hpp"

namespace mailmote {
namespace {

bool is_digit(std::uint8_t octet) { return octet >= '0' && octet <= '9'; }

}  // namespace

bool parse_reply_line(ByteView line, ReplyLine& out) {
  if (line.size < 3) return false;
  const std::uint8_t* d = line.data;
  if (d[0] < '2' || d[0] > '5' || !is_digit(d[1]) || !is_digit(d[2])) return false;
  out.code = static_cast<std::uint16_t>((d[0] - '0') * 100 + (d[1] - '0') * 10 + (d[2] - '0'));
  out.last = line.size == 3 || d[3] == ' ';
  if (!out.last && d[3] != '-') return false;
  const std::size_t skip = line.size == 3 ? 3 : 4;
  out.text = Text(std::string_view(reinterpret_cast<const char*>(d) + skip, line.size - skip));
  return true;
}

EnhancedCode parse_enhanced(Text text, std::uint16_t code) {
  if (text.size() < 2 || text[1] != '.') return {};  // the class has one digit
  std::uint16_t numbers[3] = {};
  int number = 0;
  int digits = 0;
  for (std::size_t i = 0;; ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (is_digit(static_cast<std::uint8_t>(c))) {
      if (++digits > 3) return {};
      numbers[number] = static_cast<std::uint16_t>(numbers[number] * 10 + (c - '0'));
      continue;
    }
    if (digits == 0 || c != (number == 2 ? ' ' : '.')) return {};
    if (number == 2) break;
    ++number;
    digits = 0;
  }
  if (numbers[0] != code / 100 || numbers[0] == 3) return {};
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
