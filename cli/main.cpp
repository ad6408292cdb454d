#include <exception>

#include "config_check.hpp"
#include "connection.hpp"
#include "discovery.hpp"

namespace mailmote::cli {
namespace {

// Puts the server that was found in its place, and returns what there is to say about it.
std::string find_server(Arguments& arguments) {
  if (arguments.discover.empty()) return {};
  const Discovered found = discover(arguments.discover, arguments.tcp);
  if (found.status != Status::ok) throw Failure::of(found.status, found.sentence);
  if (!found.domain.empty() && arguments.tls.insecure) throw Failure::settings(found.sentence);
  arguments.tls.server_name = found.domain;
  arguments.server.host = found.host;
  arguments.server.port = found.port;
  arguments.security = found.security;
  return found.sentence + "; ";
}

ExitCode run(int argc, char** argv) {
  std::optional<Arguments> arguments = parse_arguments(argc, argv);
  if (!arguments) return ExitCode::sent;
  if (arguments->command == Command::check_configuration) return check_configuration(*arguments);
  Report report;
  if (arguments->command != Command::send) {
    const std::string found = find_server(*arguments);
    report = Connection(*arguments).ask();
    report.message.insert(0, found);
  } else {
    Mail mail(arguments->mail);
    if (arguments->mail.print) return print(mail);
    const std::string found = find_server(*arguments);
    report = Connection(*arguments).send(mail);
    report.message.insert(0, found);
  }
  show(report, arguments->style);
  return report.exit_code;
}

ExitCode guarded_run(int argc, char** argv) {
  Report report;
  try {
    return run(argc, argv);
  } catch (const Failure& failure) {
    report = report_of(failure);
  } catch (const std::exception& bug) {
    report = report_of_bug(bug.what());
  }
  show(report, guess_style(argc, argv));
  return report.exit_code;
}

}  // namespace
}  // namespace mailmote::cli

int main(int argc, char** argv) { return static_cast<int>(mailmote::cli::guarded_run(argc, argv)); }
