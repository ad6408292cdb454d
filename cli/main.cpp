#include <exception>

#include "connection.hpp"

namespace mailmote::cli {
namespace {

ExitCode run(int argc, char** argv) {
  const std::optional<Arguments> arguments = parse_arguments(argc, argv);
  if (!arguments) return ExitCode::sent;
  Report report;
  if (arguments->command == Command::probe) {
    report = Connection(*arguments).probe();
  } else {
    Mail mail(*arguments);
    if (arguments->print) return print(mail);
    report = Connection(*arguments).send(mail);
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
