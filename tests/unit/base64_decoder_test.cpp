#include "wire/base64_decoder.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/guard_page.hpp"

namespace mailmote {
namespace {

constexpr const char* kNot = "not base64";

std::string decoded(std::string_view text, std::size_t room = 1000) {
  const test::GuardPage page(text);
  const test::GuardPage out(room);
  ByteView octets;
  if (!decode_base64(page.text(), out.bytes(), octets)) return kNot;
  return {reinterpret_cast<const char*>(octets.data), octets.size};
}

TEST(Base64Decoder, DecodesTheVectorsOfRfc4648) {
  EXPECT_EQ(decoded(""), "");
  EXPECT_EQ(decoded("Zg=="), "f");
  EXPECT_EQ(decoded("Zm8="), "fo");
  EXPECT_EQ(decoded("Zm9v"), "foo");
  EXPECT_EQ(decoded("Zm9vYg=="), "foob");
  EXPECT_EQ(decoded("Zm9vYmE="), "fooba");
  EXPECT_EQ(decoded("Zm9vYmFy"), "foobar");
}

TEST(Base64Decoder, KnowsTheWholeAlphabet) {
  std::string octets;
  for (unsigned value = 0; value < 64; value += 4) {
    const unsigned bits = value << 18 | (value + 1) << 12 | (value + 2) << 6 | (value + 3);
    for (const unsigned shift : {16U, 8U, 0U}) octets += static_cast<char>(bits >> shift & 255U);
  }
  EXPECT_EQ(decoded("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"), octets);
}

TEST(Base64Decoder, TakesNoOtherOctet) {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/ =";
  for (int octet = 0; octet < 256; ++octet) {
    const std::string text = std::string("AA") + static_cast<char>(octet) + "A";
    if (alphabet.find(static_cast<char>(octet)) != std::string::npos) continue;
    EXPECT_EQ(decoded(text), kNot) << octet;
  }
}

TEST(Base64Decoder, WantsItsPadding) {
  for (const char* text :
       {"Zg", "Zg=", "Zg===", "Zm8", "Zm8==", "Z", "Z=", "Z===", "Zm9v=", "Zm9vY", "=Zg=", "Zg==Zg==", "=="}) {
    EXPECT_EQ(decoded(text), kNot) << text;
  }
}

TEST(Base64Decoder, TakesALoneEqualsSignForNothing) {
  EXPECT_EQ(decoded("="), "");
  EXPECT_EQ(decoded(" = "), "");
}

TEST(Base64Decoder, PassesOverBlanks) {
  EXPECT_EQ(decoded("  Zm9v "), "foo");
  EXPECT_EQ(decoded("   "), "");
}

TEST(Base64Decoder, KeepsToItsRoom) {
  EXPECT_EQ(decoded("Zm9v", 3), "foo");
  EXPECT_EQ(decoded("Zm9v", 2), kNot);
  EXPECT_EQ(decoded("Zg==", 0), kNot);
  EXPECT_EQ(decoded("", 0), "");
}

TEST(Base64Decoder, DecodesInPlace) {
  const test::GuardPage page("Zm9vYmFy");
  ByteView octets;
  ASSERT_TRUE(decode_base64(page.text(), page.bytes(), octets));
  EXPECT_EQ(octets.data, page.data());
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(octets.data), octets.size), "foobar");
}

}  // namespace
}  // namespace mailmote
