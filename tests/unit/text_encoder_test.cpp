#include "message/text_encoder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/guard_page.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

using Encode = std::size_t (*)(Text, detail::TextCursor&, std::uint8_t*, std::size_t);

constexpr std::size_t kRooms[] = {16, 17, 64, 512};

std::string encoded_in(Encode encode, std::string_view text, std::size_t room) {
  const test::GuardPage in(text);
  const test::GuardPage out(room);
  detail::TextCursor cursor;
  std::string all;
  while (cursor.at != text.size()) {
    const std::size_t n = encode(in.text(), cursor, out.data(), room);
    if (n == 0 || n > room) return all + "(stuck)";
    all.append(reinterpret_cast<const char*>(out.data()), n);
  }
  return all;
}

// The same in every room, or "(differs)".
std::string encoded(Encode encode, std::string_view text) {
  const std::string whole = encoded_in(encode, text, 100000);
  for (const std::size_t room : kRooms) {
    if (encoded_in(encode, text, room) != whole) return "(differs)";
  }
  return whole;
}

std::string printable(std::string_view text) { return encoded(encode_quoted_printable, text); }
std::string base64(std::string_view text) { return encoded(encode_base64, text); }

// RFC 2045 section 6.7, read the other way round.
std::string unquoted(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      out += text[i];
      continue;
    }
    if (text[i + 1] != '\r') out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
    i += 2;
  }
  return out;
}

// Each line of at most 76, without a blank at its end.
void expect_sound_lines(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find("\r\n", at), text.size());
    EXPECT_LE(end - at, 76U);
    const char last = end == at ? '.' : text[end - 1];
    EXPECT_TRUE(last != ' ' && last != '\t') << test::shown(text);
    at = end + 2;
  }
}

TEST(QuotedPrintable, WritesTheExampleOfRfc2045) {
  const std::string text = "Now's the time for all folk to come to the aid of their country.";
  EXPECT_EQ(printable(text), text);
  EXPECT_EQ(printable("a=b"), "a=3Db");
}

TEST(QuotedPrintable, PrintableOctetsButTheEqualSignStandForThemselves) {
  for (int octet = 0; octet < 256; ++octet) {
    if (octet == '\r' || octet == '\n') continue;
    const std::string one = std::string("x") + static_cast<char>(octet) + "x";
    const bool literal = (octet >= 33 && octet <= 126 && octet != '=') || octet == ' ' || octet == '\t';
    EXPECT_EQ(printable(one).size(), literal ? 3U : 5U) << octet;
    EXPECT_EQ(unquoted(printable(one)), one) << octet;
  }
  EXPECT_EQ(printable("\x0c\xfe"), "=0C=FE");
}

TEST(QuotedPrintable, ABlankAtTheEndOfALineIsEncoded) {
  EXPECT_EQ(printable("a \nb\t\r\nc "), "a=20\r\nb=09\r\nc=20");
  EXPECT_EQ(printable("  \n \n"), " =20\r\n=20\r\n");
  EXPECT_EQ(printable("a \rb"), "a=20\r\nb");
}

TEST(QuotedPrintable, LineEndsBecomeCrlf) {
  EXPECT_EQ(printable("a\nb\rc\r\nd\n\re"), "a\r\nb\r\nc\r\nd\r\n\r\ne");
  EXPECT_EQ(printable("\r\r\n\n"), "\r\n\r\n\r\n");
}

TEST(QuotedPrintable, BreaksLongLinesSoftly) {
  EXPECT_EQ(printable(std::string(80, 'x')), std::string(75, 'x') + "=\r\nxxxxx");
  EXPECT_EQ(printable(std::string(75, 'x') + "\ny"), std::string(75, 'x') + "\r\ny");
  EXPECT_EQ(printable(std::string(73, 'x') + "\xff"), std::string(73, 'x') + "=\r\n=FF");
}

TEST(QuotedPrintable, EveryLineLengthIsSoundAndComesBack) {
  for (std::size_t n = 0; n < 240; ++n) {
    for (const char* tail : {"", "\n", " \n", " ", "\xc3\xa4\n", "= ", "\t\r\n\r\n"}) {
      for (const char c : {'x', ' ', '='}) {
        const std::string text = std::string(n, c) + tail;
        const std::string out = printable(text);
        expect_sound_lines(out);
        std::string canonical = test::canonical(text + "z\r\n");  // the last line as it is
        canonical.resize(canonical.size() - 3);
        EXPECT_EQ(unquoted(out), canonical);
      }
    }
  }
}

TEST(Base64Text, MakesLineEndsCrlfFirst) {
  EXPECT_EQ(base64("a\nb"), "YQ0KYg==\r\n");
  EXPECT_EQ(base64("a\rb"), "YQ0KYg==\r\n");
  EXPECT_EQ(base64("a\r\nb"), "YQ0KYg==\r\n");
  EXPECT_EQ(base64("\n"), "DQo=\r\n");
  EXPECT_EQ(base64("\n\r"), "DQoNCg==\r\n");
}

