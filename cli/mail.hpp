// The mail that the command line describes.
#ifndef MAILMOTE_CLI_MAIL_HPP
#define MAILMOTE_CLI_MAIL_HPP

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "content.hpp"
#include "exit_code.hpp"
#include "mail_arguments.hpp"
#include "mailmote/sources.hpp"
#include "mailmote/text_message.hpp"
#include "part_array.hpp"

namespace mailmote::cli {

/// A text of the mail: the words, and the part that they make.
template <class Kind>
struct WordsPart {
  explicit WordsPart(std::string text, bool is_flowed = false)
      : words(std::move(text)), part(is_flowed ? static_cast<BodySource&>(flowed) : source) {}
  WordsPart(const WordsPart&) = delete;
  WordsPart& operator=(const WordsPart&) = delete;

  std::string words;
  MemorySource source{Text(words)};
  FlowedSource flowed{source};
  Kind part;
};

/// Owns everything that the library only looks at. The arguments must outlive it.
class Mail {
 public:
  /// Reads texts and opens files. Throws Failure.
  explicit Mail(const MailArguments& arguments);

  Message& message();

  /// Whether reports are wanted that the server was not asked for when the mail was last sent: it does not offer them.
  bool misses_reports() const { return wants_reports_ && !dsn_.asked(); }

  const std::vector<Recipient>& recipients() const { return recipients_; }

  /// As they stand in the header; empty in a message that came whole.
  const std::string& message_id() const { return message_id_; }
  std::string date() const;

  /// About how many octets its content has.
  std::uint64_t size() const { return size_; }

 private:
  void ask_for_reports(const DsnArguments& arguments);
  void compose(const MailArguments& arguments);
  void add_words(const MailArguments& arguments);
  void add_files(const MailArguments& arguments);
  FileContent& open(const AttachedFile& file);

  std::vector<Recipient> recipients_;
  std::vector<Header> headers_;
  std::string message_id_;
  std::optional<WordsPart<TextPart>> text_;
  std::optional<WordsPart<HtmlPart>> html_;
  std::deque<FileContent> files_;
  PartArray<Inline> inlines_;
  PartArray<Attachment> attachments_;
  std::optional<MimeMessage> composed_;
  std::optional<RawContent> content_;
  std::optional<RawMessage> raw_;
  Dsn dsn_;
  bool wants_reports_ = false;
  std::uint64_t size_ = 0;
};

/// Writes the message as it would be sent to standard output. Throws Failure.
ExitCode print(Mail& mail);

}  // namespace mailmote::cli

#endif
