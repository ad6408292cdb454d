#include "message/field_names.hpp"

#include <gtest/gtest.h>

#include "support/content.hpp"

namespace mailmote {
namespace {

constexpr FieldName kAll[] = {
    FieldName::from,         FieldName::sender,       FieldName::reply_to,
    FieldName::to,           FieldName::cc,           FieldName::subject,
    FieldName::date,         FieldName::message_id,   FieldName::mime_version,
    FieldName::content_type, FieldName::content_transfer_encoding, FieldName::content_disposition,
    FieldName::content_id,   FieldName::bcc,          FieldName::auto_submitted,
};

TEST(FieldNames, NamesEachField) {
  const char* const expected[] = {
      "From",         "Sender",       "Reply-To",     "To",         "Cc",
      "Subject",      "Date",         "Message-ID",   "MIME-Version", "Content-Type",
      "Content-Transfer-Encoding",    "Content-Disposition", "Content-ID", "Bcc", "Auto-Submitted",
  };
  for (std::size_t i = 0; i < std::size(kAll); ++i) EXPECT_EQ(text_of(kAll[i]), expected[i]);
}

TEST(FieldNames, FindsANameInAnyCase) {
  EXPECT_EQ(find_field("From"), static_cast<int>(FieldName::from));
  EXPECT_EQ(find_field("content-id"), static_cast<int>(FieldName::content_id));
  EXPECT_EQ(find_field("AUTO-SUBMITTED"), kSingleFields);
  EXPECT_EQ(find_field("disposition-notification-to"), kSingleFields + 6);
}

TEST(FieldNames, FindsNoOther) {
  for (const char* const name : {"", "X-Board", "Fro", "Content", "Subject2"}) EXPECT_EQ(find_field(name), -1) << name;
}

TEST(FieldNames, BeginsAField) {
  EXPECT_EQ(test::composed(32, [](Sink& sink) { begin_field(sink, FieldName::content_id); }), "Content-ID: ");
  EXPECT_EQ(test::composed(32, [](Sink& sink) { begin_field(sink, "X-Board"); }), "X-Board: ");
}

}  // namespace
}  // namespace mailmote
