#include "support/judge.hpp"

namespace mailmote::test {
namespace {

bool refused(RecipientOutcome outcome) {
  return outcome == RecipientOutcome::rejected_temporarily || outcome == RecipientOutcome::rejected_permanently;
}

bool agrees(RecipientOutcome outcome, Fate fate) {
  switch (fate) {
    case Fate::accepted: return outcome == RecipientOutcome::accepted;
    case Fate::unknown: return outcome == RecipientOutcome::unknown;
    case Fate::unsettled: return outcome != RecipientOutcome::accepted;
    case Fate::not_sent:
    case Fate::refused: break;
  }
  return outcome == RecipientOutcome::not_sent || refused(outcome);
}

std::string text(const char* what, const Recipient& recipient) {
  return std::string(recipient.address) + " is " + std::string(name(recipient.outcome())) + what;
}

std::string judge_recipient(const Recipient& recipient, Fate fate) {
  constexpr const char* kFates[] = {"not sent", "refused", "accepted", "unknown", "unsettled"};
  if (!agrees(recipient.outcome(), fate)) {
    return text(", and by the wire it is ", recipient) + kFates[static_cast<int>(fate)];
  }
  const unsigned digit = recipient.result.code / 100U;
  if (recipient.outcome() == RecipientOutcome::accepted && digit != 2) return text(" without a 2xx", recipient);
  if (recipient.outcome() == RecipientOutcome::rejected_temporarily && digit != 4 && recipient.result.code != 552) {
    return text(" without a 4xx", recipient);
  }
  if (recipient.outcome() == RecipientOutcome::rejected_permanently && digit != 5) return text(" without a 5xx", recipient);
  return {};
}

Outcome derived(const Recipients& recipients) {
  std::size_t accepted = 0;
  bool any_refused = false;
  for (std::size_t i = 0; i < recipients.count; ++i) {
    const RecipientOutcome outcome = recipients.data[i].outcome();
    if (outcome == RecipientOutcome::unknown) return Outcome::unknown;
    if (outcome == RecipientOutcome::accepted) ++accepted;
    any_refused = any_refused || refused(outcome);
  }
  if (accepted == recipients.count) return Outcome::accepted;
  if (accepted != 0) return Outcome::partly_accepted;
  return any_refused ? Outcome::rejected : Outcome::not_sent;
}

}  // namespace

std::string judge(const Client& client, const Message& message, const WireWatch& watch) {
  for (std::size_t i = 0; i < message.recipients.count; ++i) {
    const Recipient& recipient = message.recipients.data[i];
    std::string problem = judge_recipient(recipient, watch.fate(std::string(recipient.address)));
    if (!problem.empty()) return problem;
  }
  const Outcome outcome = client.outcome();
  if (outcome != derived(message.recipients)) return "the outcome does not follow from the recipients";
  const Status status = client.error().status;
  if (outcome == Outcome::accepted && status != Status::ok) {
    return "accepted by all, and yet " + std::string(name(status));
  }
  if (outcome != Outcome::accepted && status == Status::ok) return "not accepted by all, and no error is named";
  const bool yes = client.error().smtp_code != 0 && client.error().smtp_code < 400;
  if (yes && group(status) != StatusGroup::protocol) return "an error with a code that means yes";
  return {};
}

std::string judge_store(const Message& message, const VirtualServer& server, const std::string& content) {
  for (std::size_t i = 0; i < message.recipients.count; ++i) {
    const Recipient& recipient = message.recipients.data[i];
    const std::size_t copies = server.copies(std::string(recipient.address), content);
    const RecipientOutcome outcome = recipient.outcome();
    if (copies > 1) return text(" and has it more than once", recipient);
    if (outcome == RecipientOutcome::accepted && copies == 0) {
      return text(" and the server does not have it", recipient) + ", but " + server.last_content();
    }
    const bool certainly_not = outcome == RecipientOutcome::not_sent || refused(outcome);
    if (certainly_not && copies != 0) return text(" and the server has it", recipient);
  }
  return {};
}

}  // namespace mailmote::test
