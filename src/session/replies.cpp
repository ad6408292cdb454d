// What each reply leads to: one on_<state> a state.
#include "mailmote/auth.hpp"
#include "mailmote/observer.hpp"
#include "mailmote/session.hpp"
#include "session/chunking_feature.hpp"
#include "session/progress.hpp"
#include "session/transitions.hpp"

namespace mailmote {
namespace {

bool is_no(const Reply& reply) { return reply.code >= 400; }

Progress refusal(const Reply& reply) {
  return reply.code < 500 ? Progress::rejected_temporarily : Progress::rejected_permanently;
}

// RFC 5321 section 4.1.1.1 and what old servers say to a command that they do not know.
bool lacks_ehlo(const Reply& reply) {
  return reply.code == 500 || reply.code == 502 || reply.code == 504 || reply.code == 550;
}

// RFC 5321 section 4.5.3.1.10: too many recipients, also where it is said with 552.
bool is_too_many(const Reply& reply) { return reply.code == 452 || reply.code == 552; }

}  // namespace

void Session::on_reply(const Reply& reply, bool cut) {
  if (link_.pending == 0) return on_unasked(reply);
  const Phase phase = link_.in;
  --link_.pending;
  if (link_.pending == 0) reply_deadline_.clear();
  if (reply.code == 421 && phase != Phase::quit) return on_closing(phase, reply);
  const bool yes = reply.code / 100 == row(phase).accepts;
  if (!yes && !is_no(reply) && phase != Phase::quit && phase != Phase::auth) {
    return abandon(Status::unexpected_reply, phase, reply);
  }
  dispatch(yes, reply, cut);
  if (!link_.closing && link_.pending != 0 && link_.in == phase) await(following(phase));
}

void Session::dispatch(bool yes, const Reply& reply, bool cut) {
  switch (link_.in) {
    case Phase::greeting: return on_greeting(yes, reply);
    case Phase::ehlo: return on_ehlo(yes, reply);
    case Phase::helo: return on_helo(yes, reply);
    case Phase::starttls: return on_starttls(yes, reply);
    case Phase::auth: return options_->auth->on_reply(*this, reply, cut);
    case Phase::rset: return on_rset(yes, reply);
    case Phase::mail: return on_mail(yes, reply);
    case Phase::rcpt: return on_rcpt(yes, reply);
    case Phase::data: return on_data(yes, reply);
    case Phase::content:
    case Phase::bdat: return on_final(yes, reply);
    case Phase::noop: return on_noop(yes, reply);
    case Phase::quit: return on_quit();
    case Phase::idle:
    case Phase::connect:
    case Phase::proxy:
    case Phase::tls:
    case Phase::measure: break;
  }
}

// What a group's next reply is about, in the order in which the group was written.
Phase Session::following(Phase phase) {
  switch (phase) {
    case Phase::rset: return Phase::mail;
    case Phase::mail:
    case Phase::rcpt:
      if (mail_.answered == mail_.asked) return mail_.bdat ? Phase::bdat : Phase::data;
      recipient_in_ = next_with(bit(Progress::asked), phase == Phase::mail ? first_ : recipient_in_ + 1U);
      return Phase::rcpt;
    case Phase::idle:
    case Phase::connect:
    case Phase::proxy:
    case Phase::tls:
    case Phase::greeting:
    case Phase::ehlo:
    case Phase::helo:
    case Phase::starttls:
    case Phase::auth:
    case Phase::measure:
    case Phase::data:
    case Phase::content:
    case Phase::bdat:
    case Phase::noop:
    case Phase::quit: break;
  }
  return Phase::quit;
}

// On an idle connection only a farewell makes sense; during an operation nothing does.
void Session::on_unasked(const Reply& reply) {
  if (reply.code == 421) return on_closing(phase(), reply);
  // A long response is still being written: a refusal in its middle can only be meant for it.
  const bool logging_in = link_.out == Phase::auth && output_.skip != 0;
  if (logging_in && is_no(reply)) return abandon(Status::auth_rejected, Phase::auth, reply);
  close(Status::reply_without_command, phase(), reply);
}

// 421 may answer anything. It is a refusal of the mail only as the final reply; before that nothing was accepted, and a
// MAIL that was not accepted leaves no doubt about content that was already on its way.
void Session::on_closing(Phase phase, const Reply& reply) {
  const bool final = phase == Phase::content || phase == Phase::bdat;
  if (phase == Phase::rset || phase == Phase::mail || final) link_.in_doubt = false;
  if (final) note_all(bit(Progress::taken), reply, Progress::rejected_temporarily);
  close(Status::service_closing, phase, reply);
  if (final) give_up();
}

void Session::on_greeting(bool yes, const Reply& reply) {
  if (!yes) return leave(Status::greeting_rejected, Phase::greeting, reply);
  link_.out = Phase::ehlo;
}

void Session::on_ehlo(bool yes, const Reply& reply) {
  if (!yes && lacks_ehlo(reply)) {
    link_.out = Phase::helo;
    return;
  }
  on_helo(yes, reply);
}

void Session::on_helo(bool yes, const Reply& reply) {
  if (!yes) return leave(Status::ehlo_rejected, link_.in, reply);
  const bool wanted = link_.security == Security::starttls || link_.security == Security::starttls_if_offered;
  if (wanted && link_.capabilities.has(Extension::starttls)) {
    link_.out = Phase::starttls;
    return;
  }
  if (link_.security == Security::starttls) return leave(Status::starttls_not_offered, link_.in, kNoReply);
  if (options_->auth != nullptr) return options_->auth->begin(*this);
  begin_operation();
}

void Session::on_starttls(bool yes, const Reply& reply) {
  if (!yes) return leave(Status::starttls_rejected, Phase::starttls, reply);
  link_.out = Phase::tls;
}

void Session::on_rset(bool yes, const Reply& reply) {
  const bool alone = link_.pending == 0 && output_.skip == 0;
  if (!yes) {
    return alone ? leave(Status::command_rejected, Phase::rset, reply)
                 : abandon(Status::command_rejected, Phase::rset, reply);
  }
  link_.mail_open = false;
}

void Session::on_mail(bool yes, const Reply& reply) {
  link_.mail_open = yes;
  if (yes) return;
  mail_.failed = true;
  reject(Status::sender_rejected, Phase::mail, reply);
  settle_group();
}

void Session::on_rcpt(bool yes, const Reply& reply) {
  ++mail_.answered;
  if (mail_.failed) return settle_group();  // decided by MAIL
  Progress progress = Progress::taken;
  if (yes) {
    ++mail_.taken;
  } else if (is_too_many(reply)) {
    progress = mail_.taken != 0 ? Progress::later : Progress::rejected_temporarily;
  } else {
    progress = refusal(reply);
  }
  if (progress >= Progress::rejected_temporarily) {
    mail_.refused = true;
    set_error(Status::recipients_rejected, Phase::rcpt, reply);
  }
  note(recipient_in_, reply, progress);
  settle_group();
}

void Session::on_data(bool yes, const Reply& reply) {
  const bool nobody = mail_.taken == 0;
  if (!yes) {
    if (!nobody) reject(Status::data_rejected, Phase::data, reply);
    return conclude(nobody);
  }
  link_.pending = 1;
  link_.out = Phase::content;
  // RFC 2920 section 3.1: DATA was accepted though no recipient was, so an empty message is sent to nobody.
  link_.part = nobody ? Part::end : Part::body;
  await(Phase::content);
}

void Session::on_final(bool yes, const Reply& reply) {
  const Phase phase = link_.in;
  if (yes && !link_.end_taken) return abandon(Status::early_success, phase, reply);
  link_.in_doubt = false;
  const bool chunk_failed = phase == Phase::bdat && !yes;
  link_.mail_open = chunk_failed;
  if (chunk_failed) link_.bdat_failed = true;
  if (chunk_failed && options_->chunking->refused(reply)) return reject_chunking(phase, reply);
  const bool nobody = mail_.taken == 0;
  if (yes) note_all(bit(Progress::taken), reply, Progress::accepted);
  if (!yes && !nobody) reject(Status::content_rejected, phase, reply);
  if (!link_.end_taken) return abandon(Status::content_rejected, phase, reply);  // what is written cannot be taken back
  conclude(yes || nobody);
}

// What follows the command in the stream may have been run as commands: not another octet.
void Session::reject_chunking(Phase phase, const Reply& reply) {
  abandon(mail_.taken != 0 ? Status::chunking_rejected : Status::recipients_rejected, phase, reply);
}

void Session::on_noop(bool yes, const Reply& reply) {
  if (!yes) set_error(Status::command_rejected, Phase::noop, reply);
  end_operation();
}

void Session::on_quit() {
  link_.closing = true;
  if (operation_ == Operation::quit) operation_ = Operation::none;
}

// The whole mail is refused for everyone who is not settled.
void Session::reject(Status status, Phase phase, const Reply& reply) {
  set_error(status, phase, reply);
  note_all(phase == Phase::mail ? kNotSent : bit(Progress::taken), reply, refusal(reply));
}

// The server will not have this session: the operation ends, and the connection with QUIT.
void Session::leave(Status status, Phase phase, const Reply& reply) {
  if (link_.trial) return abandon(status, phase, reply);
  set_error(status, phase, reply);
  give_up();
  after_ = After::quit;
  end_operation();
}

void Session::note(std::size_t index, const Reply& reply, Progress progress) {
  RecipientResult& result = message_->recipients.data[index].result;
  result.progress = progress;
  result.code = reply.code;
  result.subject = reply.enhanced.subject;
  result.detail = reply.enhanced.detail;
  result.has_enhanced = reply.enhanced.status_class != 0;
  if (options_->observer != nullptr) options_->observer->on_recipient(index, reply);
}

void Session::note_all(unsigned progress, const Reply& reply, Progress to) {
  for (std::size_t i = first_; (i = next_with(progress, i)) < message_->recipients.count; ++i) note(i, reply, to);
}

}  // namespace mailmote
