// Parts that go octet by octet (RFC 3030).
#include <gtest/gtest.h>

#include <string>

#include "support/mime_mail.hpp"

namespace mailmote {
namespace {

// Everything that text must not hold: NUL, bare CR and LF, a dot alone on its line, octets above 127, no end of a line.
const std::string kOctets("\0\r\n.\r\n\n\r.\xff\x80 --=_\r\r\n.", 20);

struct BinaryMail : test::MimeMail {
  BinaryMail() {
    offer.binary_mime = true;
    second.octets = kOctets;
    files[1].encoding = TransferEncoding::binary;
  }
};

std::string all_octets(std::size_t size) {
  std::string octets(size, '\0');
  for (std::size_t i = 0; i < size; ++i) octets[i] = static_cast<char>(i * 7 + i / 256);
  return octets;
}

TEST(MimeBinary, GoesOctetByOctetThroughEveryWindow) {
  for (const std::size_t size : {0U, 1U, 15U, 16U, 47U, 48U, 49U, 511U, 512U, 3000U}) {
    for (const std::size_t window : {64U, 65U, 128U, 512U, 4096U}) {
      BinaryMail mail;
      mail.second.octets = all_octets(size);
      const std::string content = mail.content(window);
      EXPECT_NE(content.find("binary\r\nContent-Disposition: attachment;\r\n filename=\"two.bin\"\r\n\r\n" +
                             mail.second.octets + "\r\n--"),
                std::string::npos) << size << " octets, window " << window;
      EXPECT_TRUE(mail.plan.length_known && mail.plan.binary);
    }
  }
}

TEST(MimeBinary, ASourceOfCrumbsMakesNoDifference) {
  BinaryMail whole;
  BinaryMail mail;
  mail.second.crumb = 1;
  mail.second.slow = true;
  EXPECT_EQ(mail.content(), whole.content());
}

// Whether the header of a multipart has the field.
bool says_binary(const std::string& content, const std::string& level) {
  const std::size_t at = content.find("multipart/" + level);
  return content.substr(at, content.find("\r\n\r\n", at) - at).find("Encoding: binary") != std::string::npos;
}

TEST(MimeBinary, IsSaidOfAllThatHoldsIt) {
  BinaryMail mail;
  mail.pictures[0].encoding = TransferEncoding::binary;
  const std::string content = mail.content();
  for (const char* level : {"mixed", "alternative", "related"}) EXPECT_TRUE(says_binary(content, level)) << level;
  mail.pictures[0].encoding = TransferEncoding::base64;
  const std::string outer = mail.content();
  EXPECT_TRUE(says_binary(outer, "mixed"));
  EXPECT_FALSE(says_binary(outer, "alternative") || says_binary(outer, "related"));
}

TEST(MimeBinary, APartAloneGetsNoLineEndOfItsOwn) {
  BinaryMail mail;
  mail.message.text = nullptr;
  mail.message.html = nullptr;
  mail.message.inlines = {};
  mail.message.attachments = {mail.files + 1, 1};
  const std::string content = mail.content();
  ASSERT_GT(content.size(), kOctets.size());
  EXPECT_EQ(content.substr(content.size() - kOctets.size() - 4), "\r\n\r\n" + kOctets);
}

TEST(MimeBinary, ALengthThatIsNotKnownIsCounted) {
  BinaryMail mail;
  mail.second.length_known = false;
  mail.content();
  EXPECT_TRUE(mail.plan.length_known);
  EXPECT_EQ(mail.second.starts(), 2U);
}

TEST(MimeBinary, GoesWhereTheLengthCanStillBeCounted) {
  BinaryMail mail;
  mail.second.length_known = false;
  mail.second.slow = true;  // cannot be looked through now
  EXPECT_NE(mail.content().find("attachment;\r\n filename=\"two.bin\"\r\n\r\n" + kOctets), std::string::npos);
  EXPECT_TRUE(mail.plan.binary && mail.plan.rewindable);
  EXPECT_FALSE(mail.plan.length_known);
}

TEST(MimeBinary, AMessageInsideKeepsItsLineEnds) {
  for (const bool length_known : {false, true}) {
    BinaryMail mail;
    mail.files[1].type = "message/rfc822";
    mail.files[1].name = "";
    mail.second.octets = "Subject: x\n\ny\r";
    mail.second.length_known = length_known;
    EXPECT_NE(mail.content().find("binary\r\nContent-Disposition: attachment\r\n\r\nSubject: x\n\ny\r\r\n--"),
              std::string::npos);
    EXPECT_TRUE(mail.plan.length_known && mail.plan.binary);
  }
}

TEST(MimeBinary, TextKeepsLinesOfAnyLength) {
  BinaryMail mail;
  mail.text.encoding = TransferEncoding::binary;
  mail.words.octets = std::string(5000, 'x') + "\n.\n\0";
  EXPECT_NE(mail.content(128).find("binary\r\n\r\n" + std::string(5000, 'x') + "\r\n.\r\n"), std::string::npos);
}

TEST(MimeBinary, IsRefusedByNameWhereNotOffered) {
  BinaryMail mail;
  mail.offer.binary_mime = false;
  EXPECT_EQ(mail.content(), "binary_mime_not_offered");
}

TEST(MimeBinary, IsEncodedWhereNotOffered_WhenThatIsAllowed) {
  BinaryMail mail;
  mail.offer.binary_mime = false;
  mail.files[1].encoding = TransferEncoding::binary_if_offered;
  mail.text.encoding = TransferEncoding::binary_if_offered;
  BinaryMail encoded;
  encoded.files[1].encoding = TransferEncoding::automatic;
  EXPECT_EQ(mail.content(), encoded.content());
  EXPECT_FALSE(mail.plan.binary);
  mail.offer.binary_mime = true;
  mail.content();
  EXPECT_TRUE(mail.plan.binary);
}

// A chunk says its length first.
TEST(MimeBinary, IsEncodedWhereTheLengthOfTheMailCannotBeKnown) {
  BinaryMail mail;
  mail.files[1].encoding = mail.text.encoding = TransferEncoding::binary_if_offered;
  mail.file.rewindable = mail.file.length_known = false;
  const std::string content = mail.content();
  EXPECT_EQ(content.find("binary\r\n"), std::string::npos);
  EXPECT_NE(content.find("quoted-printable\r\n\r\nLevel 3 %\r\n"), std::string::npos);
  EXPECT_FALSE(mail.plan.binary);
  BinaryMail forced;
  forced.second.rewindable = forced.second.length_known = false;
  EXPECT_EQ(forced.content(), "binary_mime_not_offered");
}

TEST(MimeBinary, MayNotHoldTheBoundary) {
  BinaryMail mail;
  const std::string content = mail.content();
  const std::string boundary = content.substr(content.find("--=_"), 20);
  for (const char* before : {"", "x\n", "x\r", "\r\n"}) {
    mail.second.octets = before + boundary;
    EXPECT_NE(mail.content().find("(error)"), std::string::npos);
    mail.second.length_known = false;  // then it is looked through before
    EXPECT_EQ(mail.content(), "source_failed");
    mail.second.length_known = true;
  }
  mail.second.octets = "x" + boundary;
  EXPECT_NE(mail.content().find(mail.second.octets), std::string::npos);
}

}  // namespace
}  // namespace mailmote
