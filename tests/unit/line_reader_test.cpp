#include "mailmote/detail/line_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "support/guard_page.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

// Lines as text; "..." stands for what was dropped.
using Lines = std::vector<std::string>;

class Reading {
 public:
  explicit Reading(std::size_t window) : page_(window), reader_(page_.bytes()) {}

  // Feeds at most `piece` octets at a time, as the free window allows, and takes lines whenever there are some.
  void feed(std::string_view octets, std::size_t piece) {
    while (!octets.empty()) {
      const MutableBytes space = reader_.space();
      ASSERT_NE(space.size, 0U);
      const std::size_t n = std::min({space.size, piece, octets.size()});
      std::memcpy(space.data, octets.data(), n);
      reader_.commit(n);
      octets.remove_prefix(n);
      take();
    }
  }

  void take() {
    while (reader_.has_line()) {
      const Line line = reader_.next();
      const auto* const text = reinterpret_cast<const char*>(line.octets.data);
      lines.push_back(std::string(text, line.octets.size) + (line.dropped != 0 ? "..." : ""));
      last_dropped = line.dropped;
    }
  }

  LineReader& reader() { return reader_; }

  Lines lines;
  std::size_t last_dropped = 0;

 private:
  test::GuardPage page_;
  LineReader reader_;
};

Lines lines_of(std::string_view octets, std::size_t window, std::size_t piece) {
  Reading reading(window);
  reading.feed(octets, piece);
  return reading.lines;
}

TEST(LineReader, LinesThatWereTakenLeaveNoGapInFront) {
  for (const std::string& front : {std::string("\n"), std::string("a\n"), std::string("abc\n")}) {
    Reading reading(16);
    reading.feed(front, 16);
    reading.feed(std::string(15, 'x') + "\n", 16);
    EXPECT_EQ(reading.lines.back(), std::string(15, 'x')) << front;
  }
}

TEST(LineReader, EndsLinesWithLfAndACrBeforeIt) {
  EXPECT_EQ(lines_of("220 a\r\n250 b\n\r\n\n", 64, 64), (Lines{"220 a", "250 b", "", ""}));
}

TEST(LineReader, KeepsOtherCrAndNul) {
  EXPECT_EQ(lines_of(std::string_view("a\rb\r\r\n\0\n", 9), 64, 64), (Lines{"a\rb\r", std::string(1, '\0')}));
}

TEST(LineReader, HasNoLineBeforeTheLf) {
  Reading reading(64);
  reading.feed("220 a\r", 64);
  EXPECT_FALSE(reading.reader().has_line());
  reading.feed("\n", 64);
  EXPECT_EQ(reading.lines, (Lines{"220 a"}));
}

TEST(LineReader, EverySplitGivesTheSameLines) {
  const std::string octets = "220 one\r\n250-two\r\n\r\n250 three\n354\r\n";
  const Lines whole = {"220 one", "250-two", "", "250 three", "354"};
  for (std::size_t at = 0; at <= octets.size(); ++at) {
    Reading reading(64);
    reading.feed(std::string_view(octets).substr(0, at), 64);
    reading.feed(std::string_view(octets).substr(at), 64);
    EXPECT_EQ(reading.lines, whole) << at;
  }
}

TEST(LineReader, EveryWindowAndPieceGivesTheSameLines) {
  const std::string octets = "220 one\r\n250-two\r\n\r\n250 three\n354\r\n";
  for (std::size_t window = 11; window <= 40; ++window) {
    for (std::size_t piece = 1; piece <= window; ++piece) {
      EXPECT_EQ(lines_of(octets, window, piece), (Lines{"220 one", "250-two", "", "250 three", "354"}));
    }
  }
}

TEST(LineReader, ALineThatFillsTheWindowIsWhole) {
  EXPECT_EQ(lines_of("12345678901234\r\nb\n", 16, 16), (Lines{"12345678901234", "b"}));
  EXPECT_EQ(lines_of("123456789012345\nb\n", 16, 16), (Lines{"123456789012345", "b"}));
}

TEST(LineReader, OfALongerLineTheFirstHalfWindowIsKept) {
  const std::string octets = "250-" + std::string(100, 'x') + "\r\n250 next\r\n";
  for (std::size_t piece = 1; piece <= 16; ++piece) {
    EXPECT_EQ(lines_of(octets, 16, piece), (Lines{"250-xxxx...", "250 next"})) << piece;
  }
}

TEST(LineReader, EveryLengthAroundTheWindowGivesOneLine) {
  for (std::size_t length = 10; length <= 70; ++length) {
    const std::string line(length, 'x');
    const Lines lines = lines_of(line + "\r\nend\r\n", 16, 7);
    const bool fits = length <= 14;  // with its CRLF
    EXPECT_EQ(lines, (Lines{fits ? line : "xxxxxxxx...", "end"})) << length;
  }
}

TEST(LineReader, CountsWhatItDropped) {
  for (std::size_t length = 15; length <= 70; ++length) {
    Reading reading(16);
    reading.feed(std::string(length, 'x') + "\r\n", 5);
    EXPECT_EQ(reading.last_dropped, length + 1 - 8) << length;  // the CR too
  }
}

TEST(LineReader, HandsOutALineWithoutEndWhenItHasBecomeTooLong) {
  Reading reading(16);
  reading.feed(std::string(65535 + 7, 'x'), 16);
  EXPECT_EQ(reading.lines, Lines());
  reading.feed("x", 1);
  EXPECT_EQ(reading.lines, (Lines{"xxxxxxxx..."}));
  EXPECT_EQ(reading.last_dropped, LineReader::kTooLong);
}

TEST(LineReader, LinesThatWaitSurviveTheMoveToTheFront) {
  Reading reading(32);
  const MutableBytes space = reading.reader().space();
  std::memcpy(space.data, "one\r\ntwo\r\nthr", 13);
  reading.reader().commit(13);
  EXPECT_EQ(reading.reader().next().octets.size, 3U);
  EXPECT_EQ(reading.reader().space().size, 32U - 8U);
  reading.take();
  reading.feed("ee\r\n", 4);
  EXPECT_EQ(reading.lines, (Lines{"two", "three"}));
}

TEST(LineReader, ResetDropsLinesAndTheRestOfACutOne) {
  Reading reading(16);
  reading.feed(std::string(20, 'x'), 16);
  reading.reader().reset();
  EXPECT_FALSE(reading.reader().has_line());
  EXPECT_EQ(reading.reader().space().size, 16U);
  reading.feed("220 new\r\n", 16);
  EXPECT_EQ(reading.lines.back(), "220 new");
}

}  // namespace
}  // namespace mailmote
