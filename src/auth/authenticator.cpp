// AUTH, RFC 4954: which mechanism, and the exchange. Linked when an application names an Authenticator.
#include "wire/base64_writer.hpp"
#include "mailmote/auth.hpp"
#include "mailmote/session.hpp"
#include "wire/wipe.hpp"
#include "wire/words.hpp"

namespace mailmote {
namespace {

// RFC 4954 section 4: an initial response must fit the command line of 512 octets, CRLF included.
constexpr std::size_t kCommandLine = 512;
constexpr std::size_t kAround = sizeof("AUTH  \r\n") - 1;

void compose(const void* mechanism, Sink& out) { static_cast<const SaslMechanism*>(mechanism)->write(out); }

std::size_t base64_length_of(const SaslMechanism& mechanism) {
  Sink sink(nullptr, 0, 0);
  mechanism.write(sink);
  return base64_length(sink.total());
}

// 500 to 504 and 534: unknown, not usable here or too weak; the mechanism is out, not the credentials.
Status why_after(unsigned code) {
  if (code < 300) return Status::server_not_verified;
  if (code < 400) return Status::unexpected_reply;
  return code - 500 <= 4 || code == 534 ? Status::auth_mechanism_rejected : Status::auth_rejected;
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
    if (offers(i)) set.add(allowed_[i]->id());
  }
  return set;
}

void Authenticator::forget() { offered_ = 0; }

// Nothing of a credential stays in the window.
void Authenticator::wipe(const MutableBytes& tx) {
  if (used_ != nullptr) used_->forget();
  mailmote::wipe(tx.data, tx.size);
}

// "AUTH PLAIN LOGIN", or the old "AUTH=PLAIN LOGIN".
void Authenticator::on_ehlo_line(Text line) {
  if (!equal_words(take_word(line, '='), "AUTH")) return;
  while (!line.empty()) {
    const Text word = take_word(line);
    for (unsigned i = 0; i < count_; ++i) {
      if (equal_words(word, allowed_[i]->name())) offered_ = static_cast<std::uint16_t>(offered_ | (1U << i));
    }
  }
}

void Authenticator::begin(Session& session) {
  used_ = nullptr;
  next_ = count_;
  if (!session.link_.capabilities.has(Extension::auth)) {
    why_ = Status::auth_not_offered;
  } else if (!session.link_.secure && !session.options_->allow_cleartext_credentials) {
    why_ = Status::cleartext_credentials_refused;
  } else {
    why_ = Status::no_common_mechanism;
    next_ = 0;
  }
  next(session, kNoReply);
}

// The next mechanism that both sides have. Who does not know the password gets no second chance to learn it.
void Authenticator::next(Session& session, const Reply& reply) {
  while (next_ < count_ && !offers(next_)) ++next_;
  if (next_ == count_ || why_ == Status::server_not_verified) return session.leave(why_, Phase::auth, reply);
  used_ = allowed_[next_++];
  used_->begin({*session.options_, random, session.link_.security == Security::implicit});
  started_ = false;
  set_stage(session, used_->client_first() ? Stage::working : Stage::verb);
}

void Authenticator::set_stage(Session& session, Stage stage) {
  stage_ = stage;
  session.link_.out = Phase::auth;
  session.link_.part = stage == Stage::working ? Session::Part::body : Session::Part::command;
}

// False: nothing more can be done in this poll.
bool Authenticator::work(Session& session) {
  const AuthStep step = used_->go_on();
  if (step == AuthStep::compute) return false;
  if (step == AuthStep::wait) {
    session.block_on_source();
    return false;
  }
  session.reply_deadline_.clear();
  if (step == AuthStep::respond) {
    const std::size_t line = kAround + used_->name().size() + base64_length_of(*used_);
    set_stage(session, started_ ? Stage::response : line <= kCommandLine ? Stage::verb_and_response : Stage::verb);
    return true;
  }
  why_ = used_->status();
  if (started_) {
    set_stage(session, Stage::cancel);
  } else {
    used_->forget();
    next(session, kNoReply);
  }
  return true;
}

void Authenticator::write(Sink& out) const {
  if (stage_ == Stage::cancel) {
    out.put('*');
  } else if (stage_ == Stage::response) {
    // RFC 4954 section 4: an initial response of no octets.
    if (!started_ && base64_length_of(*used_) == 0) out.put('=');
    write_base64(out, compose, used_);
  } else {
    out.put("AUTH ");
    out.put(used_->name());
    if (stage_ == Stage::verb_and_response) return out.put(' ');
  }
  out.put("\r\n");
}

// What was to be said is in the window.
void Authenticator::composed(Session& session) {
  if (stage_ == Stage::verb_and_response) {
    stage_ = Stage::response;
    return;
  }
  started_ = true;
  session.link_.pending = 1;
  session.await(Phase::auth);
}

void Authenticator::on_reply(Session& session, const Reply& reply, bool cut) {
  const bool cancelled = stage_ == Stage::cancel;
  if (reply.code == 334 && !cancelled) return on_challenge(session, reply.text, cut);
  if (!cancelled) why_ = reply.code < 300 && used_->verified() ? Status::ok : why_after(reply.code);
  const Reply& told = cancelled ? kNoReply : reply;  // what answers "*" is not the reason
  // What was said of a line cannot be taken back.
  const bool early = session.has_output();
  if (early || (reply.code < 400 && why_ != Status::ok)) return session.abandon(why_, Phase::auth, told);
  session.forget_secrets();
  if (why_ == Status::ok) {
    session.link_.authenticated = true;
    return session.begin_operation();
  }
  if (why_ == Status::auth_rejected) next_ = count_;
  next(session, told);
}

void Authenticator::on_challenge(Session& session, const Text& text, bool cut) {
  Stage stage = Stage::working;
  if (stage_ == Stage::verb && used_->client_first()) {
    stage = Stage::response;  // the one that did not fit the command
  } else if (cut) {
    why_ = Status::challenge_too_long;
    stage = Stage::cancel;
  } else {
    used_->challenge(text);
  }
  set_stage(session, stage);
}

}  // namespace mailmote
