#include "mailmote/text_message.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "support/content.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

constexpr UnixTime kTime = 880127706;
constexpr char kDate[] = "Date: Fri, 21 Nov 1997 15:55:06 +0000\r\n";
constexpr char kMime[] = "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
constexpr char kSevenBit[] = "Content-Transfer-Encoding: 7bit\r\n\r\n";

UnixTime tell(void* context) { return (*static_cast<UnixTime*>(context))++; }

/// A mail with every field set, and strings that a test may spoil.
class Mail {
 public:
  std::string from = "from@example.com", from_name = "From Name";
  std::string sender = "sender@example.com", sender_name = "Sender Name";
  std::string reply = "reply@example.com", reply_name = "Reply Name";
  std::string to = "to@example.com", to_name = "To Name";
  std::string cc = "cc@example.com", cc_name = "Cc Name";
  std::string bcc = "hidden@example.com", bcc_name = "Hidden Name";
  std::string subject = "Tank low", id = "<1@example.com>", text = "Level 3 %\n";
  std::string header_name = "X-Tank", header_value = "7 and 9";

  // Calls `use` with the message.
  template <class Use>
  auto with(const Use& use) {
    Recipient all[] = {{view(to), view(to_name)},
                       {view(cc), view(cc_name), RecipientKind::cc},
                       {view(bcc), view(bcc_name), RecipientKind::bcc}};
    const Header header{view(header_name), view(header_value)};
    TextMessage message({view(from), view(from_name)}, all, view(subject), view(text));
    message.from_sender = {view(sender), view(sender_name)};
    message.reply_to = {view(reply), view(reply_name)};
    message.message_id = view(id);
    message.date = kTime;
    message.headers = &header;
    message.header_count = 1;
    return use(message);
  }

  // The content, or the name of the status.
  std::string content(std::size_t window = 4096, const Offer& offer = Offer()) {
    return with([&](TextMessage& message) { return content_of(message, window, offer); });
  }

  static std::string content_of(TextMessage& message, std::size_t window = 4096, const Offer& offer = Offer()) {
    ContentPlan plan;
    const Status status = message.content.start(offer, plan);
    if (status != Status::ok) return std::string(name(status));
    const std::string content = test::read_all(message.content, window);
    const bool ended = content.substr(content.size() - 2) == "\r\n";
    if (!plan.length_known || plan.length != content.size()) return content + "(another length was announced)";
    if (!ended || plan.form == ContentForm::any) return content + "(another form was announced)";
    return content;
  }

 private:
  static std::string_view view(const std::string& text) { return text; }
};

// The text of a simple mail as it goes out, with the line about its encoding before it.
std::string encoded(std::string_view text, bool eight_bit) {
  Recipient to("b@example.com");
  TextMessage message("a@example.com", to, "s", text);
  Offer offer;
  offer.eight_bit = eight_bit;
  const std::string all = Mail::content_of(message, 64, offer);
  const std::size_t at = all.find("charset=");
  return at == std::string::npos ? all : all.substr(at + 8);
}

// The names of the fields, and the body behind an empty line.
std::string outline(const std::string& content) {
  std::string out;
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t end = content.find("\r\n", at);
    if (end == std::string::npos) return out + "(no header end)";
    const std::string line = content.substr(at, end - at);
    if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) return out + "(stray octet)";
    at = end + 2;
    if (line.empty()) return out + "|" + content.substr(at);
    if (line[0] != ' ') out += line.substr(0, line.find(':') + 1);
  }
  return out + "(no header end)";
}

TEST(TextMessage, WritesEveryFieldInOrder) {
  EXPECT_EQ(Mail().content(),
            std::string("From: From Name <from@example.com>\r\nSender: Sender Name <sender@example.com>\r\n"
                        "Reply-To: Reply Name <reply@example.com>\r\nTo: To Name <to@example.com>\r\n"
                        "Cc: Cc Name <cc@example.com>\r\nSubject: Tank low\r\n") +
                kDate + "Message-ID: <1@example.com>\r\nX-Tank: 7 and 9\r\n" + kMime + kSevenBit + "Level 3 %\r\n");
}

