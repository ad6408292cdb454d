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

}  // namespace

Mail::Mail(const Arguments& arguments) {
  for (const Addressee& addressee : arguments.addressees) {
    recipients_.emplace_back(Text(addressee.mailbox.address), Text(addressee.mailbox.name), addressee.kind);
  }
  if (!arguments.raw) {
    compose(arguments);
    return;
  }
  content_.emplace(*arguments.raw);
  raw_.emplace(Text(arguments.envelope_sender), Recipients(recipients_.data(), recipients_.size()), *content_);
}

void Mail::compose(const Arguments& arguments) {
  for (const HeaderField& field : arguments.headers) headers_.push_back({Text(field.name), Text(field.value)});
  message_id_ = arguments.message_id.empty() ? new_message_id(arguments.from.address) : arguments.message_id;
  text_.emplace(view(arguments.from), Recipients(recipients_.data(), recipients_.size()), Text(arguments.subject),
                Text(arguments.text));
  text_->sender = Text(arguments.envelope_sender);
  text_->reply_to = view(arguments.reply_to);
  text_->message_id = Text(message_id_);
  text_->date = arguments.date != 0 ? arguments.date : posix::wall_clock(nullptr);
  text_->headers = headers_.data();
  text_->header_count = headers_.size();
}

Message& Mail::message() {
  if (text_) return *text_;
  return *raw_;
}

std::string Mail::date() const {
  char date[kDateSize];
  return text_ && text_->date != 0 ? std::string(format_date(text_->date, date)) : std::string();
}

std::uint64_t Mail::size() const { return content_ ? content_->length() : text_->text.size(); }

}  // namespace mailmote::cli
