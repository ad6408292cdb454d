#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <string_view>

#include "connection_arguments.hpp"
#include "domain.hpp"
#include "failure.hpp"

namespace mailmote::cli {
namespace {

// The values of the options as they were given.
struct Words {
  ConnectionWords connection;
  MailWords mail;
};

void add_style(CLI::App& command, Arguments& out) {
  command.add_flag("--json", out.style.json, "one JSON object on standard output");
  command.add_flag("--quiet", out.style.quiet, "nothing but errors");
}

// The last first, as CLI11 wants them. "--text=" becomes two words, or CLI11 would take the next option for the value.
std::vector<std::string> reversed(int argc, const char* const* argv) {
  std::vector<std::string> words;
  for (int i = argc - 1; i > 0; --i) {
    std::string word = argv[i];
    const bool is_emptied = word.size() > 3 && word.compare(0, 2, "--") == 0 && word.find('=') == word.size() - 1;
    if (is_emptied) words.emplace_back();
    if (is_emptied) word.pop_back();
    words.push_back(std::move(word));
  }
  return words;
}

struct Commands {
  CLI::App* send;
  CLI::App* probe;
  CLI::App* verify;
  CLI::App* check;
};

Commands add_commands(CLI::App& app, Words& words, Arguments& out) {
  app.require_subcommand(1);
  CLI::App* const send = app.add_subcommand("send", "send one mail");
  CLI::App* const probe = app.add_subcommand("probe", "show what a server offers");
  CLI::App* const verify = app.add_subcommand("verify", "log in and leave: are user and password right?");
  CLI::App* const config = app.add_subcommand("config", "about configuration files");
  CLI::App* const check = config->add_subcommand("check", "show what they come to, passwords hidden");
  config->require_subcommand(1);
  for (CLI::App* const command : {send, probe, verify}) {
    add_connection(*command, words.connection, out);
    command->add_flag("--trace", out.trace, "show the dialogue on standard error");
  }
  for (CLI::App* const command : {send, probe, verify, check}) {
    add_configuration(*command, out.configuration);
    add_style(*command, out);
  }
  for (CLI::App* const command : {send, probe, verify}) {
    for (const char* const other : {"--account", "--config"}) {
      command->get_option("--discover")->excludes(command->get_option(other));
    }
  }
  add_mail(*send, words.mail, out.mail);
  return {send, probe, verify, check};
}

void resolve(const Commands& commands, const Words& words, Arguments& out) {
  CLI::App* const asks = commands.probe->parsed() ? commands.probe : commands.verify;
  CLI::App* const used = commands.send->parsed() ? commands.send : asks;
  if (used == commands.probe) out.command = Command::probe;
  if (used == commands.verify) out.command = Command::verify;
  if (out.mail.print && out.style.json) throw Failure::usage("--print and --json cannot go together");
  configure(*used, out.configuration, out.login);
  resolve_connection(words.connection, out);
  out.server.host = ascii_domain(out.server.host, Status::invalid_host);
  const bool needs_server = !out.mail.print && out.discover.empty();
  if (needs_server && out.server.host.empty()) {
    throw Failure::usage("no server is named: give --server, --host, --discover or --account");
  }
  if (used == commands.send) resolve_mail(words.mail, out.mail);
  unsigned standard_inputs = out.mail.standard_inputs;
  for (const std::string* const file : {&out.login.password_file, &out.proxy.password_file}) {
    if (*file == "-") ++standard_inputs;
  }
  if (standard_inputs > 1) throw Failure::usage("standard input is needed twice: '-' can stand for one file only");
}

}  // namespace

std::optional<Arguments> parse_arguments(int argc, const char* const* argv) {
  Arguments out;
  Words words;
  CLI::App app("Sends mail to a submission server, and says what became of it.", "mailmote");
  const Commands commands = add_commands(app, words, out);
  try {
    app.parse(reversed(argc, argv));
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    throw Failure::usage(error.what());
  }
  if (commands.check->parsed()) {
    out.command = Command::check_configuration;
    return out;
  }
  resolve(commands, words, out);
  return out;
}

Style guess_style(int argc, const char* const* argv) {
  const std::vector<std::string_view> words(argv, argv + argc);
  const auto has = [&words](const char* flag) { return std::find(words.begin(), words.end(), flag) != words.end(); };
  return {has("--json"), has("--quiet")};
}

}  // namespace mailmote::cli