TEST(TextMessage, WritesOnlyWhatIsGiven) {
  Recipient to("b@example.com");
  TextMessage message("a@example.com", to, "Hello", "text");
  EXPECT_EQ(Mail::content_of(message),
            std::string("From: a@example.com\r\nTo: b@example.com\r\nSubject: Hello\r\n") + kMime + kSevenBit + "text\r\n");
  EXPECT_EQ(message.sender, "a@example.com");
}

TEST(TextMessage, IsTheSameThroughEveryWindow) {
  Mail mail;
  mail.subject =
      "Gr\xc3\xbc\xc3\x9f"
      "e, a long subject that has to be folded \xe2\x82\xac \xe2\x82\xac \xe2\x82\xac more";
  for (const char* text :
       {"", "short", "\xc3\xa4 and so on and so forth, long enough for quoted-printable", "\xc3\xa4\xc3\xa4\n"}) {
    mail.text = text;
    const std::string whole = mail.content();
    for (std::size_t window = 16; window <= 80; ++window) EXPECT_EQ(mail.content(window), whole) << window;
    EXPECT_EQ(mail.content(512), whole);
  }
}

// What must be the same however long the parts of a mail are.
class LongMail {
 public:
  explicit LongMail(const std::string& name, const std::string& subject = "Tank low") : name_(name), subject_(subject) {
    for (int i = 0; i < 500; ++i) addresses_.push_back("pump" + std::to_string(i) + "@example.com");
    for (const std::string& address : addresses_) {
      const auto kind = static_cast<RecipientKind>(all_.size() % 7 % 3);
      all_.emplace_back(std::string_view(address), std::string_view(name_), kind);
    }
  }

  // The content through a window, and the most octets of the header that one read delivered.
  std::pair<std::string, std::size_t> read(std::size_t window) {
    TextMessage message("a@example.com", {all_.data(), all_.size()}, std::string_view(subject_), "t\n");
    ContentPlan plan;
    EXPECT_EQ(message.content.start(Offer(), plan), Status::ok);
    std::string all;
    std::size_t most = 0;
    std::vector<std::uint8_t> out(window);
    for (ReadStatus status = ReadStatus::ok; status != ReadStatus::end;) {
      const ReadResult read = message.content.read({out.data(), window});
      if (read.status == ReadStatus::error) return {"(error)", 0};
      status = read.status;
      if (status != ReadStatus::would_block) all.append(out.begin(), out.begin() + read.n);
      most = std::max<std::size_t>(most, read.n);
    }
    EXPECT_EQ(all.size(), plan.length);
    return {all, most};
  }

 private:
  std::string name_, subject_;
  std::vector<std::string> addresses_;
  std::vector<Recipient> all_;
};

TEST(TextMessage, ReadsABoundedPieceOfTheHeaderAtATime) {
  const std::string eight_bit = "P\xc3\xbcmpe ";
  for (const std::string& name :
       {std::string(), std::string("Pump"), "\"" + eight_bit, eight_bit + std::string(2000, 'x')}) {
    for (const std::string& subject : {std::string(3000, 'w'), std::string(800, ' ') + "w", eight_bit + name}) {
      LongMail mail(name, subject);
      const auto [whole, most] = mail.read(65536);
      EXPECT_LE(most, 1000U);  // a word with its blanks stays whole up to 900
      for (const std::size_t window : {16U, 64U, 256U}) EXPECT_EQ(mail.read(window).first, whole) << window;
    }
  }
}

TEST(TextMessage, WaitsOnlyWhileItLooksThroughSomethingLong) {
  const auto waits = [](const std::string& subject) {
    Recipient to[] = {"b@example.com", "c@example.com", {"d@example.com", RecipientKind::cc}};
    TextMessage message("a@example.com", to, std::string_view(subject), "text\n");
    ContentPlan plan;
    EXPECT_EQ(message.content.start(Offer(), plan), Status::ok);
    int waited = 0;
    std::uint8_t out[16];
    for (ReadStatus status = ReadStatus::ok; status != ReadStatus::end;) {
      status = message.content.read({out, sizeof out}).status;
      if (status == ReadStatus::would_block) ++waited;
    }
    return waited;
  };
  EXPECT_EQ(waits(""), 0);
  EXPECT_EQ(waits("Tank low, and a few words more than usual: please look"), 0);
  EXPECT_LT(waits(std::string(2000, 'w')), 40);
}

