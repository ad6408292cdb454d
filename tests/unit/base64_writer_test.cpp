#include "wire/base64_writer.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailmote {
namespace {

struct Pieces {
  std::vector<std::string> texts;
  mutable std::size_t runs = 0;
};

void compose(const void* what, Sink& out) {
  const Pieces& pieces = *static_cast<const Pieces*>(what);
  ++pieces.runs;
  for (const std::string& text : pieces.texts) out.put(Text(text));
}

/// Something in front, the base64, and something behind, through a window of `room` octets.
std::string written(const Pieces& pieces, std::size_t room) {
  std::string all;
  for (;;) {
    std::vector<std::uint8_t> out(room);
    Sink sink(out.data(), room, all.size());
    sink.put("a ");
    write_base64(sink, compose, &pieces);
    sink.put("\r\n");
    all.append(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(sink.written()));
    if (sink.complete()) return all;
    if (sink.written() == 0) return "stuck";
  }
}

TEST(Base64Writer, IsTheSameThroughEveryWindow) {
  const Pieces pieces = {{"foo", "", "ba", "r and more of it, so that it is longer than the writer's own buffer"}};
  const std::string expected =
      "a Zm9vYmFyIGFuZCBtb3JlIG9mIGl0LCBzbyB0aGF0IGl0IGlzIGxvbmdlciB0aGFuIHRoZSB3cml0ZXIncyBvd24gYnVmZmVy\r\n";
  for (std::size_t room = 1; room < 130; ++room) EXPECT_EQ(written(pieces, room), expected) << room;
}

TEST(Base64Writer, PadsTheEnd) {
  EXPECT_EQ(written({{"f"}}, 100), "a Zg==\r\n");
  EXPECT_EQ(written({{"fo"}}, 3), "a Zm8=\r\n");
  EXPECT_EQ(written({{}}, 1), "a \r\n");
}

TEST(Base64Writer, CountsWithoutRoom) {
  Sink sink(nullptr, 0, 0);
  const Pieces pieces = {{std::string(4000, 'x')}};
  write_base64(sink, compose, &pieces);
  EXPECT_EQ(sink.total(), base64_length(4000));
  EXPECT_EQ(pieces.runs, 1U);
}

TEST(Base64Writer, SkippingCostsTheSameForEveryLength) {
  const Pieces pieces = {{std::string(4000, 'x')}};
  std::uint8_t out[64];
  Sink sink(out, sizeof out, 5000);
  write_base64(sink, compose, &pieces);
  EXPECT_EQ(sink.written(), sizeof out);
  EXPECT_LE(pieces.runs, 3U);
}

}  // namespace
}  // namespace mailmote
