#include "summary.hpp"

#include <iostream>

#include "escaped.hpp"
#include "mechanisms.hpp"
#include "pin.hpp"

namespace mailmote::cli {
namespace {

const char* words(RecipientOutcome outcome) {
  switch (outcome) {
    case RecipientOutcome::not_sent: return "not sent";
    case RecipientOutcome::accepted: return "accepted";
    case RecipientOutcome::rejected_temporarily: return "refused for now";
    case RecipientOutcome::rejected_permanently: return "refused for good";
    case RecipientOutcome::unknown: break;
  }
  return "unknown";
}

const char* words(Advice advice) {
  switch (advice) {
    case Advice::done: return "nothing";
    case Advice::retry_later: return "try again later";
    case Advice::retry_elsewhere: return "try another server, or this one later";
    case Advice::fix_configuration: return "correct what is said above, then send again";
    case Advice::never: break;
  }
  return "do not send this again as it is";
}

std::string reply_of(const RecipientReport& recipient) {
  return recipient.code == 0 ? "" : ": " + std::to_string(recipient.code) + " " + escaped(recipient.text);
}

std::string costs(const Report& report) {
  const auto count = [](std::uint64_t n, const char* what) {
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
  };
  return count(report.round_trips, "round trip") + ", " + count(report.bytes_sent, "byte") + " sent, " +
         std::to_string(report.bytes_received) + " received, " + std::to_string(report.elapsed_ms) + " ms";
}

void show_recipients(const Report& report) {
  for (const RecipientReport& recipient : report.recipients) {
    std::cerr << "  " << escaped(recipient.address) << ": " << words(recipient.outcome) << reply_of(recipient) << '\n';
  }
}

bool is_good(const Report& report) { return report.exit_code == ExitCode::sent; }

std::string speech(const Report& report) {
  if (report.smtp_code == 0 && report.reply.empty()) return {};
  const std::string code = report.smtp_code == 0 ? "" : std::to_string(report.smtp_code) + " ";
  return "  the server said: " + code + escaped(report.reply) + "\n";
}

// Of Auto, when more than one way was tried.
void show_tries(const Report& report) {
  if (report.tries.size() < 2) return;
  for (const AutoSecurity::Try& tried : report.tries) {
    const char* const way = tried.security == Security::implicit ? "implicit TLS"
                            : tried.security == Security::none   ? "no TLS"
                                                                 : "STARTTLS";
    char sentence[200];
    const bool worked = tried.error.status == Status::ok;
    std::cerr << "  tried " << way << " at port " << tried.port << ": "
              << (worked ? "it worked" : describe(tried.error, sentence)) << '\n';
  }
}

void show_error(const Report& report) {
  std::cerr << "mailmote: " << escaped(report.message) << '\n';
  show_tries(report);
  if (report.outcome == Outcome::not_sent) std::cerr << speech(report);
  else show_recipients(report);
  if (!report.server.empty()) std::cerr << "  what to do: " << words(report.advice) << '\n';
}

std::string security_line(const Report& report) {
  const bool encrypted = report.tls && report.security != Security::none;
  return "  " + (encrypted ? escaped(tls_line(*report.tls, report.host)) : "in clear: no TLS") + "\n";
}

void show_sent(const Report& report) {
  std::cout << escaped(report.message) << '\n'
            << speech(report) << security_line(report) << "  " << costs(report) << '\n';
}

void show_fact(const std::string& what, const std::string& value) {
  std::cout << "  " << what << ':' << std::string(what.size() < 40 ? 40 - what.size() : 1, ' ') << value << '\n';
}

void show_tls(const Report& report) {
  std::cout << security_line(report);
  if (!report.tls) return;
  const TlsFacts& tls = *report.tls;
  show_fact("begun by", report.security == Security::implicit ? "implicit TLS" : "STARTTLS");
  show_fact("cipher suite", escaped(tls.cipher));
  if (tls.report.certificate_wanted) show_fact("client certificate", "asked for");
  if (!tls.has_certificate()) return;
  show_fact("certificate", escaped(tls.subject));
  show_fact("issued for", escaped(joined(tls.names)) + (tls.report.peer.names_cut ? " and more" : ""));
  show_fact("valid", to_rfc3339(tls.report.peer.not_before) + " to " + to_rfc3339(tls.report.peer.not_after));
  show_fact("its key, for --pin", "sha256:" + to_base64(tls.report.peer.spki));
}

void show_lines(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) std::cout << "\n    " << escaped(line);
  if (lines.empty()) std::cout << " no extensions";
}

void show_capabilities(const Report& report) {
  const Capabilities& offered = report.capabilities;
  const auto answer = [&offered](Extension extension) { return offered.has(extension) ? "yes" : "no"; };
  const auto limit = [](std::uint32_t number) { return number == 0 ? "not said" : std::to_string(number); };
  for (std::size_t i = 0; i + 1 < report.stages.size(); ++i) {
    if (report.stages[i] == report.stages.back()) continue;
    std::cout << escaped(report.server) << " offers before STARTTLS";
    show_lines(report.stages[i]);
    std::cout << '\n';
  }
  std::cout << escaped(report.server) << " offers";
  show_lines(report.capability_lines);
  std::cout << (report.capability_lines.empty() ? "\n" : "\nwhich means\n");
  show_fact("a mail in few round trips (PIPELINING)", answer(Extension::pipelining));
  show_fact("content in one piece (CHUNKING)", answer(Extension::chunking));
  show_fact("8-bit content (8BITMIME)", answer(Extension::eight_bit_mime));
  show_fact("addresses in UTF-8 (SMTPUTF8)", answer(Extension::smtputf8));
  show_fact("reports on delivery (DSN)", answer(Extension::dsn));
  show_fact("encryption from here on (STARTTLS)", answer(Extension::starttls));
  show_fact("largest mail in bytes (SIZE)", limit(offered.size_max));
  show_fact("recipients a mail (LIMITS RCPTMAX)", limit(offered.rcpt_max));
  show_fact("ways to log in (AUTH)", escaped(joined(offered_mechanisms(report.capability_lines))));
  if (!report.auth.empty()) show_fact("logged in by", report.auth);
  show_tls(report);
  std::cout << "  " << costs(report) << '\n';
}

}  // namespace

void summarize(const Report& report, bool quiet) {
  if (!is_good(report)) return show_error(report);
  if (quiet) return;
  if (report.command == Command::probe) show_capabilities(report);
  else show_sent(report);
  std::cout.flush();
}

}  // namespace mailmote::cli
