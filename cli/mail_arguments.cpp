#include "mail_arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "date.hpp"
#include "domain.hpp"
#include "failure.hpp"
#include "mailmote/text_message.hpp"
#include "validator.hpp"

namespace mailmote::cli {
namespace {

const std::map<std::string, TransferEncoding> kEncodings = {{"auto", TransferEncoding::automatic},
                                                            {"7bit", TransferEncoding::seven_bit},
                                                            {"8bit", TransferEncoding::eight_bit},
                                                            {"quoted-printable", TransferEncoding::quoted_printable},
                                                            {"base64", TransferEncoding::base64},
                                                            {"binary", TransferEncoding::binary}};

CLI::Option* add_many(CLI::App& command, const char* name, std::vector<std::string>& list, const char* help) {
  return command.add_option(name, list, help)->allow_extra_args(false);
}

void add_addresses(CLI::App& command, MailWords& words) {
  command.add_option("--from", words.from, "the author: an address or 'Name <address>'");
  add_many(command, "--to", words.to, "a recipient; may be repeated");
  add_many(command, "--cc", words.cc, "a recipient of a copy; may be repeated");
  add_many(command, "--bcc", words.bcc, "a recipient whom the message does not name; may be repeated");
  command.add_option("--envelope-from", words.envelope_from, "where failures are reported; '<>': nowhere (as --from)");
  command.add_option("--refused-recipient", words.refused, "continue with the others or abort (continue)")
      ->check(CLI::IsMember({"continue", "abort"}));
}

// What says one thing in two ways: as it is, or by the name of a file.
std::vector<CLI::Option*> add_words(CLI::App& command, MailArguments& out) {
  CLI::Option* const text = command.add_option("--text", out.text, "the text");
  CLI::Option* const text_file =
      command.add_option("--text-file", out.text_file, "a file (-: standard input) with the text");
  CLI::Option* const html = command.add_option("--html", out.html, "the same in HTML, beside the text or without one");
  CLI::Option* const html_file =
      command.add_option("--html-file", out.html_file, "a file (-: standard input) with the HTML");
  CLI::Option* const flowed =
      command.add_flag("--flowed", out.flowed, "break long lines of the text; readers join them again (format=flowed)");
  text_file->excludes(text);
  html_file->excludes(html);
  return {text, text_file, html, html_file, flowed};
}

void add_header(CLI::App& command, MailWords& words, MailArguments& out, std::vector<CLI::Option*>& composed) {
  composed.insert(
      composed.end(),
      {command.add_option("--subject", out.subject, "the subject"),
       command.add_option("--reply-to", words.reply_to, "where answers go"),
       command.add_option("--message-id", words.message_id, "the Message-ID (a new one)"),
       command.add_option("--date", words.date, "the date as RFC 5322 writes it (now)"),
       add_many(command, "--header", words.headers, "a further header 'Name: value'; may be repeated")});
}

void add_files(CLI::App& command, MailWords& words, std::vector<CLI::Option*>& composed) {
  composed.insert(
      composed.end(),
      {add_many(command, "--attach", words.attachments,
                "a file (-: standard input) to attach, as FILE[;type=image/png][;name=N]; may be repeated")
           ->check(parsed_by(parse_attachment)),
       add_many(command, "--inline", words.inlines,
                "a file that the HTML shows by <img src=\"cid:ID\">, as FILE;cid=ID[;type=T]; may be repeated")
           ->check(parsed_by(parse_inline)),
       command.add_option("--encoding", words.encoding,
                          "of text and HTML: 7bit, 8bit, quoted-printable, base64 or auto (auto); or of the files "
                          "too: binary, where the server offers BINARYMIME")
           ->check(CLI::IsMember({"auto", "7bit", "8bit", "quoted-printable", "base64", "binary"}))});
}

// Says which option it is that a header cannot hold.
template <class Fill>
void check_header(const char* option, Fill fill) {
  Recipient to("ops@example.com");
  TextMessage trial("pump@example.com", to, "", "");
  fill(trial);
  Offer offer;
  offer.smtputf8 = true;
  ContentPlan plan;
  const Status status = trial.content.start(offer, plan);
  if (status != Status::ok) throw Failure::of(status, std::string(option) + ": " + Failure::message(status).what());
}

void check_words(const char* option, const std::string& words) {
  check_header(option, [&words](TextMessage& trial) { trial.subject = Text(words); });
}

NamedAddress resolve_mailbox(const char* option, const std::string& text, Status wrong) {
  NamedAddress mailbox = parse_mailbox(text);
  check_words(option, mailbox.name);
  mailbox.address = with_ascii_domain(mailbox.address, wrong);
  return mailbox;
}

void add_addressees(const char* option, const std::vector<std::string>& list, RecipientKind kind, MailArguments& out) {
  for (const std::string& text : list) {
    out.addressees.push_back({resolve_mailbox(option, text, Status::invalid_recipient), kind});
  }
}

void resolve_addresses(const MailWords& words, MailArguments& out) {
  if (words.from.empty() && (!out.raw || !words.envelope_from)) throw Failure::usage("no author is named: give --from");
  out.from = resolve_mailbox("--from", words.from, Status::invalid_sender);
  out.envelope_sender = words.envelope_from
                            ? resolve_mailbox("--envelope-from", *words.envelope_from, Status::invalid_sender).address
                            : out.from.address;
  if (words.envelope_from && out.envelope_sender.empty() && *words.envelope_from != "<>") {
    throw Failure::usage("--envelope-from: give an address or '<>'");
  }
  add_addressees("--to", words.to, RecipientKind::to, out);
  add_addressees("--cc", words.cc, RecipientKind::cc, out);
  add_addressees("--bcc", words.bcc, RecipientKind::bcc, out);
  if (out.addressees.empty()) throw Failure::usage("no recipient is named: give --to, --cc or --bcc");
  if (words.refused == "abort") out.refused_recipient = RefusedRecipient::abort;
}

void resolve_headers(const MailWords& words, MailArguments& out) {
  check_words("--subject", out.subject);
  out.reply_to = resolve_mailbox("--reply-to", words.reply_to, Status::invalid_header);
  check_header("--reply-to", [&out](TextMessage& trial) { trial.reply_to = Text(out.reply_to.address); });
  for (const std::string& text : words.headers) {
    const HeaderField field = parse_header(text);
    const Header header{Text(field.name), Text(field.value)};
    check_header("--header", [&header](TextMessage& trial) {
      trial.headers = &header;
      trial.header_count = 1;
    });
    out.headers.push_back(field);
  }
  out.message_id = words.message_id;
  if (!out.message_id.empty() && out.message_id.front() != '<') out.message_id = "<" + out.message_id + ">";
  check_header("--message-id", [&out](TextMessage& trial) { trial.message_id = Text(out.message_id); });
  if (words.date.empty()) return;
  const std::optional<UnixTime> date = parse_date(words.date);
  if (!date) throw Failure::usage("--date: give it as in 'Sat, 21 Nov 2026 04:53:45 +0000'");
  out.date = *date;
}

void resolve_files(const MailWords& words, MailArguments& out) {
  for (const std::string& text : words.inlines) out.inlines.push_back(parse_inline(text));
  for (const std::string& text : words.attachments) out.attachments.push_back(parse_attachment(text));
  const auto is_standard_input = [](const AttachedFile& file) { return file.path == "-"; };
  const auto count = std::count_if(out.inlines.begin(), out.inlines.end(), is_standard_input) +
                     std::count_if(out.attachments.begin(), out.attachments.end(), is_standard_input);
  out.standard_inputs = static_cast<unsigned>(count);
  for (const auto* const file : {&out.text_file, &out.html_file, &out.raw}) {
    if (*file == "-") ++out.standard_inputs;
  }
}

}  // namespace

void add_mail(CLI::App& command, MailWords& words, MailArguments& out) {
  add_addresses(command, words);
  CLI::Option* const raw = command.add_option("--raw", out.raw, "a file (-: standard input) that is the whole message");
  std::vector<CLI::Option*> composed = add_words(command, out);
  add_files(command, words, composed);
  add_header(command, words, out, composed);
  for (CLI::Option* const option : composed) raw->excludes(option);
  add_dsn(command, words.dsn, out.dsn);
  command.add_flag("--print", out.print, "write the message to standard output instead of sending it");
}

void resolve_mail(const MailWords& words, MailArguments& out) {
  resolve_addresses(words, out);
  resolve_headers(words, out);
  resolve_files(words, out);
  resolve_dsn(words.dsn, out.dsn);
  out.encoding = kEncodings.at(words.encoding);
}

}  // namespace mailmote::cli
