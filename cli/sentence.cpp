#include "sentence.hpp"

#include <cstring>

#include "mailmote/session.hpp"

namespace mailmote::cli {
namespace {

// The library says what is wrong with the addresses, but not with which.
Text wrong_address(const Options& options, Message& message, Status status) {
  if (status == Status::invalid_sender) return message.sender;
  for (std::size_t i = 0; i < message.recipients.count; ++i) {
    Recipient one(message.recipients.data[i].address);
    Message to_one({}, one, message.content);
    std::uint8_t rx[kMinRx];
    std::uint8_t tx[kMinTx];
    Session session(options, {rx, sizeof rx}, {tx, sizeof tx});
    if (session.prepare(Operation::send, &to_one, After::quit) == status) return one.address;
  }
  return {};
}

std::string counted(const Recipients& recipients) {
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < recipients.count; ++i) {
    if (recipients.data[i].outcome() == RecipientOutcome::accepted) ++accepted;
  }
  if (recipients.count == 1) return "its recipient";
  const std::string all = std::to_string(recipients.count) + " recipients";
  return accepted == recipients.count ? "all " + all : std::to_string(accepted) + " of " + all;
}

std::string described(const Error& error) {
  char sentence[200];
  std::string text(describe(error, sentence));
  const bool is_errno = error.status == Status::unreachable || error.status == Status::transport_error;
  if (is_errno && error.native > 0) text += std::string(" (") + std::strerror(error.native) + ")";
  return text;
}

}  // namespace

std::string sentence_for_error(const std::string& server, const Error& error) {
  if (error.status == Status::no_tls_layer) return "this program cannot encrypt: give --security none to send in clear";
  if (error.status == Status::clear_text_refused) {
    return "the connection to " + server + " is not encrypted: give --allow-clear to send in clear";
  }
  if (error.status == Status::chunking_rejected) return described(error) + ": give --no-chunking";
  if (error.status == Status::ok) return server + " answers";
  return (group(error.status) == StatusGroup::usage ? "" : server + ", ") + described(error);
}

std::string sentence_for_mail(const std::string& server, const Error& error, const Options& options, Message& message) {
  if (error.status == Status::invalid_sender || error.status == Status::invalid_recipient) {
    return "'" + std::string(wrong_address(options, message, error.status)) + "' is not a mail address: correct it";
  }
  switch (outcome_of(message.recipients)) {
    case Outcome::accepted: return server + " accepted the mail for " + counted(message.recipients);
    case Outcome::partly_accepted: return "accepted for " + counted(message.recipients) + ", then " + described(error);
    case Outcome::unknown: return "the mail may have arrived, or not: no answer came to its end: " + described(error);
    case Outcome::rejected:
    case Outcome::not_sent: break;
  }
  return sentence_for_error(server, error);
}

}  // namespace mailmote::cli
