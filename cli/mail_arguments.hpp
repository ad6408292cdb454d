// The part of the command line that is about the mail.
#ifndef MAILMOTE_CLI_MAIL_ARGUMENTS_HPP
#define MAILMOTE_CLI_MAIL_ARGUMENTS_HPP

#include <optional>
#include <string>
#include <vector>

#include "attached_file.hpp"
#include "dsn_arguments.hpp"
#include "mailbox.hpp"
#include "mailmote/mime.hpp"

namespace CLI {
class App;
}

namespace mailmote::cli {

struct Addressee {
  NamedAddress mailbox;
  RecipientKind kind;
};

/// What the command line says, with every text already taken apart.
struct MailArguments {
  NamedAddress from;
  std::string envelope_sender;
  std::vector<Addressee> addressees;
  RefusedRecipient refused_recipient = RefusedRecipient::proceed;
  NamedAddress reply_to;
  std::string subject;
  std::optional<std::string> text, text_file;
  std::optional<std::string> html, html_file;
  std::vector<AttachedFile> inlines;
  std::vector<AttachedFile> attachments;
  TransferEncoding encoding = TransferEncoding::automatic;  ///< of text and HTML; binary: of the files too
  bool flowed = false;                                       ///< the text is wrapped as format=flowed
  std::vector<HeaderField> headers;
  std::string message_id;          ///< empty: a new one
  UnixTime date = 0;               ///< 0: now
  std::optional<std::string> raw;  ///< the file of a whole message
  DsnArguments dsn;
  bool print = false;
  unsigned standard_inputs = 0;    ///< how often "-" is said
};

/// The values of the options as they were given.
struct MailWords {
  std::string refused = "continue";
  std::string encoding = "auto";
  std::vector<std::string> to, cc, bcc, headers, inlines, attachments;
  std::string from, reply_to, message_id, date;
  std::optional<std::string> envelope_from;
  DsnWords dsn;
};

void add_mail(CLI::App& command, MailWords& words, MailArguments& out);

/// Throws Failure.
void resolve_mail(const MailWords& words, MailArguments& out);

}  // namespace mailmote::cli

#endif
