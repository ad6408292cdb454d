#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <string_view>

#include "connection_arguments.hpp"
#include "content.hpp"
#include "date.hpp"
#include "failure.hpp"

namespace mailmote::cli {
namespace {

// The values of the options as they were given.
struct Words {
  ConnectionWords connection;
  std::string refused = "continue";
  std::vector<std::string> to, cc, bcc, headers;
  std::string from, reply_to, message_id, date, text_file;
  std::optional<std::string> envelope_from;
};

void add_style(CLI::App& command, Arguments& out) {
  command.add_flag("--json", out.style.json, "one JSON object on standard output");
  command.add_flag("--quiet", out.style.quiet, "nothing but errors");
}

void add_addresses(CLI::App& command, Words& words) {
  const auto add_many = [&command](const char* name, std::vector<std::string>& list, const char* help) {
    command.add_option(name, list, help)->allow_extra_args(false);
  };
  command.add_option("--from", words.from, "the author: an address or 'Name <address>'");
  add_many("--to", words.to, "a recipient; may be repeated");
  add_many("--cc", words.cc, "a recipient of a copy; may be repeated");
  add_many("--bcc", words.bcc, "a recipient whom the message does not name; may be repeated");
  command.add_option("--envelope-from", words.envelope_from, "where failures are reported; '<>': nowhere (as --from)");
  command.add_option("--refused-recipient", words.refused, "continue with the others or abort (continue)")
      ->check(CLI::IsMember({"continue", "abort"}));
}

void add_mail(CLI::App& command, Words& words, Arguments& out) {
  add_addresses(command, words);
  CLI::Option* const raw = command.add_option("--raw", out.raw, "a file (-: standard input) that is the whole message");
  CLI::Option* const text = command.add_option("--text", out.text, "the text");
  CLI::Option* const file =
      command.add_option("--text-file", words.text_file, "a file (-: standard input) with the text");
  file->excludes(text);
  CLI::Option* const composed[] = {
      text, file, command.add_option("--subject", out.subject, "the subject"),
      command.add_option("--reply-to", words.reply_to, "where answers go"),
      command.add_option("--message-id", words.message_id, "the Message-ID (a new one)"),
      command.add_option("--date", words.date, "the date as RFC 5322 writes it (now)"),
      command.add_option("--header", words.headers, "a further header 'Name: value'; may be repeated")
          ->allow_extra_args(false)};
  for (CLI::Option* const option : composed) raw->excludes(option);
  command.add_flag("--print", out.print, "write the message to standard output instead of sending it");
}

void add_addressees(const std::vector<std::string>& list, RecipientKind kind, Arguments& out) {
  for (const std::string& text : list) out.addressees.push_back({parse_mailbox(text), kind});
}

void resolve_addresses(const Words& words, Arguments& out) {
  if (words.from.empty() && (!out.raw || !words.envelope_from)) throw Failure::usage("no author is named: give --from");
  out.from = parse_mailbox(words.from);
  out.envelope_sender = words.envelope_from ? parse_mailbox(*words.envelope_from).address : out.from.address;
  if (words.envelope_from && out.envelope_sender.empty() && *words.envelope_from != "<>") {
    throw Failure::usage("--envelope-from: give an address or '<>'");
  }
  add_addressees(words.to, RecipientKind::to, out);
  add_addressees(words.cc, RecipientKind::cc, out);
  add_addressees(words.bcc, RecipientKind::bcc, out);
  if (out.addressees.empty()) throw Failure::usage("no recipient is named: give --to, --cc or --bcc");
}

void resolve_mail(const Words& words, Arguments& out) {
  if (words.refused == "abort") out.refused_recipient = RefusedRecipient::abort;
  resolve_addresses(words, out);
  out.reply_to = parse_mailbox(words.reply_to);
  for (const std::string& text : words.headers) out.headers.push_back(parse_header(text));
  out.message_id = words.message_id;
  if (!out.message_id.empty() && out.message_id.front() != '<') out.message_id = "<" + out.message_id + ">";
  if (!words.date.empty()) {
    const std::optional<UnixTime> date = parse_date(words.date);
    if (!date) throw Failure::usage("--date: give it as in 'Sat, 21 Nov 2026 04:53:45 +0000'");
    out.date = *date;
  }
  if (!words.text_file.empty()) out.text = read_text(words.text_file);
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
  add_mail(*send, words, out);
  CLI::Option* const discover = probe->add_option(
      "--discover", out.discover, "look for the server of this mail address or domain in the DNS");
  for (const char* const other : {"--server", "--host", "--account", "--config"}) {
    discover->excludes(probe->get_option(other));
  }
  return {send, probe, verify, check};
}

void resolve(const Commands& commands, const Words& words, Arguments& out) {
  CLI::App* const asks = commands.probe->parsed() ? commands.probe : commands.verify;
  CLI::App* const used = commands.send->parsed() ? commands.send : asks;
  if (used == commands.probe) out.command = Command::probe;
  if (used == commands.verify) out.command = Command::verify;
  if (out.print && out.style.json) throw Failure::usage("--print and --json cannot go together");
  if (out.discover.empty()) configure(*used, out.configuration, out.login);
  resolve_connection(words.connection, out);
  const bool needs_server = !out.print && out.discover.empty();
  if (needs_server && out.server.host.empty()) {
    throw Failure::usage("no server is named: give --server, --host or --account");
  }
  if (used == commands.send) resolve_mail(words, out);
  const bool text_is_read = words.text_file == "-" || out.raw == "-";
  const bool password_is_read = out.login.password_file == "-" || out.proxy.password_file == "-";
  const bool both_are_read = out.login.password_file == "-" && out.proxy.password_file == "-";
  if ((text_is_read && password_is_read) || both_are_read) {
    throw Failure::usage("standard input is needed twice: for a password, and for the mail or another password");
  }
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
