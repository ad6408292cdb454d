#include "mailmote/mail_header.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mailmote/text_message.hpp"
#include "support/content.hpp"

namespace mailmote {
namespace {

// The header of a mail, the same through every window; or the name of the status.
std::string header_of(TextMessage& message) {
  message.auto_submitted = false;
  ContentPlan plan;
  std::string whole;
  for (const std::size_t window : {16U, 64U, 4096U}) {
    const Status status = message.content.start(Offer(), plan);
    if (status != Status::ok) return std::string(name(status));
    const std::string all = test::read_all(message.content, window);
    if (!whole.empty() && all != whole) return "(differs)";
    if (all.size() != plan.length) return "(another length)";
    whole = all;
    plan = ContentPlan{};
  }
  const std::size_t end = whole.find("MIME-Version");
  return whole.substr(0, end);
}

std::string with(const Header& header) {
  Recipient to("b@example.com");
  TextMessage message("a@example.com", to, "s", "t");
  message.headers = &header;
  message.header_count = 1;
  const std::string all = header_of(message);
  const std::size_t at = all.find("Subject: s\r\n");
  return at == std::string::npos ? all : all.substr(at + 12);
}

TEST(MailHeader, NamesAGroup) {
  Recipient to[] = {"a@example.com",
                    {"x@example.com", RecipientKind::bcc},
                    {"b@example.com", "B", RecipientKind::to},
                    {"c@example.com", RecipientKind::cc}};
  TextMessage message("from@example.com", to, "s", "t");
  message.to_group = "Night shift";
  EXPECT_EQ(header_of(message), "From: from@example.com\r\nTo: Night shift: a@example.com, B <b@example.com>;\r\n"
                                "Cc: c@example.com\r\nSubject: s\r\n");
  message.to_group = "Nachtschicht, \xc3\xa4";
  EXPECT_NE(header_of(message).find("To: =?utf-8?Q?Nachtschicht=2C_=C3=A4?=: a@example.com, B <"), std::string::npos);
  message.to_group = "a\r\nb";
  EXPECT_EQ(header_of(message), "invalid_header");
}

TEST(MailHeader, AGroupMayHideItsMembers) {
  Recipient to("hidden@example.com", RecipientKind::bcc);
  TextMessage message("from@example.com", to, "s", "t");
  message.to_group = "undisclosed-recipients";
  EXPECT_EQ(header_of(message), "From: from@example.com\r\nTo: undisclosed-recipients:;\r\nSubject: s\r\n");
}

TEST(MailHeader, FoldsALongGroup) {
  std::string names[30];
  Recipient to[30];
  for (std::size_t i = 0; i < 30; ++i) {
    names[i] = "p" + std::to_string(i) + "@example.com";
    to[i] = Recipient(std::string_view(names[i]));
  }
  TextMessage message("from@example.com", to, "s", "t");
  message.to_group = "All of the pumps";
  const std::string header = header_of(message);
  for (std::size_t at = 0; at < header.size();) {
    const std::size_t end = header.find("\r\n", at);
    EXPECT_LE(end - at, 78U);
    at = end + 2;
  }
}

TEST(MailHeader, WritesStructuredValuesAsTheyAre) {
  EXPECT_EQ(with(in_reply_to("<=?1?=@example.com>")), "invalid_header");  // would be taken for an encoded word
  EXPECT_EQ(with(in_reply_to("<1@example.com>")), "In-Reply-To: <1@example.com>\r\n");
  EXPECT_EQ(with(list_unsubscribe("<https://example.com/leave>")), "List-Unsubscribe: <https://example.com/leave>\r\n");
  EXPECT_EQ(with(disposition_notification_to("a@example.com")), "Disposition-Notification-To: a@example.com\r\n");
  EXPECT_EQ(with(kHighImportance) + with(kHighPriority), "Importance: high\r\nX-Priority: 1 (Highest)\r\n");
  EXPECT_EQ(with(kLowImportance) + with(kLowPriority), "Importance: low\r\nX-Priority: 5 (Lowest)\r\n");
  EXPECT_EQ(with(in_reply_to("<\xc3\xa4@example.com>")), "invalid_header");
  EXPECT_EQ(with(references("<1@x>\r\nX: y")), "invalid_header");
}

TEST(MailHeader, FoldsReferences) {
  std::string ids;
  for (int i = 0; i < 20; ++i) ids += (i == 0 ? "<" : " <") + std::to_string(i) + "0123456789abcdef@mail.example.com>";
  const std::string header = with(references(std::string_view(ids)));
  std::string unfolded = header;
  for (std::size_t at; (at = unfolded.find("\r\n ")) != std::string::npos;) unfolded.erase(at, 2);
  EXPECT_EQ(unfolded, "References: " + ids + "\r\n");
  EXPECT_NE(header, unfolded);
}

TEST(MailHeader, RefusesFieldsThatMayStandOnceTwice) {
  Recipient to("b@example.com");
  TextMessage message("a@example.com", to, "s", "t");
  for (const Header& one : {in_reply_to("<1@x>"), references("<1@x>"), list_unsubscribe("<mailto:a@x>"), kHighPriority,
                            kLowImportance, disposition_notification_to("a@x"), Header{"Auto-Submitted", "no"}}) {
    const Header twice[] = {one, one};
    message.set_headers(twice);
    EXPECT_EQ(header_of(message), "duplicate_header") << one.name;
  }
}

// As an envelope address it is in order; in a list a reader would take it for several.
TEST(MailHeader, RefusesAnAddressThatWouldReadAsMoreThanOne) {
  Recipient to("b@example.com");
  for (const char* from : {"\"a\",evil,\"b\"@example.com", "\"a\"b\"@example.com"}) {
    TextMessage message(from, to, "s", "t");
    EXPECT_EQ(header_of(message), "invalid_header") << from;
  }
  TextMessage quoted("\"a,b\"@example.com", to, "s", "t");
  EXPECT_NE(header_of(quoted), "invalid_header");
}

}  // namespace
}  // namespace mailmote
