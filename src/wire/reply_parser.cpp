#include "mailmote/detail/reply_parser.hpp"

namespace mailmote {
namespace {

bool is_digit(std::uint8_t octet) { return octet >= '0' && octet <= '9'; }

// Reads one to `most` digits at `at`; false when there is none or one too many.
bool parse_number(Text text, std::size_t& at, std::size_t most, std::uint16_t& value) {
  const std::size_t start = at;
  std::uint32_t number = 0;
  while (at < text.size() && is_digit(static_cast<std::uint8_t>(text[at])) && at - start < most) {
    number = number * 10 + static_cast<std::uint32_t>(text[at++] - '0');
  }
  value = static_cast<std::uint16_t>(number);
  return at != start && (at == text.size() || !is_digit(static_cast<std::uint8_t>(text[at])));
}

bool take_dot(Text text, std::size_t& at) { return at < text.size() && text[at++] == '.'; }

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
  std::size_t at = 0;
  std::uint16_t number = 0;
  EnhancedCode out;
  if (!parse_number(text, at, 1, number) || number != code / 100 || !take_dot(text, at)) return {};
  out.status_class = static_cast<std::uint8_t>(number);
  if (!parse_number(text, at, 3, out.subject) || !take_dot(text, at)) return {};
  if (!parse_number(text, at, 3, out.detail)) return {};
  return at == text.size() || text[at] == ' ' ? out : EnhancedCode{};
}

Status ReplyParser::add(ByteView line, ReplyLine& out) {
  if (!parse_reply_line(line, out)) return Status::malformed_reply;
  first_ = code_ == 0;
  if (first_) octets_ = 0;
  if (!first_ && out.code != code_) return Status::reply_code_changed;
  if (line.size >= static_cast<std::size_t>(kMaxReplyOctets - octets_)) return Status::reply_too_long;
  octets_ = static_cast<std::uint16_t>(octets_ + line.size + 1);
  code_ = out.last ? std::uint16_t{0} : out.code;
  return Status::ok;
}

}  // namespace mailmote
