#include "auth/md5.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/guard_page.hpp"

namespace mailmote {
namespace {

std::string hex(const std::uint8_t (&digest)[16]) {
  std::string text;
  for (const std::uint8_t octet : digest) {
    for (const int digit : {octet >> 4, octet & 15}) text += "0123456789abcdef"[digit];
  }
  return text;
}

std::string md5(std::string_view octets, std::size_t piece = 1000) {
  const test::GuardPage page(octets);
  Md5 hash;
  hash.start();
  for (std::size_t at = 0; at < octets.size(); at += piece)
    hash.add(page.data() + at, std::min(piece, octets.size() - at));
  std::uint8_t digest[16];
  hash.finish(digest);
  return hex(digest);
}

std::string hmac(std::string_view key, std::string_view text) {
  const test::GuardPage keys(key), texts(text);
  std::uint8_t digest[16];
  hmac_md5(keys.view(), texts.view(), digest);
  return hex(digest);
}

TEST(Md5, HasTheDigestsOfRfc1321) {
  EXPECT_EQ(md5(""), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(md5("a"), "0cc175b9c0f1b6a831c399e269772661");
  EXPECT_EQ(md5("abc"), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(md5("message digest"), "f96b697d7cb7938d525a2f31aaf161d0");
  EXPECT_EQ(md5("abcdefghijklmnopqrstuvwxyz"), "c3fcd3d76192e4007dfb496cca67e13b");
  EXPECT_EQ(md5("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"), "d174ab98d277d9f5a5611c2c9f419d9f");
  EXPECT_EQ(md5("12345678901234567890123456789012345678901234567890123456789012345678901234567890"),
            "57edf4a22be3c955ac49da2e2107b67a");
}

TEST(Md5, IsTheSameInPieces) {
  const std::string text(200, 'x');
  for (const std::size_t piece : {1U, 3U, 63U, 64U, 65U}) EXPECT_EQ(md5(text, piece), md5(text)) << piece;
}

TEST(Md5, PadsWhereTheBlockEnds) {  // digests by another program
  EXPECT_EQ(md5(std::string(55, 'a')), "ef1772b6dff9a122358552954ad0df65");
  EXPECT_EQ(md5(std::string(56, 'a')), "3b0c8ac703f828b04c6c197006d17218");
  EXPECT_EQ(md5(std::string(64, 'a')), "014842d480b571495a4a0363793f7367");
}

TEST(HmacMd5, HasTheDigestsOfRfc2104And2202) {
  EXPECT_EQ(hmac(std::string(16, '\x0b'), "Hi There"), "9294727a3638bb1c13f48ef8158bfc9d");
  EXPECT_EQ(hmac("Jefe", "what do ya want for nothing?"), "750c783e6ab0b503eaa86e310a5db738");
  EXPECT_EQ(hmac(std::string(16, '\xaa'), std::string(50, '\xdd')), "56be34521d144c88dbb8c733f0e8b3f6");
}

TEST(HmacMd5, HashesALongKeyFirst) {  // RFC 2202, test cases 6 and 7
  const std::string key(80, '\xaa');
  EXPECT_EQ(hmac(key, "Test Using Larger Than Block-Size Key - Hash Key First"), "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd");
  EXPECT_EQ(hmac(key, "Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"),
            "6f630fad67cda0ee1fb1f562db3aa53e");
}

TEST(HmacMd5, TakesAKeyOfExactlyOneBlock) {  // digests by another program
  EXPECT_EQ(hmac(std::string(64, 'k'), "text"), "db24ea67182006970b94c91f1de303c5");
  EXPECT_EQ(hmac(std::string(65, 'k'), "text"), "6f76317da2a4bc5061037a5ebb3f0ba0");
  EXPECT_EQ(hmac("", ""), "74e6f7298a9c2d168935f58c001bad88");
}

}  // namespace
}  // namespace mailmote
