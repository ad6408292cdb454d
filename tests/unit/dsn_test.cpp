#include "mailmote/dsn.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mailmote/capabilities.hpp"
#include "support/content.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kForMail = DsnRequest::kForMail;

class DsnTest : public testing::Test {
 protected:
  Status check(std::size_t recipients = 1) { return door_.check(recipients); }

  Status begin(bool offered) {
    Capabilities capabilities;
    if (offered) capabilities.flags = 1U << static_cast<unsigned>(Extension::dsn);
    return door_.begin(capabilities);
  }

  /// What goes behind MAIL or the RCPT of a recipient.
  std::string parameters(std::size_t whose, std::size_t window = 64) {
    return test::composed(window, [&](Sink& sink) { door_.put(sink, whose); });
  }

  std::string asked_for(std::size_t whose) {
    if (check() != Status::ok || begin(true) != Status::ok) return "refused";
    return parameters(whose);
  }

  Status with_original(Text address) {
    const RecipientDsn wish[] = {{Notify::server_default, address}};
    dsn_.set_recipients(wish);
    const Status status = check();
    dsn_.set_recipients(nullptr, 0);
    return status;
  }

  Dsn dsn_;
  DsnRequest& door_ = dsn_;
};

TEST_F(DsnTest, AsksForNothingByItself) {
  EXPECT_EQ(asked_for(kForMail), "");
  EXPECT_EQ(asked_for(0), "");
}

// RFC 3461 section 10.1.
TEST_F(DsnTest, WritesTheExamplesOfTheRfc) {
  dsn_.ret = DsnReturn::headers;
  dsn_.envelope_id = "QQ314159";
  const RecipientDsn wishes[] = {{Notify::success, "Bob@Example.COM"},
                                 {Notify::failure, "Carol@Ivory.EDU"},
                                 {Notify::success | Notify::failure, "Dana@Ivory.EDU"},
                                 {Notify::never, Text()},
                                 {Notify::failure, "Fred@Bombs.AF.MIL"}};
  dsn_.set_recipients(wishes);
  ASSERT_EQ(check(5), Status::ok);
  ASSERT_EQ(begin(true), Status::ok);
  EXPECT_EQ(parameters(kForMail), " RET=HDRS ENVID=QQ314159");
  EXPECT_EQ(parameters(0), " NOTIFY=SUCCESS ORCPT=rfc822;Bob@Example.COM");
  EXPECT_EQ(parameters(2), " NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;Dana@Ivory.EDU");
  EXPECT_EQ(parameters(3), " NOTIFY=NEVER");
}

TEST_F(DsnTest, AsksTheSameForAllRecipients) {
  dsn_.ret = DsnReturn::full;
  dsn_.notify = Notify::success | Notify::failure | Notify::delay;
  ASSERT_EQ(check(300), Status::ok);
  ASSERT_EQ(begin(true), Status::ok);
  EXPECT_EQ(parameters(kForMail), " RET=FULL");
  EXPECT_EQ(parameters(299), " NOTIFY=SUCCESS,FAILURE,DELAY");
}

TEST_F(DsnTest, WritesTheSameThroughEveryWindow) {
  const RecipientDsn wishes[] = {{Notify::delay | Notify::success, "jürgen+x@bücher.example"}};
  dsn_.set_recipients(wishes);
  ASSERT_EQ(check(), Status::ok);
  ASSERT_EQ(begin(true), Status::ok);
  for (std::size_t window = 1; window < 80; ++window) {
    EXPECT_EQ(parameters(0, window), " NOTIFY=SUCCESS,DELAY ORCPT=utf-8;j\\x{FC}rgen\\x{2B}x@b\\x{FC}cher.example");
  }
}

TEST_F(DsnTest, EncodesTheEnvelopeId) {
  dsn_.envelope_id = "pump 3+1=4";
  EXPECT_EQ(asked_for(kForMail), " ENVID=pump+203+2B1+3D4");
}

TEST_F(DsnTest, RefusesNeverWithAnythingElse) {
  for (const Notify other : {Notify::success, Notify::failure, Notify::delay}) {
    dsn_.notify = Notify::never | other;
    EXPECT_EQ(check(), Status::invalid_dsn);
  }
  dsn_.notify = Notify::never;
  EXPECT_EQ(check(), Status::ok);
  dsn_.notify = static_cast<Notify>(16);
  EXPECT_EQ(check(), Status::invalid_dsn);
}

TEST_F(DsnTest, RefusesAnEnvelopeIdThatIsTooLongOrNotPrintable) {
  const std::string longest(100, 'x');
  const std::string longer = longest + "x";
  const std::string longer_as_written = std::string(33, ' ') + "xx";
  for (const Text bad : {Text(longer), Text(longer_as_written), Text("a\r\nRCPT TO:<b@c>"), Text("é"), Text("a\x7f")}) {
    dsn_.envelope_id = bad;
    EXPECT_EQ(check(), Status::invalid_dsn) << bad;
  }
  dsn_.envelope_id = longest;
  EXPECT_EQ(check(), Status::ok);
}

TEST_F(DsnTest, RefusesAnOriginalRecipientThatIsTooLongOrNotPrintable) {
  const std::string longest(500 - 7, 'x');
  const std::string longer = longest + "x";
  EXPECT_EQ(with_original(longest), Status::ok);
  EXPECT_EQ(with_original(longer), Status::invalid_dsn);
  EXPECT_EQ(with_original("a\nb"), Status::invalid_dsn);
  EXPECT_EQ(with_original("j\xfcrgen@example.com"), Status::invalid_dsn);  // not UTF-8
  EXPECT_EQ(with_original("\"a b\"@example.com"), Status::ok);
}

TEST_F(DsnTest, RefusesAnotherNumberOfRecipients) {
  const RecipientDsn wishes[2] = {};
  dsn_.set_recipients(wishes);
  EXPECT_EQ(check(2), Status::ok);
  EXPECT_EQ(check(1), Status::invalid_dsn);
  EXPECT_EQ(check(3), Status::invalid_dsn);
}

TEST_F(DsnTest, IsLeftOutAndSaysSo_WhenNotOffered) {
  dsn_.notify = Notify::success;
  dsn_.envelope_id = "1";
  ASSERT_EQ(check(), Status::ok);
  EXPECT_EQ(begin(true), Status::ok);
  EXPECT_TRUE(dsn_.asked());
  EXPECT_EQ(begin(false), Status::ok);
  EXPECT_FALSE(dsn_.asked());
  EXPECT_EQ(parameters(kForMail) + parameters(0), "");
}

TEST_F(DsnTest, IsAnErrorWhenRequiredAndNotOffered) {
  dsn_.required = true;
  EXPECT_EQ(begin(false), Status::dsn_not_offered);
  EXPECT_EQ(begin(true), Status::ok);
}

TEST_F(DsnTest, NothingIsAskedBeforeTheServerHasAnswered) {
  EXPECT_EQ(begin(true), Status::ok);
  EXPECT_EQ(check(), Status::ok);
  EXPECT_FALSE(dsn_.asked());
}

}  // namespace
}  // namespace mailmote
