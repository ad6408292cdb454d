#include "connection.hpp"

#include <unistd.h>

#include "mailmote/posix/waiter.hpp"
#include "sentence.hpp"

namespace mailmote::cli {
namespace {

constexpr unsigned kSubmissionPort = 587;

Options make_options(const Arguments& arguments, Observer& observer) {
  Options options;
  options.host = Text(arguments.server.host);
  options.port = arguments.server.port;
  options.security = arguments.security;
  options.helo = Text(arguments.helo);
  options.timeouts = arguments.timeouts;
  options.greeting_timeout = arguments.greeting_timeout;
  options.timeout = arguments.timeout;
  options.allow_clear = arguments.allow_clear;
  options.pipelining = !arguments.no_pipelining;
  options.refused_recipient = arguments.refused_recipient;
  options.chunking = arguments.no_chunking ? nullptr : &kChunking;
  options.clock = {posix::wall_clock, nullptr};
  options.observer = &observer;
  return options;
}

bool shows_progress(const Arguments& arguments) {
  return !arguments.trace && !arguments.style.json && !arguments.style.quiet && isatty(STDERR_FILENO) == 1;
}

}  // namespace

Connection::Connection(const Arguments& arguments)
    : arguments_(arguments), recorder_(arguments.addressees.size()), options_(make_options(arguments, recorder_)) {
  if (arguments.trace) recorder_.set_trace(&trace_);
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
  report.advice = advise(report.outcome, error, message.recipients);
  report.exit_code = exit_code(report.outcome, error, message.recipients);
  report.message_id = mail.message_id();
  report.date = mail.date();
  tell(error, report);
  tell_recipients(mail.recipients(), report);
  report.message = sentence_for_mail(report.server, error, options_, message);
  return report;
}

Report Connection::probe() {
  const Status begun = client_.connect();
  Report report;
  report.command = Command::probe;
  const Error error = run(begun, report);
  report.advice = advise(Outcome::not_sent, error, {});
  report.exit_code = exit_code(Outcome::not_sent, error, {});
  tell(error, report);
  report.message = sentence_for_error(report.server, error);
  return report;
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
  report.bytes_sent = stream_.sent();
  report.bytes_received = stream_.received();
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
  report.capabilities = client_.capabilities();
  const unsigned port = arguments_.server.port != 0 ? arguments_.server.port : kSubmissionPort;
  report.server = arguments_.server.host + " port " + std::to_string(port);
  report.smtp_code = error.smtp_code;
  report.enhanced = error.enhanced;
  const SeenReply* const reply = deciding_reply(error);
  if (reply != nullptr) report.reply = reply->text();
}

// Of an error: the reply that it tells of, or what the server sent in place of one. Else the reply to the content.
const SeenReply* Connection::deciding_reply(const Error& error) const {
  if (error.smtp_code != 0) return recorder_.find(error.phase, error.smtp_code);
  if (error.status == Status::ok) return recorder_.final_reply();
  return group(error.status) == StatusGroup::protocol ? recorder_.last() : nullptr;
}

}  // namespace mailmote::cli