TEST(TextMessage, NamesBccRecipientsNowhere) {
  const std::string content = Mail().content();
  EXPECT_EQ(content.find("hidden"), std::string::npos);
  EXPECT_EQ(content.find("Hidden"), std::string::npos);
  EXPECT_EQ(test::lower(content).find("bcc"), std::string::npos);
}

TEST(TextMessage, HasNoToWhenAllAreCcOrBcc) {
  Recipient all[] = {{"c@example.com", RecipientKind::cc}, {"d@example.com", RecipientKind::bcc}};
  TextMessage message("a@example.com", all, "s", "t");
  EXPECT_EQ(outline(Mail::content_of(message)),
            "From:Cc:Subject:Auto-Submitted:MIME-Version:Content-Type:Content-Transfer-Encoding:|t\r\n");
}

TEST(TextMessage, TakesTheDateFromTheClockOnceAndKeepsIt) {
  UnixTime time = kTime;
  Offer offer;
  offer.clock = {tell, &time};
  Recipient to("b@example.com");
  TextMessage message("a@example.com", to, "s", "t");
  const std::string first = Mail::content_of(message, 64, offer);
  EXPECT_NE(first.find(kDate), std::string::npos);
  EXPECT_EQ(Mail::content_of(message, 64, offer), first);
  EXPECT_EQ(message.date, kTime);
}

TEST(TextMessage, HasNoDateWhileTheTimeIsNotKnown) {
  UnixTime time = 0;
  Offer offer;
  offer.clock = {tell, &time};
  Recipient to("b@example.com");
  TextMessage message("a@example.com", to, "s", "t");
  EXPECT_EQ(Mail::content_of(message, 64, offer).find("Date:"), std::string::npos);
  EXPECT_NE(Mail::content_of(message, 64, offer).find("Date: Thu, 01 Jan 1970 00:00:01 +0000"), std::string::npos);
}

TEST(TextMessage, AResendIsTheSame) {
  Mail().with([](TextMessage& message) {
    const std::string first = Mail::content_of(message, 17);
    EXPECT_EQ(Mail::content_of(message, 17), first);
  });
}

TEST(TextMessage, SendsAsciiAsItIsWithCrlf) {
  EXPECT_EQ(encoded("a\r\nb\n", true), "utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\na\r\nb\r\n");
  EXPECT_EQ(encoded(std::string(998, 'x') + "\n", false).substr(0, 40), "utf-8\r\nContent-Transfer-Encoding: 7bit\r\n");
}

TEST(TextMessage, SendsUtf8AsEightBitWhereOffered) {
  EXPECT_EQ(encoded("\xc3\xa4\n", true), "utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xc3\xa4\r\n");
}

TEST(TextMessage, EncodesUtf8WhereEightBitIsNotOffered) {
  EXPECT_EQ(encoded("mostly plain \xc3\xa4\n", false),
            "utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nmostly plain =C3=A4\r\n");
  EXPECT_EQ(encoded("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", false),
            "utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n5pel5pys6Kqe\r\n");
}

TEST(TextMessage, EncodesLongLinesAndNul) {
  EXPECT_EQ(encoded(std::string(999, 'x'), true).substr(0, 52),
            "utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n");
  EXPECT_EQ(encoded(std::string_view("NUL is \0 here", 13), true),
            "utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nNUL is =00 here\r\n");
}

