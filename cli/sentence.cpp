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

// What the option was given for that TLS could not use.
std::string tls_file(const TlsArguments& tls, Status status) {
  if (status == Status::tls_invalid_key) return tls.certificate_file + ", " + tls.key_file;
  if (status == Status::tls_invalid_ca) return tls.ca_file.empty() ? tls.ca_dir : tls.ca_file;
  return {};
}

// What the library does not say because it depends on what the program was given, or on the provider.
std::string login_details(const Circumstances& about, const Error& error) {
  std::string text;
  if (error.status == Status::no_common_mechanism || error.status == Status::auth_mechanism_rejected) {
    text += "; allowed: " + to_text(about.login.allowed());
    text += "; offered: " + joined(offered_mechanisms(about.report.capability_lines));
  }
  const Text refusal = about.login.token_refusal();
  if (!refusal.empty()) text += "; of the token it said " + std::string(refusal);
  const Text advice = auth_advice(error, Text(about.report.reply));
  if (!advice.empty()) text += "; " + std::string(advice);
  return text;
}

bool is_of_proxys_tls(const Error& error) {
  return error.phase == Phase::proxy && group(error.status) == StatusGroup::tls;
}

// What the library says of TLS is about a server, which the proxy is here.
void name_the_proxy(std::string& text) {
  const std::string said = "the server";
  for (std::size_t at = text.find(said); at != std::string::npos; at = text.find(said, at)) {
    text.replace(at, said.size(), "the proxy");
  }
}

std::string described(const Circumstances& about, const Error& error) {
  char sentence[1024];
  const TlsReport* const tls = about.tls;
  std::string text(tls != nullptr ? describe(error, *tls, about.tls_host, sentence) : describe(error, sentence));
  if (is_of_proxys_tls(error)) name_the_proxy(text);
  const std::string file = tls_file(about.arguments.tls, error.status);
  if (!file.empty()) text += " (" + file + ")";
  const bool is_errno = error.status == Status::unreachable || error.status == Status::transport_error ||
                        error.status == Status::bind_failed;
  if (is_errno && error.native > 0) text += std::string(" (") + std::strerror(error.native) + ")";
  return error.phase == Phase::auth ? text + login_details(about, error) : text;
}

std::string sentence_for_success(const Circumstances& about) {
  const std::string& user = about.arguments.login.user;
  const std::string whose = user.empty() ? "the login" : "the login of " + user;
  const std::string used = about.login.used();
  if (about.arguments.command == Command::verify) return about.report.server + " takes " + whose + " by " + used;
  return about.report.server + " answers" + (used.empty() ? "" : ", and takes " + whose + " by " + used);
}

std::string sentence_for_error(const Circumstances& about, const Error& error) {
  const std::string& server = about.report.server;
  if (error.status == Status::no_tls_layer) {
    return "this program was built without TLS: give --security none to send in clear";
  }
  if (error.status == Status::tls_no_trust) {
    return "nothing says whom to trust, and the system has no certificates: give --ca-file, --ca-dir or --pin";
  }
  if (error.status == Status::clear_text_refused) {
    return "the connection to " + server + " is not encrypted: give --allow-clear to send in clear";
  }
  if (error.status == Status::chunking_rejected) return described(about, error) + ": give --no-chunking";
  if (error.status == Status::cleartext_credentials_refused) {
    return "the connection to " + server + " is not encrypted: give --allow-cleartext-credentials to log in in clear";
  }
  const std::string way = error.phase == Phase::proxy ? " through the proxy " + std::string(about.proxy) : "";
  return (group(error.status) == StatusGroup::usage ? "" : server + way + ", ") + described(about, error);
}

}  // namespace

std::string sentence_for_question(const Circumstances& about, const Error& error) {
  return error.status == Status::ok ? sentence_for_success(about) : sentence_for_error(about, error);
}

std::string sentence_for_mail(const Circumstances& about, const Error& error, const Options& options,
                              Message& message) {
  if (error.status == Status::invalid_sender || error.status == Status::invalid_recipient) {
    return "'" + std::string(wrong_address(options, message, error.status)) + "' is not a mail address: correct it";
  }
  switch (outcome_of(message.recipients)) {
    case Outcome::accepted: return about.report.server + " accepted the mail for " + counted(message.recipients);
    case Outcome::partly_accepted:
      return "accepted for " + counted(message.recipients) + ", then " + described(about, error);
    case Outcome::unknown:
      return "the mail may have arrived, or not: no answer came to its end: " + described(about, error);
    case Outcome::rejected:
    case Outcome::not_sent: break;
  }
  return sentence_for_error(about, error);
}

}  // namespace mailmote::cli
