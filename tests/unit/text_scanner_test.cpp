#include "mailmote/detail/text_scanner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "message/utf8.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

using detail::Delimiter;
using detail::TextScanner;

TextScanner scanned(std::string_view text, std::size_t slice = 7, const Delimiter* delimiter = nullptr) {
  TextScanner scanner;
  const auto* const octets = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size(); at += slice) {
    scanner.scan(octets + at, std::min(slice, text.size() - at), delimiter);
  }
  return scanner;
}

TEST(TextScanner, CountsOctetsWithCrlfAsLineEnds) {
  for (const char* text : {"", "a", "a\nb", "a\r\nb\r\n", "a\rb\r\r", "\n\r\n\r", "123456\r\n123456\r\n\xc3\xa4"}) {
    std::string canonical = test::canonical(std::string(text) + "z\r\n");  // the last line as it is
    canonical.resize(canonical.size() - 3);
    for (std::size_t slice = 1; slice < 10; ++slice) EXPECT_EQ(scanned(text, slice).length(), canonical.size()) << text;
  }
}

TEST(TextScanner, TellsWhetherTheLastLineIsEnded) {
  for (const char* ended : {"", "\n", "a\r", "a\r\n", "a\nb\n"}) EXPECT_TRUE(scanned(ended).line_ended()) << ended;
  for (const std::string& text : {std::string("a"), std::string("a\nb"), std::string(65536, 'x')}) {
    EXPECT_FALSE(scanned(text).line_ended());
  }
}

TEST(TextScanner, FindsWhatCannotStandAsItIs) {
  for (const std::string& text : {std::string(999, 'x'), std::string(1, '\0'), "a\n" + std::string(999, 'x') + "\nb",
                                  std::string(70000, 'x') + "\n"}) {
    EXPECT_TRUE(scanned(text).unfit());
  }
  for (const std::string& text : {std::string(998, 'x'), std::string(998, 'x') + "\r\n" + std::string(998, 'x')}) {
    EXPECT_FALSE(scanned(text).unfit());
  }
}

TEST(TextScanner, CountsEightBitOctetsAndKnowsUtf8InEverySlice) {
  for (std::size_t slice = 1; slice < 12; ++slice) {
    const TextScanner sound = scanned("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80z", slice);
    EXPECT_EQ(sound.eight_bit(), 9U);
    EXPECT_TRUE(sound.is_utf8()) << slice;
    const TextScanner cut = scanned("a\xc3\xa4\xe2\x82z\xff", slice);
    EXPECT_EQ(cut.eight_bit(), 5U);
    EXPECT_FALSE(cut.is_utf8()) << slice;
  }
  EXPECT_FALSE(scanned("cut \xe2\x82").is_utf8());
  EXPECT_FALSE(scanned("cut \xe2\n\x82").is_utf8());
}

// Every text of three octets above 127, and of four that begin like one of the longest.
TEST(TextScanner, AgreesWithTheOtherReaderOfUtf8) {
  const auto is_utf8 = [](std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t n = utf8_length(text, at);
      if (n == 0) return false;
      at += n;
    }
    return true;
  };
  for (unsigned code = 0; code < 0x20000; ++code) {
    std::string text = {static_cast<char>(0xc0 | (code >> 12 & 0x1f)), static_cast<char>(0x80 | (code >> 5 & 0x7f)),
                        static_cast<char>((code & 0x1f) << 3)};
    ASSERT_EQ(scanned(text, 3).is_utf8(), is_utf8(text)) << test::shown(text);
    text = {static_cast<char>(0xf0 | (code & 0x0f)), static_cast<char>(code >> 4 & 0xff), static_cast<char>(0x80 | (code >> 12)),
            '\xbf'};
    ASSERT_EQ(scanned(text, 4).is_utf8(), is_utf8(text)) << test::shown(text);
  }
}

TEST(TextScanner, FindsTheDelimiterAtTheStartOfALineOnly) {
  Delimiter delimiter;
  std::memcpy(delimiter.text, "--=_0123456789abcdef", Delimiter::kSize);
  const std::string mark(delimiter.text, Delimiter::kSize);
  for (std::size_t slice = 1; slice < 30; ++slice) {
    for (const std::string& text : {mark, "a\n" + mark + "m", "a\r" + mark, "\r\n" + mark + "\r\n"}) {
      EXPECT_TRUE(scanned(text, slice, &delimiter).unfit()) << text;
      EXPECT_FALSE(scanned(text, slice).unfit()) << text;
    }
    for (const std::string& text : {"x" + mark, "-" + mark, mark.substr(0, 19), mark.substr(0, 10) + "\n" + mark.substr(10)}) {
      EXPECT_FALSE(scanned(text, slice, &delimiter).unfit()) << text;
    }
  }
}

}  // namespace
}  // namespace mailmote
