#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <map>
#include <string_view>

#include "content.hpp"
#include "date.hpp"
#include "failure.hpp"

namespace mailmote::cli {
namespace {

// The values of the options as they were given.
struct Words {
  std::string server, host, security = "auto", helo, timeouts = "rfc", refused = "continue";
  unsigned port = 0;
  std::vector<std::string> to, cc, bcc, headers;
  std::string from, reply_to, message_id, date, text_file;
  std::optional<std::string> envelope_from;
};

const std::map<std::string, Security> kSecurities = {{"none", Security::none},
                                                     {"starttls", Security::starttls},
                                                     {"implicit", Security::implicit},
                                                     {"auto", Security::automatic}};

void add_places(CLI::App& command, Words& words) {
  CLI::Option* const server =
      command.add_option("--server", words.server, "the server as smtp://host or smtp://host:port");
  CLI::Option* const host = command.add_option("--host", words.host, "the server's name or address");
  CLI::Option* const port = command.add_option("--port", words.port, "its port (587)");
  port->check(CLI::Range(1, 65535))->needs(host);
  server->excludes(host);
  command.add_option("--security", words.security, "none, starttls, implicit or auto (auto)")
      ->check(CLI::IsMember({"none", "starttls", "implicit", "auto"}));
}

void add_connection(CLI::App& command, Words& words, Arguments& out) {
  add_places(command, words);
  command.add_flag("--allow-clear", out.allow_clear, "mail may go unencrypted to another machine");
  command.add_option("--helo", words.helo, "the name to say in EHLO (the local address)");
  command.add_option("--timeout", out.timeout, "ms for everything (no limit)")->check(CLI::Range(1U, kMaxTimeout));
  command.add_option("--greeting-timeout", out.greeting_timeout, "ms until the server greets")
      ->check(CLI::Range(1U, kMaxTimeout));
  command.add_option("--timeouts", words.timeouts, "rfc (minutes a step) or device (10-60 s a step) (rfc)")
      ->check(CLI::IsMember({"rfc", "device"}));
  command.add_flag("--no-pipelining", out.no_pipelining, "one command at a time");
  command.add_flag("--no-chunking", out.no_chunking, "DATA even where BDAT is offered");
  command.add_flag("--trace", out.trace, "show the dialogue on standard error");
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

void resolve_connection(const Words& words, Arguments& out) {
  out.server = {words.host, static_cast<std::uint16_t>(words.port)};
  if (!words.server.empty()) out.server = parse_server(words.server);
  out.security = kSecurities.at(words.security);
  out.helo = words.helo;
  if (words.timeouts == "device") out.timeouts = &kDeviceTimeouts;
  if (words.refused == "abort") out.refused_recipient = RefusedRecipient::abort;
  if (out.server.host.empty() && !out.print) throw Failure::usage("no server is named: give --server or --host");
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

}  // namespace

std::optional<Arguments> parse_arguments(int argc, const char* const* argv) {
  Arguments out;
  Words words;
  CLI::App app("Sends mail to a submission server, and says what became of it.", "mailmote");
  app.require_subcommand(1);
  CLI::App* const send = app.add_subcommand("send", "send one mail");
  CLI::App* const probe = app.add_subcommand("probe", "show what a server offers");
  add_connection(*send, words, out);
  add_connection(*probe, words, out);
  add_mail(*send, words, out);
  try {
    app.parse(reversed(argc, argv));
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    throw Failure::usage(error.what());
  }
  out.command = probe->parsed() ? Command::probe : Command::send;
  if (out.print && out.style.json) throw Failure::usage("--print and --json cannot go together");
  resolve_connection(words, out);
  if (out.command == Command::send) resolve_mail(words, out);
  return out;
}

Style guess_style(int argc, const char* const* argv) {
  const std::vector<std::string_view> words(argv, argv + argc);
  const auto has = [&words](const char* flag) { return std::find(words.begin(), words.end(), flag) != words.end(); };
  return {has("--json"), has("--quiet")};
}

}  // namespace mailmote::cli
