#include "mailmote/mime.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mailmote/text_message.hpp"
#include "support/mime_mail.hpp"

namespace mailmote {
namespace {

using Mail = test::MimeMail;

TEST(MimeMessage, IsTheSameThroughEveryWindowAndFromEverySource) {
  for (const std::size_t size : {0U, 1U, 2U, 3U, 56U, 57U, 58U, 75U, 76U, 77U, 78U, 998U, 999U, 5000U}) {
    Mail mail;
    mail.words.octets = std::string(size, 'x') + "\n.";
    mail.page.octets = std::string(size, ' ') + "\xc3\xa4";
    mail.picture.octets = std::string(size, '\xff');
    mail.file.octets = std::string(size, '\n');
    const std::string whole = mail.content(100000);
    for (const std::size_t crumb : {0U, 1U, 5U}) {
      for (test::TestSource* source : {&mail.words, &mail.page, &mail.picture, &mail.file}) {
        source->crumb = crumb;
        source->late_end = crumb != 0;
      }
      for (const std::size_t window : {16U, 17U, 19U, 40U, 64U, 127U, 255U, 512U, 4096U}) {
        ASSERT_EQ(mail.content(window), whole) << size << ' ' << crumb << ' ' << window;
      }
    }
  }
}

TEST(MimeMessage, SourcesMayHaveNothingYet) {
  Mail mail;
  const std::string whole = mail.content();
  mail.picture.slow = mail.file.slow = true;
  EXPECT_EQ(mail.content(64), whole);
  mail.words.slow = true;  // cannot be looked through: goes as quoted-printable, which is the same but for its name
  const std::string unseen = mail.content(64);
  EXPECT_FALSE(mail.plan.length_known);
  EXPECT_NE(unseen.find("quoted-printable\r\n\r\nLevel 3 %\r\n"), std::string::npos);
}

TEST(MimeMessage, SourcesThatCannotStartAgainAreSentUnseen) {
  Mail mail;
  mail.words.rewindable = mail.second.rewindable = false;
  const std::string content = mail.content(64);
  EXPECT_FALSE(mail.plan.rewindable);
  EXPECT_FALSE(mail.plan.length_known);
  EXPECT_NE(content.find("quoted-printable\r\n\r\nLevel 3 %\r\n"), std::string::npos);
  EXPECT_EQ(mail.words.starts(), 1U);
  EXPECT_EQ(mail.content(), "source_not_rewindable");
}

TEST(MimeMessage, ForwardsAMessageAsItIs) {
  Mail mail;
  TextMessage inner("c@example.com", mail.to, "inner", "\xc3\xa4\n");
  Attachment forwarded("mail.eml", "message/rfc822", inner.content);
  mail.message.attachments = forwarded;
  const std::string content = mail.content(64);
  EXPECT_TRUE(mail.plan.length_known);
  EXPECT_NE(content.find("7bit\r\nContent-Disposition: attachment;\r\n filename=\"mail.eml\"\r\n\r\nFrom: c@example.com"),
            std::string::npos);
  EXPECT_NE(content.find("\r\n\r\nw6QNCg==\r\n\r\n--"), std::string::npos);
  mail.offer.eight_bit = true;
  EXPECT_NE(mail.content(64).find("\r\n\r\n\xc3\xa4\r\n\r\n--"), std::string::npos);
  EXPECT_TRUE(mail.plan.eight_bit);
}

TEST(MimeMessage, ASourceThatFailsEndsTheMailBeforeItsLastOctet) {
  for (const test::SourceFault fault : {test::SourceFault::fails, test::SourceFault::stops, test::SourceFault::overruns}) {
    Mail mail;
    mail.second.octets = std::string(1000, 'x');
    mail.second.fault = fault;
    const std::string content = mail.content();
    const std::size_t end = content.find("(error)");
    ASSERT_NE(end, std::string::npos) << static_cast<int>(fault);
    EXPECT_LT(end, mail.plan.length);
  }
}

TEST(MimeMessage, ASourceThatChangedSinceTheStartEndsTheMail) {
  for (const std::size_t size : {999U, 1001U}) {
    for (const bool text : {false, true}) {
      Mail mail;
      std::string& octets = text ? mail.words.octets : mail.second.octets;
      octets = std::string(1000, 'x');
      ContentPlan plan;
      ASSERT_EQ(mail.message.content.start(mail.offer, plan), Status::ok);
      octets.resize(size, 'x');
      const std::string content = test::read_all(mail.message.content, 512);
      EXPECT_NE(content.find("(error)"), std::string::npos);
    }
  }
}

TEST(MimeMessage, ASourceThatDoesNotStartOnceMoreEndsTheMail) {
  Mail mail;
  ContentPlan plan;
  ASSERT_EQ(mail.message.content.start(mail.offer, plan), Status::ok);
  mail.picture.rewindable = false;
  const std::string content = test::read_all(mail.message.content, 512);
  EXPECT_NE(content.find("Content-ID: <tank>\r\nContent-Disposition: inline\r\n\r\n(error)"), std::string::npos);
}

TEST(MimeMessage, ASilentSourceKeepsTheMailWaiting) {
  Mail mail;
  mail.second.octets = std::string(1000, 'x');
  mail.second.fault = test::SourceFault::silent;
  EXPECT_NE(mail.content().find("(endless)"), std::string::npos);
}

}  // namespace
}  // namespace mailmote
