#include "mailmote/posix/mailer.hpp"

#include <cstring>

#include "mailmote/posix/system_ca.hpp"

namespace mailmote::posix {
namespace {

bool says_whom_to_trust(const TlsOptions& options) {
  return options.ca.size != 0 || options.ca_file != nullptr || options.ca_dir != nullptr || options.pin_count != 0 ||
         options.insecure;
}

}  // namespace

Mailer::~Mailer() { client_.cancel(); }

Status Mailer::start(Message& message, After after) {
  if (!says_whom_to_trust(tls_options_)) tls_options_.ca_file = system_ca_file();
  const Status status = client_.start(message, after);
  if (status == Status::busy) return status;  // what is under way keeps its result
  begun_ = status == Status::ok;
  refusal_ = Error{};
  refusal_.status = status;
  return status;
}

Outcome Mailer::send(Message& message, After after) {
  if (start(message, after) != Status::ok) return Outcome::not_sent;
  run(client_, tcp_);
  drain(client_, tcp_);
  return outcome();
}

Text Mailer::describe() {
  const Text sentence = mailmote::describe(error(), tls_report(), options_.host, line_);
  const Text advice = auth_advice(error(), client_.session().reply_text());
  constexpr std::string_view kBetween = "; ";
  const std::size_t size = sentence.size() + kBetween.size() + advice.size();
  if (advice.empty() || size >= sizeof line_) return sentence;
  std::memcpy(line_ + sentence.size(), kBetween.data(), kBetween.size());
  std::memcpy(line_ + sentence.size() + kBetween.size(), advice.data(), advice.size() + 1);
  return {std::string_view(line_, size)};
}

}  // namespace mailmote::posix
