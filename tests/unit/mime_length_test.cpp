#include <gtest/gtest.h>

#include "mailmote/mime.hpp"

namespace mailmote {
namespace {

// Says how much it would deliver.
class Announced final : public BodySource {
 public:
  explicit Announced(std::uint32_t length) : length_(length) {}

 private:
  Status do_start(const Offer&, ContentPlan& plan) override {
    plan.length = length_;
    plan.length_known = plan.rewindable = true;
    return Status::ok;
  }
  ReadResult do_read(MutableBytes) override { return ReadStatus::error; }

  std::uint32_t length_;
};

ContentPlan plan_of(std::uint32_t length) {
  Announced source(length);
  Attachment file("picture.bin", "application/octet-stream", source);
  Recipient to("ops@example.com");
  MimeMessage message("sensor@example.com", to, "Tank low");
  message.attachments = file;
  ContentPlan plan;
  EXPECT_EQ(message.content.start(Offer(), plan), Status::ok);
  return plan;
}

TEST(MimeLength, CountsBase64UpToFourGigabytes) {
  const ContentPlan plan = plan_of(3'000'000'000);
  EXPECT_TRUE(plan.length_known);
  EXPECT_GT(plan.length, 4'105'263'156U);  // 4,000,000,000 characters, 52,631,578 line ends, the header
  EXPECT_LT(plan.length, 4'105'264'156U);
}

TEST(MimeLength, KnowsNoLengthThatWouldWrapAround) {
  for (const std::uint32_t length : {3'138'700'000U, 3'200'000'000U, 3'221'225'472U, 4'294'967'295U}) {
    EXPECT_FALSE(plan_of(length).length_known) << length;
  }
}

}  // namespace
}  // namespace mailmote
