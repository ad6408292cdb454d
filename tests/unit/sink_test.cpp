#include "mailmote/sink.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/content.hpp"

namespace mailmote {
namespace {

constexpr char kWhole[] = "one, two; 4294967295 0 end";

void compose(Sink& sink) {
  sink.put("one");
  sink.put(", ");
  sink.put(Text("two"));
  sink.put(';');
  sink.put(Text());
  sink.put(' ');
  sink.put_decimal(4294967295);
  sink.put(' ');
  sink.put_decimal(0);
  sink.put(" end");
}

TEST(Sink, GivesTheSameOctetsThroughEveryWindow) {
  for (std::size_t window = 1; window <= sizeof kWhole + 1; ++window)
    EXPECT_EQ(test::composed(window, compose), kWhole);
}

TEST(Sink, GivesTheRestAfterEverySkip) {
  const std::string whole = kWhole;
  for (std::size_t skip = 0; skip <= whole.size(); ++skip) {
    std::uint8_t out[sizeof kWhole];
    Sink sink(out, sizeof out, skip);
    compose(sink);
    EXPECT_EQ(std::string(out, out + sink.written()), whole.substr(skip));
    EXPECT_TRUE(sink.complete());
  }
}

TEST(Sink, CountsWithoutRoom) {
  Sink sink(nullptr, 0, 0);
  compose(sink);
  EXPECT_EQ(sink.total(), sizeof kWhole - 1);
  EXPECT_EQ(sink.written(), 0U);
  EXPECT_FALSE(sink.complete());
}

TEST(Sink, IsFullWhenTheRoomIsUsedUp) {
  std::uint8_t out[3];
  Sink sink(out, sizeof out, 0);
  sink.put("ab");
  EXPECT_FALSE(sink.full());
  sink.put("cd");
  EXPECT_TRUE(sink.full());
  EXPECT_EQ(sink.written(), 3U);
  EXPECT_EQ(sink.total(), 4U);
}

TEST(Sink, CompletesWhenTheRoomIsExactlyEnough) {
  std::uint8_t out[2];
  Sink sink(out, sizeof out, 0);
  sink.put("ab");
  EXPECT_TRUE(sink.full());
  EXPECT_TRUE(sink.complete());
}

TEST(Sink, WritesDecimalsWithoutLeadingZeros) {
  const auto decimal = [](std::uint32_t value) {
    return test::composed(16, [value](Sink& sink) { sink.put_decimal(value); });
  };
  EXPECT_EQ(decimal(0), "0");
  EXPECT_EQ(decimal(9), "9");
  EXPECT_EQ(decimal(10), "10");
  EXPECT_EQ(decimal(1000), "1000");
  EXPECT_EQ(decimal(4294967295), "4294967295");
}

}  // namespace
}  // namespace mailmote
