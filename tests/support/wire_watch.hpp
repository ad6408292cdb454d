// Follows a connection from outside and says what must have become of each recipient: the judge of a client's results.
#ifndef MAILMOTE_TESTS_SUPPORT_WIRE_WATCH_HPP
#define MAILMOTE_TESTS_SUPPORT_WIRE_WATCH_HPP

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailmote::test {

/// A recipient's lot by the octets that were offered to the network and the replies that the client could read.
enum class Fate : std::uint8_t {
  not_sent,  ///< no end of content was offered for it
  refused,   ///< refused at RCPT, or with the whole mail
  accepted,
  unknown,     ///< the end of its content was offered and no final reply was read
  unsettled,   ///< as unknown, but the server had ended it before: unknown and not sent are both true to the facts
};

class WireWatch {
 public:
  /// A new mail: forgets the recipients.
  void begin_mail() { fates_.clear(); }

  /// The next connection begins with so many octets of each end that are not SMTP: a proxy's dialogue.
  void lead_in(std::size_t client, std::size_t server);

  void connected();
  void client(std::string_view octets);
  void server(std::string_view octets);

  /// The connection is over: what hangs in the air stays in the air.
  void disconnected();

  Fate fate(const std::string& address) const;

  /// A breach that shows on the wire only: a recipient named again while its fate was unknown.
  const std::string& complaint() const { return complaint_; }

 private:
  enum class Kind : std::uint8_t { other, rset, mail, rcpt, data, content };
  struct Command {
    Kind kind;
    std::string address;
  };
  enum class Mode : std::uint8_t { commands, content, chunk };

  void command(const std::string& line);
  void begin_rcpt(const std::string& line);
  void begin_chunk(const std::string& line);
  void content_octet(char c);
  void end_content();
  void server_line(const std::string& line);
  void reply(unsigned code);
  void answer(const Command& command, unsigned code);
  void settle(Fate fate);

  std::map<std::string, Fate> fates_;
  std::vector<std::string> asked_;  // in this transaction, refused ones taken out
  std::deque<Command> pending_;
  std::string client_line_;
  std::string server_line_;
  std::string complaint_;
  Mode mode_ = Mode::commands;
  std::size_t chunk_left_ = 0;
  bool last_chunk_ = false;
  bool mail_refused_ = false;
  bool over_ = false;     // 421 or the refusal of RSET was read: what follows does not count
  bool broken_ = false;   // a reply that made no sense: what follows means nothing
  unsigned code_ = 0;     // of the reply under way
  std::size_t client_lead_ = 0;  // octets that are not SMTP and still to come
  std::size_t server_lead_ = 0;
};

}  // namespace mailmote::test

#endif