TEST(Base64Text, WritesLinesOf76) {
  const std::string line(76, 'A');
  EXPECT_EQ(base64(std::string(57, '\0')), line + "\r\n");
  EXPECT_EQ(base64(std::string(58, '\0')), line + "\r\nAA==\r\n");
  EXPECT_EQ(base64(std::string(171, '\0')), line + "\r\n" + line + "\r\n" + line + "\r\n");
}

TEST(Base64Text, EncodesEveryOctet) {
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy\r\n");
  EXPECT_EQ(base64(std::string_view("\0\xff\x80", 3)), "AP+A\r\n");
}

TEST(TextEncoder, OfNothingIsNothing) {
  EXPECT_EQ(encoded(copy_text, ""), "");
  EXPECT_EQ(printable(""), "");
  EXPECT_EQ(base64(""), "");
  detail::TextCursor cursor;
  std::uint8_t out[16];
  EXPECT_EQ(copy_text("", cursor, out, sizeof out), 0U);
}

TEST(TextEncoder, CopiesEveryOctetButLineEndsAsItIs) {
  std::string all;
  for (int octet = 0; octet < 256; ++octet) {
    if (octet != '\r' && octet != '\n') all += static_cast<char>(octet);
  }
  EXPECT_EQ(encoded(copy_text, all), all);
}

TEST(TextEncoder, CopiesEveryLineEndAsCrlf) {
  EXPECT_EQ(encoded(copy_text, "a\nb\r\nc\rd\n\n\re"), "a\r\nb\r\nc\r\nd\r\n\r\n\r\ne");
}

struct Measure {
  detail::TextCursor cursor;
  std::size_t length = 0;
};

Measure measured(std::string_view text, std::size_t slice = 7) {
  const test::GuardPage page(text);
  Measure measure;
  while (measure.cursor.at != text.size()) measure.length += measure_text(page.text(), measure.cursor, slice);
  return measure;
}

TEST(MeasureText, CountsOctetsWithCrlfAsLineEnds) {
  for (const char* text : {"", "a", "a\nb", "a\r\nb\r\n", "a\rb\r\r", "\n\r\n\r", "123456\r\n123456\r\n\xc3\xa4"}) {
    const std::size_t expected = encoded(copy_text, text).size();
    for (std::size_t slice = 1; slice < 10; ++slice) EXPECT_EQ(measured(text, slice).length, expected) << text;
  }
}

TEST(MeasureText, TellsWhetherTheLastLineIsEnded) {
  for (const char* ended : {"", "\n", "a\r", "a\r\n", "a\nb\n"}) EXPECT_EQ(measured(ended).cursor.run, 0U) << ended;
  for (const std::string& text : {std::string("a"), std::string("a\nb"), std::string(65536, 'x')}) {
    EXPECT_NE(measured(text).cursor.run, 0U);
  }
}

TEST(MeasureText, FindsWhatCannotStandAsItIs) {
  for (const std::string& text : {std::string(999, 'x'), std::string(1, '\0'), "a\n" + std::string(999, 'x') + "\nb",
                                  std::string(70000, 'x') + "\n"}) {
    EXPECT_TRUE(measured(text).cursor.encode);
  }
  for (const std::string& text : {std::string(998, 'x'), std::string(998, 'x') + "\r\n" + std::string(998, 'x')}) {
    EXPECT_FALSE(measured(text).cursor.encode);
  }
}

TEST(MeasureText, CountsEightBitOctetsAndKnowsUtf8InEverySlice) {
  for (std::size_t slice = 1; slice < 12; ++slice) {
    const detail::TextCursor sound = measured("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80z", slice).cursor;
    EXPECT_EQ(sound.escapes, 9U);
    EXPECT_FALSE(sound.ill_formed) << slice;
    const detail::TextCursor cut = measured("a\xc3\xa4\xe2\x82z\xff", slice).cursor;
    EXPECT_EQ(cut.escapes, 5U);
    EXPECT_TRUE(cut.ill_formed) << slice;
  }
}

TEST(MeasureText, LooksAtNoMoreThanItWasAsked) {
  const std::string text(1000, 'x');
  detail::TextCursor cursor;
  EXPECT_EQ(measure_text(std::string_view(text), cursor, 64), 64U);
  EXPECT_EQ(cursor.at, 64U);
}

TEST(Base64Text, ItsLengthIsKnownBefore) {
  for (std::size_t n = 0; n < 400; ++n) EXPECT_EQ(base64(std::string(n, 'x')).size(), base64_text_length(n)) << n;
}

}  // namespace
}  // namespace mailmote
