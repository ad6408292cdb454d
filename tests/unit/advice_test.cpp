#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

#include "mailmote/message.hpp"

namespace mailmote {
namespace {

Error error_of(Status status, std::uint16_t code = 0, EnhancedCode enhanced = {}) {
  Error error;
  error.status = status;
  error.smtp_code = code;
  error.enhanced = enhanced;
  return error;
}

// The advice for recipients that got so far.
Advice after(std::initializer_list<Progress> all, const Error& error) {
  std::vector<Recipient> recipients(all.size());
  std::size_t i = 0;
  for (const Progress progress : all) recipients[i++].result.progress = progress;
  const Recipients to{recipients.data(), recipients.size()};
  return advise(outcome_of(to), error, to);
}

Advice not_sent(Status status, std::uint16_t code = 0) { return after({Progress::untried}, error_of(status, code)); }

TEST(Advice, IsDoneWhenAllHaveIt) { EXPECT_EQ(after({Progress::accepted}, {}), Advice::done); }

TEST(Advice, IsDoneWithoutMessageAndError) { EXPECT_EQ(advise(Outcome::not_sent, {}, {}), Advice::done); }

TEST(Advice, NeverResendsWhatMayHaveArrived) {
  const Error error = error_of(Status::connection_closed);
  EXPECT_EQ(after({Progress::unknown}, error), Advice::never);
  EXPECT_EQ(after({Progress::unknown, Progress::rejected_temporarily}, error), Advice::never);
}

TEST(Advice, RetriesLaterWhatWasRefusedForNow) {
  const Error error = error_of(Status::recipients_rejected, 451);
  EXPECT_EQ(after({Progress::rejected_temporarily}, error), Advice::retry_later);
  EXPECT_EQ(after({Progress::accepted, Progress::rejected_temporarily}, error), Advice::retry_later);
  EXPECT_EQ(after({Progress::accepted, Progress::untried}, error), Advice::retry_later);
}

TEST(Advice, NeverResendsWhatWasRefusedForGood) {
  const Error error = error_of(Status::recipients_rejected, 550, {5, 1, 1});
  EXPECT_EQ(after({Progress::rejected_permanently}, error), Advice::never);
  EXPECT_EQ(after({Progress::accepted, Progress::rejected_permanently}, error), Advice::never);
}

TEST(Advice, FixesTheConfigurationWhereTheSenderLacksARight) {
  const auto refused = [](std::uint16_t code, EnhancedCode enhanced) {
    return after({Progress::rejected_permanently}, error_of(Status::recipients_rejected, code, enhanced));
  };
  EXPECT_EQ(refused(530, {}), Advice::fix_configuration);
  EXPECT_EQ(refused(550, {5, 7, 1}), Advice::fix_configuration);
  EXPECT_EQ(refused(554, {5, 7, 60}), Advice::fix_configuration);
}

TEST(Advice, UsageErrorsNeedAPerson) {
  for (const Status status :
       {Status::no_host, Status::invalid_recipient, Status::window_too_small, Status::invalid_header,
        Status::clear_text_refused, Status::bare_line_end, Status::too_many_recipients}) {
    EXPECT_EQ(not_sent(status), Advice::fix_configuration) << name(status);
  }
}

TEST(Advice, PassingUsageErrorsAreRetriedLater) {
  for (const Status status : {Status::cancelled, Status::busy, Status::source_failed, Status::source_not_rewindable}) {
    EXPECT_EQ(not_sent(status), Advice::retry_later) << name(status);
  }
}

TEST(Advice, AnUnreachableServerMayHaveASecond) {
  for (const Status status : {Status::connection_refused, Status::unreachable, Status::name_lookup_failed,
                              Status::connect_timeout, Status::greeting_timeout}) {
    EXPECT_EQ(not_sent(status), Advice::retry_elsewhere) << name(status);
  }
}

TEST(Advice, ABrokenConnectionIsRetriedLater) {
  for (const Status status : {Status::connection_closed, Status::connection_reset, Status::reply_timeout,
                              Status::write_timeout, Status::operation_timeout}) {
    EXPECT_EQ(not_sent(status), Advice::retry_later) << name(status);
  }
}

TEST(Advice, ANameWithoutAddressIsMisspelt) { EXPECT_EQ(not_sent(Status::name_not_found), Advice::fix_configuration); }

TEST(Advice, ABrokenServerIsAvoided) {
  for (const Status status : {Status::malformed_reply, Status::reply_code_changed, Status::unexpected_reply,
                              Status::reply_without_command, Status::early_success, Status::reply_too_long}) {
    EXPECT_EQ(not_sent(status), Advice::retry_elsewhere) << name(status);
  }
}

TEST(Advice, ATemporaryRefusalOfTheSessionIsRetriedLater) {
  EXPECT_EQ(not_sent(Status::greeting_rejected, 450), Advice::retry_later);
  EXPECT_EQ(not_sent(Status::sender_rejected, 451), Advice::retry_later);
  EXPECT_EQ(not_sent(Status::service_closing, 421), Advice::retry_later);
}

TEST(Advice, APermanentRefusalOfTheSessionNeedsAPersonOrAnotherServer) {
  EXPECT_EQ(not_sent(Status::greeting_rejected, 554), Advice::retry_elsewhere);
  EXPECT_EQ(not_sent(Status::sender_rejected, 550), Advice::fix_configuration);
  EXPECT_EQ(not_sent(Status::ehlo_rejected, 550), Advice::fix_configuration);
}

TEST(Advice, WhatTheServerCannotTakeGoesElsewhereOrNowhere) {
  EXPECT_EQ(not_sent(Status::message_too_big), Advice::never);
  EXPECT_EQ(not_sent(Status::smtputf8_not_offered), Advice::retry_elsewhere);
  EXPECT_EQ(not_sent(Status::eight_bit_not_offered), Advice::retry_elsewhere);
  EXPECT_EQ(not_sent(Status::chunking_rejected, 502), Advice::fix_configuration);
}

TEST(Advice, AProxyThatCannotNowIsTriedAgain) {
  for (const Status status : {Status::proxy_unreachable, Status::proxy_failed, Status::proxy_closed,
                              Status::proxy_host_unreachable, Status::proxy_connection_refused}) {
    EXPECT_EQ(not_sent(status), Advice::retry_later);
  }
  for (const Status status : {Status::proxy_auth_rejected, Status::proxy_refused, Status::proxy_protocol}) {
    EXPECT_EQ(not_sent(status), Advice::fix_configuration);
  }
}

TEST(Advice, TlsThatBrokeOffIsTriedAgain) {
  EXPECT_EQ(not_sent(Status::tls_truncated), Advice::retry_later);
  EXPECT_EQ(not_sent(Status::tls_broken_record), Advice::retry_later);
  EXPECT_EQ(not_sent(Status::tls_wrong_host), Advice::fix_configuration);
}

TEST(Advice, ANameOrAnAddressOfOurOwnThatIsWrongNeedsAPerson) {
  EXPECT_EQ(not_sent(Status::name_not_found), Advice::fix_configuration);
  EXPECT_EQ(not_sent(Status::bind_failed), Advice::fix_configuration);
}

}  // namespace
}  // namespace mailmote
