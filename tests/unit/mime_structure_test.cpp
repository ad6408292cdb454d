#include <gtest/gtest.h>

#include <string>

#include "support/mime_mail.hpp"

namespace mailmote {
namespace {

using Mail = test::MimeMail;

constexpr char kText[] =
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\nLevel 3 %\r\n";
constexpr char kHtml[] =
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n<p>Level 3 %</p>\r\n";
constexpr char kPicture[] =
    "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <tank>\r\n"
    "Content-Disposition: inline\r\n\r\niVBORw==";
constexpr char kFile[] =
    "Content-Type: text/csv;\r\n name=\"log.csv\"\r\nContent-Transfer-Encoding: base64\r\n"
    "Content-Disposition: attachment;\r\n filename=\"log.csv\"\r\n\r\nMTsyCg==";
constexpr char kSecond[] =
    "Content-Type: application/octet-stream;\r\n name=\"two.bin\"\r\nContent-Transfer-Encoding: base64\r\n"
    "Content-Disposition: attachment;\r\n filename=\"two.bin\"\r\n\r\nAAEC";
constexpr char kMixed[] = "Content-Type: multipart/mixed;\r\n boundary=\"m\"\r\n\r\n--m\r\n";
constexpr char kAlternative[] = "Content-Type: multipart/alternative;\r\n boundary=\"a\"\r\n\r\n--a\r\n";
constexpr char kRelated[] = "Content-Type: multipart/related; type=\"text/html\";\r\n boundary=\"r\"\r\n\r\n--r\r\n";

TEST(MimeStructure, NestsMixedAlternativeAndRelated) {
  EXPECT_EQ(Mail().body(), std::string(kMixed) + kAlternative + kText + "\r\n--a\r\n" + kRelated + kHtml +
                               "\r\n--r\r\n" + kPicture + "\r\n--r--\r\n--a--\r\n--m\r\n" + kFile + "\r\n--m\r\n" +
                               kSecond + "\r\n--m--\r\n");
}

TEST(MimeStructure, HasOnlyTheLevelsThatHoldSomething) {
  Mail alternative;
  alternative.message.inlines = {};
  alternative.message.attachments = {};
  EXPECT_EQ(alternative.body(), std::string(kAlternative) + kText + "\r\n--a\r\n" + kHtml + "\r\n--a--\r\n");
  Mail related;
  related.message.text = nullptr;
  related.message.attachments = {};
  EXPECT_EQ(related.body(), std::string(kRelated) + kHtml + "\r\n--r\r\n" + kPicture + "\r\n--r--\r\n");
  Mail mixed;
  mixed.message.html = nullptr;
  mixed.message.inlines = {};
  mixed.message.attachments = mixed.files[0];
  EXPECT_EQ(mixed.body(), std::string(kMixed) + kText + "\r\n--m\r\n" + kFile + "\r\n--m--\r\n");
  Mail shown;
  shown.message.html = nullptr;
  shown.message.attachments = {};
  EXPECT_EQ(shown.body(), std::string(kMixed) + kText + "\r\n--m\r\n" + kPicture + "\r\n--m--\r\n");
}

TEST(MimeStructure, APartAloneIsTheBody) {
  Mail text;
  text.message.html = nullptr;
  text.message.inlines = {};
  text.message.attachments = {};
  EXPECT_EQ(text.body(), kText);
  text.words.octets = "no end";
  EXPECT_NE(text.body().find("\r\n\r\nno end\r\n"), std::string::npos);
  Mail file;
  file.message.text = nullptr;
  file.message.html = nullptr;
  file.message.inlines = {};
  file.message.attachments = file.files[0];
  EXPECT_EQ(file.body(), std::string(kFile) + "\r\n");
  file.file.octets.clear();
  EXPECT_EQ(file.body(), std::string(kFile, sizeof kFile - 9));
}

TEST(MimeStructure, WithoutAPartIsAHeader) {
  Mail mail;
  mail.message.text = nullptr;
  mail.message.html = nullptr;
  mail.message.inlines = {};
  mail.message.attachments = {};
  EXPECT_EQ(mail.body(), "\r\n");
}

TEST(MimeStructure, NamesFilesInEveryLanguage) {
  Mail mail;
  mail.files[0].name = "F\xc3\xbcllstand \"3\".csv";
  const std::string content = mail.content(16);
  EXPECT_NE(content.find("text/csv;\r\n name=\"F_llstand \\\"3\\\".csv\"\r\n"), std::string::npos);
  EXPECT_NE(content.find("attachment;\r\n filename*=utf-8''F%C3%BCllstand%20%223%22.csv\r\n\r\n"), std::string::npos);
}

// The header of the whole is counted before its last part is looked at.
TEST(MimeStructure, ReadsNoTypeBeyondItsEnd) {
  const test::GuardPage type("message");
  Mail mail;
  mail.offer.binary_mime = true;
  mail.files[1].type = type.text();
  mail.files[1].encoding = TransferEncoding::binary_if_offered;
  EXPECT_EQ(mail.content(), "invalid_header");
}

TEST(MimeStructure, TextsHaveNoFileName) {
  Mail mail;
  mail.text.name = "level.txt";
  EXPECT_EQ(mail.body(), Mail().body());
}

TEST(MimeStructure, SaysThatItsTextFlows) {
  Mail mail;
  mail.text.flowed = true;
  EXPECT_NE(mail.content().find("text/plain; charset=utf-8; format=flowed\r\n"), std::string::npos);
}

}  // namespace
}  // namespace mailmote
