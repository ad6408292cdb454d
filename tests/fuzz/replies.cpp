// Lines and replies, in a window of any size, however they are split: the same replies as in one piece.
#include <algorithm>
#include <cstring>
#include <vector>

#include "fuzz/fuzz.hpp"
#include "mailmote/detail/reply_parser.hpp"

namespace mailmote::test {
namespace {

struct Heard {
  std::string lines;
  std::size_t octets = 0;
};

Heard listen(const std::string& input, std::size_t window, std::size_t piece) {
  Room room(window);
  LineReader reader(room.bytes());
  ReplyParser parser;
  Heard heard;
  for (std::size_t at = 0; at < input.size();) {
    const MutableBytes space = reader.space();
    require(space.size != 0, "room for the next octets");
    const std::size_t n = std::min({space.size, piece, input.size() - at});
    std::memcpy(space.data, input.data() + at, n);
    reader.commit(n);
    at += n;
    while (reader.has_line()) {
      const Line line = reader.next();
      require(line.octets.size <= window, "a line within the window");
      heard.octets += line.octets.size + line.dropped;
      ReplyLine reply;
      const Status status = parser.add(line, reply);
      if (status == Status::ok) parse_enhanced(reply.text, reply.code);
      if (status != Status::ok) parser.reset();
      heard.lines += std::to_string(static_cast<int>(status)) + " " + std::to_string(reply.code) +
                     (reply.last ? " " : "-") + std::string(reply.text) + "\n";
    }
  }
  return heard;
}

}  // namespace
}  // namespace mailmote::test

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailmote::test;
  Feed feed(data, size);
  const std::size_t window = 128 + feed.octet();
  const std::size_t piece = 1 + feed.octet();
  const std::string input = feed.rest();
  const Heard pieces = listen(input, window, piece);
  require(pieces.octets <= input.size(), "no octet heard twice");
  require(pieces.lines == listen(input, window, 1).lines, "the same lines octet by octet");
  return 0;
}
