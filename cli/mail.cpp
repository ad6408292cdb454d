#include "mail.hpp"

#include "failure.hpp"
#include "mailmote/posix/waiter.hpp"

namespace mailmote::cli {
namespace {

Mailbox view(const NamedAddress& mailbox) { return {Text(mailbox.address), Text(mailbox.name)}; }

// Empty where the author's domain cannot stand in a Message-ID: then the server makes one.
std::string new_message_id(const std::string& author) {
  char id[240];
  const std::string domain = author.substr(author.rfind('@') + 1);
  const Status status = make_message_id({posix::random, nullptr}, domain, id);
  if (status == Status::no_random_source) throw Failure::input("cannot read random octets from the system");
  return status == Status::ok ? id : std::string();
}

// As base64 in lines of 76.
std::uint64_t encoded(std::uint64_t length) { return length / 57 * 78; }

}  // namespace

Mail::Mail(const MailArguments& arguments)
    : inlines_(arguments.inlines.size()), attachments_(arguments.attachments.size()) {
  for (const Addressee& addressee : arguments.addressees) {
    recipients_.emplace_back(Text(addressee.mailbox.address), Text(addressee.mailbox.name), addressee.kind);
  }
  if (arguments.raw) {
    content_.emplace(*arguments.raw);
    size_ = content_->length();
    raw_.emplace(Text(arguments.envelope_sender), Recipients(recipients_.data(), recipients_.size()), *content_);
  } else {
    compose(arguments);
  }
  if (arguments.dsn.wanted()) ask_for_reports(arguments.dsn);
}

void Mail::ask_for_reports(const DsnArguments& arguments) {
  wants_reports_ = true;
  dsn_.ret = arguments.ret;
  dsn_.notify = arguments.notify;
  dsn_.envelope_id = Text(arguments.envelope_id);
  message().dsn = &dsn_;
}

void Mail::compose(const MailArguments& arguments) {
  for (const HeaderField& field : arguments.headers) headers_.push_back({Text(field.name), Text(field.value)});
  message_id_ = arguments.message_id.empty() ? new_message_id(arguments.from.address) : arguments.message_id;
  composed_.emplace(view(arguments.from), Recipients(recipients_.data(), recipients_.size()), Text(arguments.subject));
  composed_->sender = Text(arguments.envelope_sender);
  composed_->reply_to = view(arguments.reply_to);
  composed_->message_id = Text(message_id_);
  composed_->date = arguments.date != 0 ? arguments.date : posix::wall_clock(nullptr);
  composed_->headers = headers_.data();
  composed_->header_count = headers_.size();
  add_words(arguments);
  add_files(arguments);
}

// A mail of nothing has an empty text.
void Mail::add_words(const MailArguments& arguments) {
  const bool has_html = arguments.html || arguments.html_file;
  const bool has_files = !arguments.inlines.empty() || !arguments.attachments.empty();
  if (arguments.text_file) text_.emplace(read_text(*arguments.text_file), arguments.flowed);
  else if (arguments.text || (!has_html && !has_files)) text_.emplace(arguments.text.value_or(""), arguments.flowed);
  if (has_html) html_.emplace(arguments.html_file ? read_text(*arguments.html_file) : *arguments.html);
  if (text_) {
    text_->part.encoding = arguments.encoding;
    text_->part.flowed = arguments.flowed;
    composed_->text = &text_->part;
    size_ += text_->words.size();
  }
  if (html_) {
    html_->part.encoding = arguments.encoding;
    composed_->html = &html_->part;
    size_ += html_->words.size();
  }
}

void Mail::add_files(const MailArguments& arguments) {
  const bool binary = arguments.encoding == TransferEncoding::binary;
  const TransferEncoding encoding = binary ? TransferEncoding::binary : TransferEncoding::automatic;
  for (const AttachedFile& file : arguments.inlines) {
    inlines_.add(Text(file.id), Text(file.type), open(file).source(), Text(file.name)).encoding = encoding;
  }
  for (const AttachedFile& file : arguments.attachments) {
    attachments_.add(Text(file.name), Text(file.type), open(file).source()).encoding = encoding;
  }
  composed_->inlines = inlines_.parts();
  composed_->attachments = attachments_.parts();
}

FileContent& Mail::open(const AttachedFile& file) {
  FileContent& content = files_.emplace_back(file.path);
  size_ += encoded(content.length());
  return content;
}

Message& Mail::message() {
  if (composed_) return *composed_;
  return *raw_;
}

std::string Mail::date() const {
  char date[kDateSize];
  return composed_ && composed_->date != 0 ? std::string(format_date(composed_->date, date)) : std::string();
}

}  // namespace mailmote::cli
