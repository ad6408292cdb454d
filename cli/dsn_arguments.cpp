#include "dsn_arguments.hpp"

#include <CLI/CLI.hpp>
#include <map>

#include "failure.hpp"
#include "validator.hpp"

namespace mailmote::cli {
namespace {

const std::map<std::string, DsnReturn> kReturns = {{"full", DsnReturn::full}, {"hdrs", DsnReturn::headers}};
const std::map<std::string, Notify> kNotices = {
    {"never", Notify::never}, {"success", Notify::success}, {"failure", Notify::failure}, {"delay", Notify::delay}};

Notify parse_notify(const std::string& text) {
  Notify all = Notify::server_default;
  for (const std::string& word : CLI::detail::split(text, ',')) {
    const auto found = kNotices.find(word);
    if (found == kNotices.end()) throw Failure::usage("give never, or some of success,failure,delay");
    all = all | found->second;
  }
  if (all != Notify::never && (all | Notify::never) == all) throw Failure::usage("never stands alone");
  return all;
}

}  // namespace

void add_dsn(CLI::App& command, DsnWords& words, DsnArguments& out) {
  CLI::Option* const options[] = {
      command.add_option("--dsn-notify", words.notify, "what to report: never, or some of success,failure,delay")
          ->check(parsed_by(parse_notify)),
      command.add_option("--dsn-ret", words.ret, "what a report of failure brings back: full or hdrs")
          ->check(CLI::IsMember({"full", "hdrs"})),
      command.add_option("--dsn-envid", out.envelope_id, "an identifier that reports repeat")};
  for (CLI::Option* const option : options) option->group("Reports to the envelope sender, where the server has DSN");
}

void resolve_dsn(const DsnWords& words, DsnArguments& out) {
  if (!words.ret.empty()) out.ret = kReturns.at(words.ret);
  if (!words.notify.empty()) out.notify = parse_notify(words.notify);
}

}  // namespace mailmote::cli
