// An SMTP server that thinks: it takes commands strictly, offers what it is told to, keeps what it accepted, and answers
// otherwise where a test says so.
#ifndef MAILMOTE_TESTS_SUPPORT_VIRTUAL_SERVER_HPP
#define MAILMOTE_TESTS_SUPPORT_VIRTUAL_SERVER_HPP

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "support/peer.hpp"
#include "support/virtual_login.hpp"

namespace mailmote::test {

/// What a server says to a command (or in greeting, or to content) and does then.
struct Answer {
  std::string reply;  ///< whole lines with CRLF; the first digit decides what the server does. Empty: it falls silent
  Millis delay = 0;
  Ending ending = Ending::none;
};

/// A message that the server accepted.
struct Stored {
  std::string sender;
  std::vector<std::string> recipients;
  std::string content;  ///< without stuffed dots
  bool chunked = false;
};

class VirtualServer final : public Peer {
 public:
  std::vector<std::string> extensions = {"PIPELINING", "SIZE 1000000", "8BITMIME", "SMTPUTF8"};

  /// Who may log in; what is offered stands in `extensions`. With `login_required` nobody sends a mail without it.
  VirtualLogin login;
  bool login_required = false;
  bool login_in_clear = false;  ///< whether the client was permitted to log in without TLS
  bool implicit_tls = false;

  /// Changes an answer before it is given. `about`: "greeting", "content", "chunk", "response" and "cancel" (of a
  /// login), or the command as it came.
  std::function<void(const std::string& about, Answer& answer)> hook;

  /// Off: it takes what a client does wrong without complaint.
  bool strict = true;

  /// Refuses connections.
  bool down = false;

  const std::vector<Stored>& stored() const { return stored_; }

  /// How often `recipient` got a message with this content.
  std::size_t copies(const std::string& recipient, const std::string& content) const;

  /// The content that was accepted last, for a failure message.
  std::string last_content() const;

  /// Commands of all connections, in their order.
  const std::vector<std::string>& commands() const { return commands_; }
  std::size_t connections() const { return connections_; }

  /// Whether the client of the last connection was told that it is logged in.
  bool logged_in() const { return logged_in_; }

  void forget() {
    stored_.clear();
    commands_.clear();
  }

  bool connect() override;
  void receive(std::string_view octets, bool unread) override;
  void disconnect() override;
  std::optional<Handshake> handshake() override;
  std::optional<Speech> speak() override;

 private:
  enum class State : std::uint8_t { gone, commands, login, content, chunk };

  bool offers(const std::string& keyword) const;
  void octet(char c, bool unread);
  void command_octet(char c);
  void content_octet(char c, bool unread);
  void chunk_octet(char c);
  void content_line(const std::string& line);
  unsigned say(const std::string& about, const std::string& reply, Ending ending = Ending::none);
  void login_octet(char c, bool blind);
  void greet();
  void command(const std::string& line);
  void on_auth(const std::string& line);
  void answer_login(const std::string& about, const std::string& reply);
  void on_hello(const std::string& line, bool extended);
  void on_mail(const std::string& line);
  void on_rcpt(const std::string& line);
  void on_data(const std::string& line);
  void on_bdat(const std::string& line);
  void end_chunk();
  void check_parameters(const std::string& line);
  void keep(bool chunked);
  bool forgiven() const { return reset_refused_ && blind_; }  // the client cannot know that the transaction is open
  void reset();
  void fault(const std::string& what) {
    if (strict) complain("server: " + what);
  }

  std::deque<Speech> said_;
  std::vector<Stored> stored_;
  std::vector<std::string> commands_;
  Stored mail_;
  std::string line_;
  State state_ = State::gone;
  std::size_t chunk_left_ = 0;
  std::size_t connections_ = 0;
  bool secure_ = false;
  bool logged_in_ = false;
  bool login_failed_ = false;   // for good
  bool last_chunk_ = false;
  bool chunk_taken_ = false;
  bool mail_open_ = false;
  bool chunks_begun_ = false;
  bool utf8_ = false;           // the last MAIL said SMTPUTF8
  bool reset_refused_ = false;
  bool blind_ = false;          // the command under way was begun before the client had read all replies
  bool leaving_ = false;        // it has said its last word
  bool must_wait_ = false;      // the last command may be followed by nothing before its reply was read
};

}  // namespace mailmote::test

#endif
