#include "mailmote/detail/transfer_encoder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "support/guard_page.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

using detail::TransferEncoder;

constexpr std::size_t kRooms[] = {16, 17, 64, 512};
constexpr std::size_t kPieces[] = {1, 2, 3, 57, 100000};

// In pieces of the input, each in a window that has `room` at a time.
std::string encoded_in(TransferEncoder encoder, std::string_view text, std::size_t piece, std::size_t room) {
  const test::GuardPage page(text);
  const test::GuardPage out(room);
  std::string all;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    const auto* in = reinterpret_cast<const std::uint8_t*>(page.data()) + at;
    const std::uint8_t* const end = in + std::min(piece, text.size() - at);
    while (in != end) {
      const std::uint8_t* const before = in;
      const std::size_t n = encoder.encode(in, end, out.data(), room);
      if (in == before || n > room) return all + "(stuck)";
      all.append(reinterpret_cast<const char*>(out.data()), n);
    }
  }
  const std::size_t n = encoder.finish(out.data());
  return n > 8 ? all + "(too much)" : all.append(reinterpret_cast<const char*>(out.data()), n);
}

// The same in pieces of every size and in every room, or "(differs)".
std::string encoded(TransferEncoding how, bool text, std::string_view octets) {
  const TransferEncoder encoder(how, text);
  const std::string whole = encoded_in(encoder, octets, 100000, 100000);
  for (const std::size_t room : kRooms) {
    for (const std::size_t piece : kPieces) {
      if (encoded_in(encoder, octets, piece, room) != whole) return "(differs)";
    }
  }
  return whole;
}

std::string printable(std::string_view text) { return encoded(TransferEncoding::quoted_printable, true, text); }
std::string base64(std::string_view text) { return encoded(TransferEncoding::base64, true, text); }
std::string copied(std::string_view text) { return encoded(TransferEncoding::eight_bit, true, text); }

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
  EXPECT_EQ(base64("a\nb"), "YQ0KYg==");
  EXPECT_EQ(base64("a\rb"), "YQ0KYg==");
  EXPECT_EQ(base64("a\r\nb"), "YQ0KYg==");
  EXPECT_EQ(base64("\n"), "DQo=");
  EXPECT_EQ(base64("\n\r"), "DQoNCg==");
}

TEST(Base64Text, WritesLinesOf76) {
  const std::string line(76, 'A');
  EXPECT_EQ(base64(std::string(57, '\0')), line);
  EXPECT_EQ(base64(std::string(58, '\0')), line + "\r\nAA==");
  EXPECT_EQ(base64(std::string(171, '\0')), line + "\r\n" + line + "\r\n" + line);
}

TEST(Base64Text, EncodesEveryOctet) {
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64(std::string_view("\0\xff\x80", 3)), "AP+A");
}

TEST(TransferEncoder, OfNothingIsNothing) {
  EXPECT_EQ(copied(""), "");
  EXPECT_EQ(printable(""), "");
  EXPECT_EQ(base64(""), "");
}

TEST(TransferEncoder, CopiesEveryOctetButLineEndsAsItIs) {
  std::string all;
  for (int octet = 0; octet < 256; ++octet) {
    if (octet != '\r' && octet != '\n') all += static_cast<char>(octet);
  }
  EXPECT_EQ(copied(all), all);
}

TEST(TransferEncoder, CopiesEveryLineEndAsCrlf) {
  EXPECT_EQ(copied("a\nb\r\nc\rd\n\n\re"), "a\r\nb\r\nc\r\nd\r\n\r\n\r\ne");
}

TEST(TransferEncoder, CopiesBinaryOctetsAsTheyAre) {
  std::string all;
  for (int octet = 0; octet < 600; ++octet) all += static_cast<char>(octet);
  EXPECT_EQ(encoded(TransferEncoding::binary, false, all + "\r\n\n\r"), all + "\r\n\n\r");
}

TEST(TransferEncoder, OctetsThatAreNoTextKeepTheirLineEnds) {
  EXPECT_EQ(encoded(TransferEncoding::quoted_printable, false, "a\r\n b \n"), "a=0D=0A b =0A");
  EXPECT_EQ(encoded(TransferEncoding::base64, false, "\n"), "Cg==");
  EXPECT_EQ(encoded(TransferEncoding::base64, false, "a\rb\n\nc"), "YQ1iCgpj");
}

TEST(TransferEncoder, NoEncodedLineBeginsWithADotOrFrom) {
  EXPECT_EQ(printable("From x\naFrom\n"), "=46rom x\r\naFrom\r\n");
  EXPECT_EQ(printable(".a.b\n..\n"), "=2Ea.b\r\n=2E.\r\n");
  EXPECT_EQ(printable(std::string(75, 'x') + ".y"), std::string(75, 'x') + "=\r\n=2Ey");
}

TEST(TransferEncoder, TheLengthOfBase64IsKnownBefore) {
  for (std::size_t n = 0; n < 400; ++n) {
    const std::string octets(n, 'x');
    EXPECT_EQ(encoded(TransferEncoding::base64, false, octets).size(),
              TransferEncoder::base64_size(static_cast<std::uint32_t>(n)));
  }
}

TEST(TransferEncoder, KnowsWhetherTheLastLineIsEnded) {
  struct Case {
    TransferEncoding how;
    const char* octets;
    bool ended;
  };
  for (const Case& one : {Case{TransferEncoding::seven_bit, "", true}, Case{TransferEncoding::seven_bit, "a", false},
                          Case{TransferEncoding::seven_bit, "a\r", true},
                          Case{TransferEncoding::quoted_printable, "a\n", true},
                          Case{TransferEncoding::quoted_printable, "a\n ", false},
                          Case{TransferEncoding::base64, "", true}, Case{TransferEncoding::base64, "a", false}}) {
    TransferEncoder encoder(one.how, true);
    std::uint8_t out[64];
    const auto* in = reinterpret_cast<const std::uint8_t*>(one.octets);
    const std::uint8_t* const end = in + std::strlen(one.octets);
    while (in != end) EXPECT_GE(sizeof out, encoder.encode(in, end, out, sizeof out));
    EXPECT_EQ(encoder.at_line_start(), one.ended) << one.octets;
  }
}

// What it says fits, at the end of the room, is encoded whole and not overtaken.
void expect_in_place(TransferEncoding how, bool text, char c) {
  for (std::size_t room = 16; room < 700; ++room) {
    TransferEncoder encoder(how, text);
    const std::size_t size = encoder.most_input(room);
    const std::string octets(size, c);
    const test::GuardPage page(room);
    std::memcpy(page.data() + room - size, octets.data(), size);
    const std::uint8_t* in = page.data() + room - size;
    std::size_t n = encoder.encode(in, page.data() + room, page.data(), room);
    ASSERT_EQ(in, page.data() + room) << room;
    n += encoder.finish(page.data() + n);
    const std::string out(reinterpret_cast<const char*>(page.data()), n);
    ASSERT_EQ(out, encoded_in(TransferEncoder(how, text), octets, 100000, 100000)) << room;
  }
}

TEST(TransferEncoder, EncodesInPlaceWhatItSaysFits) {
  for (const char c : {'a', '\n', '\xff', '.', ' '}) {
    for (const bool text : {false, true}) {
      for (const TransferEncoding how :
           {TransferEncoding::eight_bit, TransferEncoding::quoted_printable, TransferEncoding::base64}) {
        expect_in_place(how, text, c);
      }
    }
  }
}

}  // namespace
}  // namespace mailmote
