#include "wire/xtext.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/content.hpp"

namespace mailmote {
namespace {

std::string xtext(Text text, std::size_t window = 16) {
  return test::composed(window, [&](Sink& sink) { put_xtext(sink, text); });
}

std::string utf8_xtext(Text text, std::size_t window = 16) {
  return test::composed(window, [&](Sink& sink) { put_utf8_xtext(sink, text); });
}

TEST(Xtext, LeavesVisibleAsciiAsItIs) {
  EXPECT_EQ(xtext("!\"#$%&'()*,-./:;<>?@[\\]^_`{|}~"), "!\"#$%&'()*,-./:;<>?@[\\]^_`{|}~");
  EXPECT_EQ(xtext("QQ314159"), "QQ314159");
  EXPECT_EQ(xtext(""), "");
}

TEST(Xtext, EncodesPlusEqualsAndBlank) {
  EXPECT_EQ(xtext("a+b=c d"), "a+2Bb+3Dc+20d");
  EXPECT_EQ(xtext(std::string_view("\0\x7f\xff", 3)), "+00+7F+FF");
}

TEST(Xtext, EmbedsWhatIsNotVisibleAsciiByItsCodePoint) {
  EXPECT_EQ(utf8_xtext("dörte@sörensen.example"), "d\\x{F6}rte@s\\x{F6}rensen.example");
  EXPECT_EQ(utf8_xtext("€\xf0\x9f\x93\xae\xf4\x8f\xbf\xbf"), "\\x{20AC}\\x{1F4EE}\\x{10FFFF}");
  EXPECT_EQ(utf8_xtext("a+b=c\\d e\x01"), "a\\x{2B}b\\x{3D}c\\x{5C}d\\x{20}e\\x{01}");
}

TEST(Xtext, ReadsTheFirstAndTheLastCharacterOfEachLength) {
  EXPECT_EQ(utf8_xtext("\xc2\x80\xdf\xbf"), "\\x{80}\\x{7FF}");
  EXPECT_EQ(utf8_xtext("\xe0\xa0\x80\xef\xbf\xbf"), "\\x{800}\\x{FFFF}");
  EXPECT_EQ(utf8_xtext("\xf0\x90\x80\x80"), "\\x{10000}");
}

TEST(Xtext, IsTheSameThroughEveryWindow) {
  for (std::size_t window = 1; window < 40; ++window) {
    EXPECT_EQ(xtext("1+1=2 ok", window), "1+2B1+3D2+20ok");
    EXPECT_EQ(utf8_xtext("jürgen+€", window), "j\\x{FC}rgen\\x{2B}\\x{20AC}");
  }
}

}  // namespace
}  // namespace mailmote
