// The mail that the command line describes.
#ifndef MAILMOTE_CLI_MAIL_HPP
#define MAILMOTE_CLI_MAIL_HPP

#include <optional>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "content.hpp"
#include "exit_code.hpp"
#include "mailmote/text_message.hpp"

namespace mailmote::cli {

/// Owns everything that the library only looks at. The arguments must outlive it.
class Mail {
 public:
  /// Reads the content of a whole message. Throws Failure.
  explicit Mail(const Arguments& arguments);

  Message& message();
  const std::vector<Recipient>& recipients() const { return recipients_; }

  /// As they stand in the header; empty in a message that came whole.
  const std::string& message_id() const { return message_id_; }
  std::string date() const;

  /// About how many octets its content has.
  std::uint64_t size() const;

 private:
  void compose(const Arguments& arguments);

  std::vector<Recipient> recipients_;
  std::vector<Header> headers_;
  std::string message_id_;
  std::optional<TextMessage> text_;
  std::optional<RawContent> content_;
  std::optional<RawMessage> raw_;
};

/// Writes the message as it would be sent to standard output. Throws Failure.
ExitCode print(Mail& mail);

}  // namespace mailmote::cli

#endif
