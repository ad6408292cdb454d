// What XOAUTH2 and OAUTHBEARER have in common.
#include <cstring>

#include "auth/credentials.hpp"
#include "mailmote/oauth.hpp"
#include "mailmote/options.hpp"

namespace mailmote {
namespace {

// Bounds a poll's work: octets of the token that it looks at.
constexpr std::size_t kCheckedPerPoll = 1024;

}  // namespace

void TokenMechanism::do_begin(const AuthContext& context) {
  const Options& options = context.options;
  host_ = options.host;
  port_ = options.port != 0 ? options.port : context.implicit_tls ? kSubmissionsPort : kSubmissionPort;
  refusal_size_ = 0;
  checked_ = 0;
  malformed_ = false;
}

AuthStep TokenMechanism::do_go_on() {
  if (challenges() == 0 && checked_ == 0 && source_.get != nullptr) {
    const TokenState state = source_.get(source_.context, source_.token);
    if (state == TokenState::not_yet) return AuthStep::wait;
    if (state == TokenState::failed) return cancel(Status::token_failed);
  }
  const Text& token = source_.token;
  if (token.empty()) return cancel(Status::token_failed);
  const std::size_t rest = token.size() - checked_;
  const std::size_t n = rest < kCheckedPerPoll ? rest : kCheckedPerPoll;
  const bool valid = is_within(std::string_view(token.data() + checked_, n), 0x21, 0x7e);
  checked_ += n;
  if (valid && n != 0) return AuthStep::compute;
  if (malformed_) return cancel(Status::malformed_challenge);
  return respond(1, valid && is_within(user_, 0x20, 0xff));
}

// The only challenge there is says why the token is refused.
void TokenMechanism::do_challenge(Text base64) {
  ByteView octets;
  malformed_ = !decode(base64, octets);
  const std::size_t n = octets.size < sizeof refusal_ ? octets.size : sizeof refusal_;
  if (n != 0) std::memcpy(refusal_, octets.data, n);
  refusal_size_ = static_cast<std::uint8_t>(n);
}

void TokenMechanism::write_token(Sink& out) const {
  out.put("\1auth=Bearer ");
  out.put(source_.token);
  out.put("\1\1");
}

}  // namespace mailmote
