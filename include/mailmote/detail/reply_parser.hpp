// Replies (RFC 5321 section 4.2) out of lines.
#ifndef MAILMOTE_DETAIL_REPLY_PARSER_HPP
#define MAILMOTE_DETAIL_REPLY_PARSER_HPP

#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/config.hpp"
#include "mailmote/detail/line_reader.hpp"
#include "mailmote/status.hpp"

namespace mailmote {

/// One line of a reply: "250-text", "250 text" or "250".
struct ReplyLine {
  std::uint16_t code = 0;
  bool last = false;
  Text text;
};

/// False when `line` is not a line of a reply: three digits, the first 2..5, then blank, hyphen or nothing.
bool parse_reply_line(const ByteView& line, ReplyLine& out);

/// Reads "class.subject.detail" at the start of `text`, followed by a blank or the end (RFC 3463); all zero when there
/// is none or its class is not the first digit of `code`.
EnhancedCode parse_enhanced(const Text& text, std::uint16_t code);

/// Puts the lines of one reply together.
class ReplyParser {
 public:
  /// ok: see complete(); or malformed_reply, reply_code_changed, reply_too_long.
  Status add(const Line& line, ReplyLine& out);

  /// Whether the line added last was its reply's last; the next one begins a new reply.
  bool complete() const { return code_ == 0; }

  /// Whether the line added last was its reply's first.
  bool first() const { return first_; }

  void reset() { code_ = 0; }

 private:
  std::uint16_t code_ = 0;  // of the reply under way; 0 between replies
  std::uint16_t octets_ = 0;
  bool first_ = false;
};

}  // namespace mailmote

#endif
