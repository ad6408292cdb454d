// AUTH, RFC 4954: which mechanism, and the exchange. Linked when an application names an Authenticator.
#include "auth/base64_writer.hpp"
#include "mailmote/auth.hpp"
#include "mailmote/session.hpp"
#include "wire/base64_decoder.hpp"
#include "wire/words.hpp"

namespace mailmote {
namespace {

// RFC 4954 section 4: an initial response must fit the command line of 512 octets, CRLF included.
constexpr std::size_t kCommandLine = 512;
constexpr std::size_t kVerb = sizeof("AUTH ") - 1;

std::size_t length_of(const SaslMechanism& mechanism) {
  Sink sink(nullptr, 0, 0);
  mechanism.write(sink);
  return sink.total();
}

// Unknown, not usable here, too weak, or given up with "*": this mechanism is out, not the credentials.
bool refuses_mechanism(std::uint16_t code) {
  return code == 500 || code == 501 || code == 502 || code == 504 || code == 534;
}

// The reply stands in the session's own window.
MutableBytes in_place(Text text) {
  return {reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data())), text.size()};
}

}  // namespace

AuthSet Authenticator::allowed() const {
  AuthSet set;
  for (std::size_t i = 0; i < count_; ++i) set.add(allowed_[i]->id());
  return set;
}

AuthSet Authenticator::offered() const {
  AuthSet set;
  for (std::size_t i = 0; i < count_; ++i) {
    if (((offered_ >> i) & 1U) != 0) set.add(allowed_[i]->id());
  }
  return set;
}

void Authenticator::forget() { offered_ = 0; }

void Authenticator::wipe() {
  if (used_ != nullptr) used_->wipe();
}

// "AUTH PLAIN LOGIN", or the old "AUTH=PLAIN LOGIN".
void Authenticator::on_ehlo_line(Text line) {
  if (!equal_words(take_word(line, '='), "AUTH")) return;
  while (!line.empty()) {
    const Text word = take_word(line);
    for (std::size_t i = 0; i < count_; ++i) {
      if (equal_words(word, allowed_[i]->name())) offered_ = static_cast<std::uint16_t>(offered_ | (1U << i));
    }
  }
}

void Authenticator::begin(Session& session) {
  next_ = 0;
  used_ = nullptr;
  cancelled_ = Status::ok;
  const bool offers = session.link_.capabilities.has(Extension::auth);
  if (!offers) return session.leave(Status::auth_not_offered, Phase::ehlo, kNoReply);
  if (!session.link_.secure && !session.options_->allow_cleartext_credentials) {
    return session.leave(Status::cleartext_credentials_refused, Phase::auth, kNoReply);
  }
  next(session);
}

// The next mechanism that both sides have.
void Authenticator::next(Session& session) {
  while (next_ < count_ && ((offered_ >> next_) & 1U) == 0) ++next_;
  if (next_ == count_) {
    const Status why = cancelled_ != Status::ok ? cancelled_
                       : used_ != nullptr       ? Status::auth_mechanism_rejected
                                                : Status::no_common_mechanism;
    return session.leave(why, Phase::auth, kNoReply);
  }
  used_ = allowed_[next_++];
  used_->begin({session.options_->host, session.options_->port, random});
  started_ = false;
  stage_ = used_->client_first() ? Stage::working : Stage::verb;
  session.link_.out = Phase::auth;
  session.link_.part = stage_ == Stage::working ? Session::Part::body : Session::Part::command;
}

// False: nothing more can be done in this poll.
bool Authenticator::work(Session& session) {
  switch (used_->go_on()) {
    case AuthStep::compute: return false;
    case AuthStep::wait: session.block_on_source(); return false;
    case AuthStep::cancel:
      cancelled_ = used_->status();
      if (!started_) {
        end(session);
        return true;
      }
      stage_ = Stage::cancel;
      break;
    case AuthStep::respond: stage_ = started_ ? Stage::response : Stage::verb; break;
  }
  session.reply_deadline_.clear();
  session.link_.part = Session::Part::command;
  return true;
}

// Whether the first response goes with the command.
bool Authenticator::initial() const {
  if (!used_->client_first()) return false;
  const std::size_t length = base64_length(length_of(*used_));
  return kVerb + used_->name().size() + 1 + (length == 0 ? 1 : length) + 2 <= kCommandLine;
}

void Authenticator::write(Sink& out) const {
  if (stage_ == Stage::cancel) return out.put("*\r\n");
  if (stage_ == Stage::verb) {
    out.put("AUTH ");
    out.put(used_->name());
    return initial() ? out.put(' ') : out.put("\r\n");
  }
  const std::size_t length = length_of(*used_);
  if (length == 0 && !started_) out.put('=');  // RFC 4954 section 4: an initial response of no octets
  write_base64(out, *used_, length);
  out.put("\r\n");
}

// What was to be said is in the window.
void Authenticator::composed(Session& session) {
  if (stage_ == Stage::verb && initial()) {
    stage_ = Stage::response;
    return;
  }
  started_ = true;
  session.link_.pending = 1;
  session.await(Phase::auth);
}

void Authenticator::on_reply(Session& session, const Reply& reply, bool cut) {
  if (reply.code == 334) return on_challenge(session, reply, cut);
  session.wipe_tx();
  if (reply.code >= 200 && reply.code < 300) {
    const bool verified = used_->verified();
    const Status why = used_->status();
    used_->wipe();
    if (!verified) return session.abandon(why, Phase::auth, reply);
    session.link_.authenticated = true;
    return session.begin_operation();
  }
  if (reply.code < 400) return session.abandon(Status::unexpected_reply, Phase::auth, reply);
  if (stage_ == Stage::cancel || refuses_mechanism(reply.code)) return end(session);
  used_->wipe();
  session.leave(Status::auth_rejected, Phase::auth, reply);
}

void Authenticator::end(Session& session) {
  used_->wipe();
  next(session);
}

void Authenticator::on_challenge(Session& session, const Reply& reply, bool cut) {
  // The response that did not fit the command is what an empty challenge asks for.
  const bool owed = stage_ == Stage::verb && used_->client_first();
  session.link_.out = Phase::auth;
  session.link_.part = Session::Part::command;
  if (owed) {
    stage_ = Stage::response;
    return;
  }
  ByteView octets;
  if (stage_ != Stage::cancel && !cut && decode_base64(reply.text, in_place(reply.text), octets)) {
    used_->challenge(octets);
    stage_ = Stage::working;
    session.link_.part = Session::Part::body;
    return;
  }
  if (stage_ == Stage::cancel) return session.abandon(Status::unexpected_reply, Phase::auth, reply);
  cancelled_ = cut ? Status::challenge_too_long : Status::malformed_challenge;
  stage_ = Stage::cancel;
}

}  // namespace mailmote
