#include "mailmote/detail/reply_parser.hpp"

namespace mailmote {
namespace {

bool is_digit(std::uint8_t octet) { return octet >= '0' && octet <= '9'; }

// Takes one to three digits off the front of `text`; false when there is none or one too many.
bool take_number(Text& text, std::uint16_t& value) {
  std::size_t n = 0;
  std::uint32_t number = 0;
  for (; n < text.size() && is_digit(static_cast<std::uint8_t>(text[n])); ++n) {
    if (n == 3) return false;
    number = number * 10 + static_cast<std::uint32_t>(text[n] - '0');
  }
  text.remove_prefix(n);
  value = static_cast<std::uint16_t>(number);
  return n != 0;
}

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
  for (int i = 0; i < 3; ++i) {
    if (!take_number(text, numbers[i])) return {};
    const char next = text.empty() ? ' ' : text[0];
    if (next != (i < 2 ? '.' : ' ')) return {};
    if (i < 2) text.remove_prefix(1);
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
