#include "connection.hpp"

#include <unistd.h>

#include "mailmote/posix/waiter.hpp"

namespace mailmote::cli {
namespace {

Options make_options(const Arguments& arguments, SecurityPlan& plan, Observer& observer) {
  Options options;
  options.host = Text(arguments.server.host);
  options.port = arguments.server.port;
  options.security = arguments.security;
  options.plan = &plan;
  options.helo = Text(arguments.helo);
  options.timeouts = arguments.timeouts;
  options.greeting_timeout = arguments.greeting_timeout;
  options.timeout = arguments.timeout;
  options.allow_clear = arguments.allow_clear;
  options.allow_cleartext_credentials = arguments.login.allow_cleartext;
  options.pipelining = !arguments.no_pipelining;
  options.refused_recipient = arguments.mail.refused_recipient;
  options.chunking = arguments.no_chunking ? nullptr : &kChunking;
  options.clock = {posix::wall_clock, nullptr};
  options.observer = &observer;
  return options;
}

posix::TcpOptions make_tcp_options(const Arguments& arguments) {
  posix::TcpOptions options = arguments.tcp;
  if (!arguments.interface.empty()) options.interface = arguments.interface.c_str();
  return options;
}

// 0: it is found on the way.
std::uint16_t fixed_port(const Arguments& arguments) {
  if (arguments.server.port != 0 || arguments.security == Security::automatic) return arguments.server.port;
  return arguments.security == Security::implicit ? kSubmissionsPort : kSubmissionPort;
}

bool shows_progress(const Arguments& arguments) {
  return !arguments.trace && !arguments.style.json && !arguments.style.quiet && isatty(STDERR_FILENO) == 1;
}

}  // namespace

Connection::Connection(const Arguments& arguments)
    : arguments_(arguments),
      recorder_(arguments.mail.addressees.size()),
      options_(make_options(arguments, plan_, recorder_)),
      tcp_options_(make_tcp_options(arguments)),
      tls_setup_(arguments.tls),
      proxy_(wire_, choose_proxy(arguments.proxy, arguments.server.host, fixed_port(arguments)), arguments.server.host,
             tls_setup_.options()),
      login_(arguments.login, !arguments.tls.certificate_file.empty(), arguments.timeout) {
  options_.auth = login_.authentication();
  if (!arguments.trace) return;
  recorder_.set_trace(&trace_);
  if (posix::look_up_blocks()) trace_.note("looking up a name blocks: this program was built without c-ares");
}

Report Connection::send(Mail& mail) {
  Progress progress(mail.size());
  if (shows_progress(arguments_)) recorder_.set_progress(&progress);
  Message& message = mail.message();
  const Status begun = client_.start(message);
  Report report;
  const Error error = run(begun, report);
  progress.finish();
  report.outcome = outcome_of(message.recipients);
  const bool accepted = report.outcome == Outcome::accepted || report.outcome == Outcome::partly_accepted;
  if (accepted && mail.misses_reports()) complaint_ += "; the server has no DSN, so that nothing will be reported";
  report.advice = advise(report.outcome, error, message.recipients);
  report.exit_code = exit_code(report.outcome, error, message.recipients);
  report.message_id = mail.message_id();
  report.date = mail.date();
  tell(error, report);
  tell_recipients(mail.recipients(), report);
  report.message = sentence_for_mail(about(report), error, options_, message) + complaint_;
  return report;
}

Report Connection::ask() {
  const bool verifies = arguments_.command == Command::verify;
  if (verifies && login_.authentication() == nullptr) throw Failure::usage("nobody is to log in: give --user");
  const Status begun = client_.get_capabilities();
  Report report;
  report.command = arguments_.command;
  const Error error = run(begun, report);
  report.advice = advise(Outcome::not_sent, error, {});
  report.exit_code = exit_code(Outcome::not_sent, error, {});
  if (verifies) report.credentials = client_.credentials();
  tell(error, report);
  report.message = sentence_for_question(about(report), error) + complaint_;
  return report;
}

Circumstances Connection::about(const Report& report) const {
  const bool with_proxy = report.phase == Phase::proxy && proxy_.report() != nullptr;
  const TlsReport* const tls = with_proxy ? proxy_.report() : tls_.stream().tls();
  const Text server(arguments_.tls.server_name.empty() ? arguments_.server.host : arguments_.tls.server_name);
  return {arguments_, report, tls, with_proxy ? proxy_.host() : server, proxy_.host(), login_};
}

// The reply to QUIT is waited for, but it is no part of the time that the mail took.
Error Connection::run(Status begun, Report& report) {
  Error error;
  error.status = begun;
  if (begun != Status::ok) return error;
  const Millis start = posix::now();
  posix::run(client_, tcp_);
  report.elapsed_ms = posix::now() - start;
  report.round_trips = client_.session().round_trips();
  error = client_.error();
  if (client_.quit() == Status::ok) posix::run(client_, tcp_);
  posix::drain(client_, tcp_);
  trace_.flush();
  const std::string unsaved = tls_setup_.save_session();
  if (!unsaved.empty()) complaint_ = "; " + unsaved;
  report.bytes_sent = wire_.sent();
  report.bytes_received = wire_.received();
  return error;
}

void Connection::tell_recipients(const std::vector<Recipient>& recipients, Report& report) const {
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    const Recipient& one = recipients[i];
    report.recipients.push_back({std::string(one.address), one.outcome(), one.result.code, one.enhanced(),
                                 recorder_.recipient_text(i)});
  }
  if (report.outcome != Outcome::accepted) return;
  report.smtp_code = report.recipients.front().code;
  report.enhanced = report.recipients.front().enhanced;
}

void Connection::tell(const Error& error, Report& report) const {
  report.status = name(error.status);
  report.phase = error.phase;
  report.capability_lines = recorder_.capabilities();
  report.stages = recorder_.stages();
  report.capabilities = client_.capabilities();
  report.auth = login_.used();
  report.host = arguments_.server.host;
  report.server = report.host + " port " + std::to_string(port_of(error));
  tell_security(report);
  report.smtp_code = error.smtp_code;
  report.enhanced = error.enhanced;
  const SeenReply* const reply = deciding_reply(error);
  if (reply != nullptr) report.reply = reply->text();
}

void Connection::tell_security(Report& report) const {
  report.security = client_.security();
  const TlsReport* const tls = tls_.stream().tls();
  if (tls != nullptr && (tls->answered || tls->alert != 0)) report.tls.emplace(*tls, arguments_.tls.insecure);
  if (arguments_.security != Security::automatic) return;
  for (std::size_t i = 0; i < plan_.count(); ++i) report.tries.push_back(plan_[i]);
}

// That of the way which the error is about; without an error, of the one that worked.
std::uint16_t Connection::port_of(const Error& error) const {
  if (arguments_.server.port != 0) return arguments_.server.port;
  if (arguments_.security == Security::implicit) return kSubmissionsPort;
  std::uint16_t port = kSubmissionPort;
  for (std::size_t i = 0; i < plan_.count(); ++i) {
    const Error& of_try = plan_[i].error;
    port = plan_[i].port;
    if (of_try.status == error.status && of_try.phase == error.phase) break;
  }
  return port;
}

// Of an error: the reply that it tells of, or what the server sent in place of one. Else the reply to the content.
const SeenReply* Connection::deciding_reply(const Error& error) const {
  if (error.smtp_code != 0) return recorder_.find(error.phase, error.smtp_code);
  if (error.status == Status::ok) return recorder_.final_reply();
  return group(error.status) == StatusGroup::protocol ? recorder_.last() : nullptr;
}

}  // namespace mailmote::cli