TEST(TextMessage, NamesTheCharsetOfTextThatIsNotUtf8) {
  for (const char* text : {"\xff", "\xe4", "ok \xc3\xa4 \xe2\x82", "\xc0\xaf"}) {
    EXPECT_EQ(encoded(text, true), "unknown-8bit\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + std::string(text) + "\r\n");
  }
}

TEST(TextMessage, PlansForWhatItHolds) {
  const auto plan_of = [](Mail mail, bool eight_bit) {
    return mail.with([eight_bit](TextMessage& message) {
      ContentPlan plan;
      Offer offer;
      offer.eight_bit = eight_bit;
      EXPECT_EQ(message.content.start(offer, plan), Status::ok);
      return plan;
    });
  };
  Mail mail;
  EXPECT_TRUE(plan_of(mail, false).rewindable);
  EXPECT_FALSE(plan_of(mail, true).eight_bit);
  EXPECT_FALSE(plan_of(mail, true).smtputf8);
  mail.text = "\xc3\xa4";
  EXPECT_TRUE(plan_of(mail, true).eight_bit);
  EXPECT_FALSE(plan_of(mail, false).eight_bit);  // encoded
}

TEST(TextMessage, KnowsItsLengthInEveryEncoding) {
  for (const bool eight_bit : {true, false}) {
    for (const std::size_t n : {0U, 1U, 2U, 56U, 57U, 58U, 75U, 76U, 77U, 998U, 999U, 5000U}) {
      for (const char* piece :
           {"x", "x\n", "\xc3\xa4", "\xc3\xa4 long enough for quoted-printable\r\n", "\xff\r", " ", "="}) {
        for (const char* tail : {"", "\n"}) {
          std::string text;
          while (text.size() < n) text += piece;
          EXPECT_EQ(encoded(text + tail, eight_bit).find("announced"), std::string::npos) << n << piece << tail;
        }
      }
    }
  }
}

TEST(TextMessage, NeedsSmtputf8WhereTheHeaderHoldsSuchAnAddress) {
  const auto needs = [](std::string Mail::*field) {
    Mail mail;
    mail.*field = "m\xc3\xbcller@example.com";
    return mail.with([](TextMessage& message) {
      ContentPlan plan;
      EXPECT_EQ(message.content.start(Offer(), plan), Status::ok);
      EXPECT_EQ(plan.eight_bit, plan.smtputf8);
      return plan.smtputf8;
    });
  };
  for (const auto field : {&Mail::from, &Mail::sender, &Mail::reply, &Mail::to, &Mail::cc}) EXPECT_TRUE(needs(field));
  EXPECT_FALSE(needs(&Mail::bcc));
  EXPECT_FALSE(needs(&Mail::subject));
}

TEST(TextMessage, EachOctetAtEachPlaceOfEachStringIsRefusedOrHarmless) {
  const std::string rest = "Message-ID:X-Tank:Auto-Submitted:MIME-Version:Content-Type:Content-Transfer-Encoding:|Level 3 %\r\n";
  const std::string whole = "From:Sender:Reply-To:To:Cc:Subject:Date:" + rest;
  for (const auto field : {&Mail::from, &Mail::from_name, &Mail::sender, &Mail::sender_name, &Mail::reply,
                           &Mail::reply_name, &Mail::to, &Mail::to_name, &Mail::cc, &Mail::cc_name, &Mail::bcc,
                           &Mail::bcc_name, &Mail::subject, &Mail::id, &Mail::header_value}) {
    const std::string sound = Mail().*field;
    for (std::size_t at = 0; at <= sound.size(); ++at) {
      for (int octet = 0; octet < 256; ++octet) {
        Mail mail;
        (mail.*field).insert(at, 1, static_cast<char>(octet));
        const std::string content = mail.content();
        if (content == "invalid_header") continue;
        ASSERT_EQ(outline(content), whole) << octet << " at " << at << " of " << sound;
      }
    }
  }
}

TEST(TextMessage, EachOctetAtEachPlaceOfAHeaderNameIsRefusedOrHarmless) {
  const std::string sound = Mail().header_name;
  for (std::size_t at = 0; at <= sound.size(); ++at) {
    for (int octet = 0; octet < 256; ++octet) {
      Mail mail;
      mail.header_name.insert(at, 1, static_cast<char>(octet));
      const std::string content = mail.content();
      const bool allowed = octet > 0x20 && octet < 0x7f && octet != ':' && (octet != '.' || at != 0);
      ASSERT_EQ(content != "invalid_header", allowed) << octet;
      const std::size_t found = content.find("\r\n" + mail.header_name + ": 7 and 9\r\nAuto-Submitted: ");
      ASSERT_EQ(found != std::string::npos, allowed) << octet;
    }
  }
}

TEST(TextMessage, RefusesLineEndsInEveryString) {
  for (const auto field : {&Mail::from, &Mail::from_name, &Mail::sender, &Mail::sender_name, &Mail::reply,
                           &Mail::reply_name, &Mail::to, &Mail::to_name, &Mail::cc, &Mail::cc_name, &Mail::subject,
                           &Mail::id, &Mail::header_name, &Mail::header_value}) {
    for (const char* end : {"\r\nBcc: x@y", "\nBcc: x@y", "\rBcc: x@y", "\r\n\r\nbody", "\r\n "}) {
      Mail mail;
      mail.*field += end;
      EXPECT_EQ(mail.content(), "invalid_header") << mail.*field;
    }
  }
}

TEST(TextMessage, RefusesAddressesThatWouldBeTwoInTheHeader) {
  for (const auto field : {&Mail::from, &Mail::sender, &Mail::reply, &Mail::to, &Mail::cc}) {
    for (const char* address : {"a@x.com,b@y.com", "(a)b@c", "\"a@b", "a"}) {
      Mail mail;
      mail.*field = address;
      EXPECT_EQ(mail.content(), "invalid_header") << address;
    }
  }
}

TEST(TextMessage, RefusesAMessageIdThatIsNone) {
  for (const char* wrong : {"<>", "x", "<a b@c>", "1@example.com", "<1@example.com", "1@example.com>", "<\xc3\xa4@b>",
                            "<a@b><c@d>", "<a>b@c>"}) {
    Mail mail;
    mail.id = wrong;
    EXPECT_EQ(mail.content(), "invalid_header") << wrong;
  }
}

TEST(TextMessage, NeverEncodesTheMessageId) {
  Mail mail;
  mail.id = "<a=?b@example.com>";
  EXPECT_NE(mail.content().find("\r\nMessage-ID: <a=?b@example.com>\r\n"), std::string::npos);
}

TEST(TextMessage, RefusesHeadersThatItWritesItself) {
  for (const char* name : {"From", "sender", "TO", "Cc", "Bcc", "Reply-To", "subject", "Date", "Message-ID",
                           "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}) {
    Mail mail;
    mail.header_name = name;
    EXPECT_EQ(mail.content(), "duplicate_header") << name;
  }
}

TEST(TextMessage, SaysThatNoPersonWroteItUnlessToldOtherwise) {
  Recipient to("b@example.com");
  TextMessage message("a@example.com", to, "s", "t");
  const Header own[] = {{"auto-submitted", "auto-replied"}};
  message.set_headers(own);
  EXPECT_NE(Mail::content_of(message).find("auto-submitted: auto-replied\r\nMIME-Version"), std::string::npos);
  message.header_count = 0;
  EXPECT_NE(Mail::content_of(message).find("Auto-Submitted: auto-generated\r\nMIME-Version"), std::string::npos);
  message.auto_submitted = false;
  EXPECT_EQ(Mail::content_of(message).find("Auto-Submitted"), std::string::npos);
}

TEST(TextMessage, RefusesSingleHeadersThatStandTwice) {
  Recipient to("b@example.com");
  TextMessage message("a@example.com", to, "s", "t");
  const Header twice[] = {{"References", "<1@x>"}, {"X-A", "1"}, {"references", "<2@x>"}};
  message.headers = twice;
  message.header_count = 3;
  EXPECT_EQ(Mail::content_of(message), "duplicate_header");
  const Header many[] = {{"Comments", "1"}, {"Comments", "2"}};
  message.headers = many;
  message.header_count = 2;
  EXPECT_NE(Mail::content_of(message).find("Comments: 1\r\nComments: 2\r\n"), std::string::npos);
}

}  // namespace
}  // namespace mailmote
