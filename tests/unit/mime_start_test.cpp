#include <gtest/gtest.h>

#include <string>

#include "support/mime_mail.hpp"

namespace mailmote {
namespace {

using Mail = test::MimeMail;

TEST(MimeStart, ALengthFollowsFromASourceThatCannotStartAgain) {
  Mail mail;
  mail.file.rewindable = false;
  mail.content();
  EXPECT_TRUE(mail.plan.length_known);
  EXPECT_EQ(mail.file.starts(), 1U);
}

TEST(MimeStart, TextGoesByWhatItHoldsAndWhatIsOffered) {
  Mail mail;
  mail.words.octets = "mostly plain \xc3\xa4\n";
  EXPECT_NE(mail.content().find("quoted-printable\r\n\r\nmostly plain =C3=A4\r\n"), std::string::npos);
  EXPECT_EQ(mail.plan.form, ContentForm::canonical);  // the HTML is as it is
  mail.page.octets = mail.words.octets;
  mail.content();
  EXPECT_EQ(mail.plan.form, ContentForm::safe);
  EXPECT_FALSE(mail.plan.eight_bit);
  mail.offer.eight_bit = true;
  EXPECT_NE(mail.content().find("8bit\r\n\r\nmostly plain \xc3\xa4\r\n"), std::string::npos);
  EXPECT_TRUE(mail.plan.eight_bit);
  mail.offer.eight_bit = false;
  mail.words.octets = "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\n";
  EXPECT_NE(mail.content().find("base64\r\n\r\n5pel5pys6KqeDQo=\r\n"), std::string::npos);
  mail.words.octets = "\xe4\n";
  EXPECT_NE(mail.content().find("charset=unknown-8bit"), std::string::npos);
}

TEST(MimeStart, TheEncodingMayBeChosen) {
  Mail mail;
  mail.text.encoding = TransferEncoding::base64;
  mail.files[0].encoding = TransferEncoding::quoted_printable;
  mail.files[1].encoding = TransferEncoding::seven_bit;
  mail.second.octets = "plain\n";
  const std::string content = mail.content(40);
  EXPECT_NE(content.find("base64\r\n\r\nTGV2ZWwgMyAlDQo=\r\n"), std::string::npos);
  EXPECT_NE(content.find("\r\n\r\n1;2=0A\r\n"), std::string::npos);
  EXPECT_NE(content.find("7bit\r\nContent-Disposition: attachment;\r\n filename=\"two.bin\"\r\n\r\nplain\r\n"),
            std::string::npos);
  EXPECT_TRUE(mail.plan.length_known);
}

TEST(MimeStart, RefusesAnEncodingThatDoesNotFit) {
  for (const char* octets : {"\xc3\xa4", "\xff\n"}) {
    Mail mail;
    mail.words.octets = octets;
    mail.text.encoding = TransferEncoding::seven_bit;
    EXPECT_EQ(mail.content(), "source_failed");
    mail.words.rewindable = false;
    Mail unseen;
    unseen.words.octets = octets;
    unseen.words.rewindable = false;
    unseen.text.encoding = TransferEncoding::seven_bit;
    EXPECT_NE(unseen.content().find("(error)"), std::string::npos);
  }
  Mail nul;
  nul.words.octets = std::string("\0", 1);
  nul.text.encoding = TransferEncoding::eight_bit;
  EXPECT_EQ(nul.content(), "source_failed");
  Mail unseen;
  unseen.words.octets = nul.words.octets;
  unseen.words.rewindable = false;
  unseen.text.encoding = TransferEncoding::eight_bit;
  EXPECT_NE(unseen.content().find("(error)"), std::string::npos);
}

TEST(MimeStart, TextThatHoldsTheBoundaryIsEncoded) {
  Mail mail;
  const std::string all = mail.content();
  const std::string mark = "--" + all.substr(all.find("=_"), 19);
  mail.words.octets = "a\n" + mark + "--\nb\n";
  const std::string content = mail.content();
  EXPECT_NE(content.find("quoted-printable\r\n\r\na\r\n--=3D_"), std::string::npos);
  mail.text.encoding = TransferEncoding::seven_bit;
  EXPECT_EQ(mail.content(), "source_failed");
  mail.words.octets = "x" + mark;
  EXPECT_NE(mail.content().find("7bit\r\n\r\nx--=_"), std::string::npos);
}

TEST(MimeStart, TheBoundaryFollowsFromTheMessageId) {
  Mail mail;
  const std::string first = mail.content(), again = mail.content();
  EXPECT_EQ(first, again);
  mail.message.message_id = "<2@example.com>";
  const std::string other = mail.content();
  EXPECT_NE(other.substr(other.find("=_"), 18), first.substr(first.find("=_"), 18));
}

TEST(MimeStart, RefusesWhatWouldBreakAHeader) {
  const auto refused = [](auto&& spoil) {
    Mail mail;
    spoil(mail);
    EXPECT_EQ(mail.content(), "invalid_header");
  };
  refused([](Mail& mail) { mail.files[0].name = "a\r\nb"; });
  refused([](Mail& mail) { mail.files[0].name = "a\xff"; });
  refused([](Mail& mail) { mail.files[0].type = "text"; });
  refused([](Mail& mail) { mail.files[0].type = "text/plain\r\nX: y"; });
  refused([](Mail& mail) { mail.files[0].type = "multipart/mixed; boundary=x"; });
  refused([](Mail& mail) { mail.files[0].type = "/plain"; });
  refused([](Mail& mail) { mail.pictures[0].id = "a b"; });
  refused([](Mail& mail) { mail.pictures[0].id = "<a>"; });
  refused([](Mail& mail) { mail.message.subject = "a\nb"; });
}

TEST(MimeStart, ReadsAndStartsInBoundedSteps) {
  Mail mail;
  mail.words.octets = std::string(100000, 'x');
  ContentPlan plan;
  int steps = 1;
  ASSERT_EQ(mail.message.content.start_step(mail.offer, plan), Status::ok);
  for (; plan.unfinished; ++steps) ASSERT_EQ(mail.message.content.start_step(mail.offer, plan), Status::ok);
  EXPECT_GT(steps, 1000);
}

TEST(MimeStart, RefusesTypesNamesAndIdsThatAreTooLong) {
  const auto refused = [](auto&& spoil) {
    Mail mail;
    spoil(mail);
    EXPECT_EQ(mail.content(), "invalid_header");
  };
  const std::string type = "a/" + std::string(119, 'b'), text(256, 'c');
  refused([&](Mail& mail) { mail.files[0].type = type; });
  refused([&](Mail& mail) { mail.files[0].name = text; });
  refused([&](Mail& mail) { mail.pictures[0].id = text; });
  refused([](Mail& mail) { mail.files[0].type = "text/"; });
  refused([](Mail& mail) { mail.files[0].type = "text/a\x7f"; });
}

// A message is never encoded (RFC 2046 section 5.2.1).
void expect_message_as_it_is(bool eight_bit, ContentForm form, bool rewindable, bool length_known) {
  Mail mail;
  mail.offer.eight_bit = mail.offer.binary_mime = true;
  mail.files[0].type = "message/rfc822";
  mail.files[0].name = "";
  mail.files[0].encoding = TransferEncoding::binary_if_offered;
  mail.file.octets = eight_bit ? "Subject: x\r\n\r\n\xc3\xa4\r\n" : "Subject: x\r\n\r\ny\r\n";
  mail.file.eight_bit = eight_bit;
  mail.file.form = form;
  mail.file.rewindable = rewindable;
  mail.file.length_known = length_known;
  const std::string content = mail.content();
  EXPECT_NE(content.find(eight_bit ? "message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n"
                                   : "message/rfc822\r\nContent-Transfer-Encoding: 7bit\r\n"),
            std::string::npos)
      << content;
  EXPECT_NE(content.find("\r\n\r\n" + mail.file.octets + "\r\n--"), std::string::npos) << content;
  EXPECT_EQ(mail.plan.length_known, rewindable || (length_known && form == ContentForm::canonical));
}

TEST(MimeStart, AMessageInsideStaysAsItIs) {
  for (unsigned bits = 0; bits < 16; ++bits) {
    const ContentForm form = (bits & 1U) != 0 ? ContentForm::canonical : ContentForm::any;
    expect_message_as_it_is((bits & 2U) != 0, form, (bits & 4U) != 0, (bits & 8U) != 0);
  }
}

TEST(MimeStart, AsksForSmtputf8WhereAPartDoes) {
  Mail mail;
  mail.offer.eight_bit = mail.offer.smtputf8 = true;
  mail.files[0].type = "message/global";
  mail.file.octets = "Subject: \xc3\xa4\r\n\r\ny\r\n";
  mail.file.eight_bit = mail.file.smtputf8 = true;
  mail.content();
  EXPECT_TRUE(mail.plan.smtputf8);
  EXPECT_TRUE(mail.plan.eight_bit);
}

TEST(MimeStart, FailsWhereTextCannotBeLookedThrough) {
  Mail mail;
  mail.words.fault = test::SourceFault::fails;
  EXPECT_EQ(mail.content(), "source_failed");
}

}  // namespace
}  // namespace mailmote
