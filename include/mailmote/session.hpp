// The sans-I/O engine: octets in, octets out, time passed in. Client puts a Stream under it; it can be used alone.
#ifndef MAILMOTE_SESSION_HPP
#define MAILMOTE_SESSION_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/capabilities.hpp"
#include "mailmote/clock.hpp"
#include "mailmote/config.hpp"
#include "mailmote/detail/dot_stuffer.hpp"
#include "mailmote/detail/line_reader.hpp"
#include "mailmote/detail/reply_parser.hpp"
#include "mailmote/ip.hpp"
#include "mailmote/message.hpp"
#include "mailmote/options.hpp"
#include "mailmote/reply.hpp"
#include "mailmote/security.hpp"
#include "mailmote/status.hpp"

namespace mailmote {

class Sink;
enum class Sent : std::uint8_t;

/// What happens to the connection after the operation.
enum class After : std::uint8_t {
  quit = 0,  ///< QUIT rides along with the content; the connection is closed
  keep = 1,  ///< the connection stays open for the next mail
};

/// What a session is asked to do.
enum class Operation : std::uint8_t { none = 0, connect, send, noop, quit };

/// One SMTP session (RFC 5321) over windows that the application owns.
///
/// Drive it like this: prepare(), restart(), connected(); then, over and over: put what arrived into rx_space() and
/// rx_commit() it, step(now), send what tx_pending() shows and tx_consume() what was taken. wants_close() and wants_tls()
/// are looked at after every step, before anything is read or written. When the connection ends, step() until has_line()
/// is false and say lost(). When it has ended and finished() is false, either restart() and connected() begin anew what
/// is left, or give_up() ends the operation.
class Session {
 public:
  /// `rx` at least kMinRx octets, `tx` at least kMinTx; larger windows mean fewer calls, not other behaviour.
  constexpr Session(const Options& options, MutableBytes rx, MutableBytes tx) : tx_(tx), options_(&options), rx_(rx) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Checks everything that goes on the wire and stores what to do; it begins with connected() or, on a connection that
  /// is up, with resume(). `message` is for Operation::send only. ok, or window_too_small, what check(Options) says,
  /// no_recipients, invalid_sender, invalid_recipient; the recipients' results are reset by a send that is ok.
  Status prepare(Operation operation, Message* message, After after, Layout = {});

  /// The new connection is up, and in TLS where the route says implicit. `local` names its own end for EHLO. A route with
  /// STARTTLS has it done before anything else; the failure of a trial leaves finished() false.
  void connected(const IpAddress& local, const Route& route, Millis now);

  /// The server is ready for TLS (RFC 3207): not another octet in clear. Octets that are already in the rx window end the
  /// session with starttls_injection.
  bool wants_tls() const { return link_.out == Phase::tls; }

  /// The TLS handshake begins; and it has ended well after STARTTLS: what was learned in clear is forgotten.
  void securing();
  void secured(Millis now);

  /// Begins what was prepared on the connection that is up and ready.
  void resume(Millis now);

  /// The free part of the rx window. Empty while has_line(): step first.
  MutableBytes rx_space();
  void rx_commit(std::size_t n);

  /// Whether a whole line (or a full window) waits to be handled.
  bool has_line() const { return rx_.has_line(); }

  /// Handles at most kLinesPerPoll lines, then writes what may be written into the tx window, then looks at deadlines. The
  /// work is bounded: a step that has handled lines reads no content. True: it left content for another step, which should
  /// come before anything is sent, so that a group goes out in one piece.
  bool step(Millis now);

  /// The octets to send next. From this call on they count as offered to the stream: where they hold the last octet of
  /// the content's end mark, the outcome is unknown until the final reply (RFC 1047).
  ByteView tx_pending();
  void tx_consume(std::size_t n, Millis now);
  bool has_output() const { return output_.begin != output_.end - (link_.end_unconfirmed ? 1U : 0U); }

  /// Whether step() could do more without anything arriving.
  bool has_work() const { return has_line() || could_produce(); }

  /// The connection must be closed now, without another octet: the session ended.
  bool wants_close() const { return link_.closing; }

  /// Whether the operation has ended; then error() and the recipients are final.
  bool finished() const { return operation_ == Operation::none; }

  /// The connection is up and nothing is under way on it: resume() may be called.
  bool ready() const { return link_.ready && !link_.closing && !link_.quit_sent && link_.pending == 0 && link_.out == Phase::idle; }

  /// A new connection is about to be made, for what is left of the operation. Everything learned from an earlier
  /// connection is forgotten.
  void restart();

  /// The connection ended, or never came up, for this reason.
  void lost(Status status, std::int32_t native);

  /// What the stream said when it broke, where the server's reply explains why: kept beside that error.
  void note_native(std::int32_t native);

  /// Ends the operation after the connection has ended: recipients without a final word become not_sent or unknown.
  void give_up();
  void give_up(const Error& reason);

  /// Ends the operation at once for a reason of the caller's own: cancelled, operation_timeout, clear_text_refused.
  void fail(Status status);

  /// After the connection has ended, while finished() is false: something is left of the operation, and it may begin again
  /// on a new connection without the risk that a recipient gets the mail twice.
  bool may_restart() const;

  /// The server wants the rest of the recipients in another transaction, and this connection cannot have it any more.
  bool wants_reconnect() const { return link_.reconnect; }

  /// Milliseconds until the session must be stepped even if nothing arrives; kForever when there is no such moment.
  Millis time_left(Millis now) const;

  /// The recipients of the last send; none when the last operation had no message.
  Recipients recipients() const { return message_ == nullptr ? Recipients{} : message_->recipients; }

  /// Whether the server has taken the credentials on this connection, or the last one.
  bool authenticated() const { return link_.authenticated; }

  const Options& options() const { return *options_; }
  const Capabilities& capabilities() const { return link_.capabilities; }
  const Error& error() const { return error_; }

  /// The text of the reply that error() tells of, or of the last reply; cut at kReplyTextSize. Data from outside.
  Text reply_text() const { return {std::string_view(text_, text_size_)}; }

  /// The state: what is awaited, or Phase::idle.
  Phase phase() const { return link_.pending != 0 ? link_.in : finished() ? Phase::idle : link_.out; }

  /// How often, after the greeting, there was nothing to do but wait for the server.
  std::uint16_t round_trips() const { return link_.round_trips; }

 private:
  friend class Authenticator;
  friend struct ChunkingSteps;

  /// How far the command at `link_.out` is. Content has no command of its own, BDAT has all three.
  enum class Part : std::uint8_t { command, body, end };
  static constexpr std::size_t kNoMark = static_cast<std::size_t>(-1);

  // Functions that are inline stand in one file and are called from there only.

  // session.cpp: the engine room.
  inline void handle_line();
  inline void keep_text(const ReplyLine& line);
  inline void check_deadlines();
  void arm_write();
  void await(Phase phase);
  void arm_reply();
  void set_error(Status status, Phase phase, const Reply& reply);
  void settle_open(Progress progress);
  void close(Status status, Phase phase, const Reply& reply);
  void abandon(Status status, Phase phase, const Reply& reply);

  // replies.cpp: one on_<state> a state.
  void on_reply(const Reply& reply, bool cut);
  inline void dispatch(bool yes, const Reply& reply, bool cut);
  inline void on_unasked(const Reply& reply);
  inline void on_closing(Phase phase, const Reply& reply);
  inline void on_greeting(bool yes, const Reply& reply);
  inline void on_ehlo(bool yes, const Reply& reply);
  inline void on_helo(bool yes, const Reply& reply);
  inline void on_rset(bool yes, const Reply& reply);
  inline void on_mail(bool yes, const Reply& reply);
  inline void on_rcpt(bool yes, const Reply& reply);
  inline void on_data(bool yes, const Reply& reply);
  inline void on_final(bool yes, const Reply& reply);
  inline void on_noop(bool yes, const Reply& reply);
  void on_quit();
  inline void reject_chunking(Phase phase, const Reply& reply);
  inline void reject(Status status, Phase phase, const Reply& reply);
  inline void on_starttls(bool yes, const Reply& reply);
  void leave(Status status, Phase phase, const Reply& reply);
  inline void note(std::size_t index, const Reply& reply, Progress progress);
  inline void note_all(unsigned progress, const Reply& reply, Progress to);
  inline Phase following(Phase phase);

  // transaction.cpp: from one message to its end.
  void begin_operation();
  inline void begin_transaction();
  void begin_content();
  inline void begin_mail();
  inline Status start_source();
  void refuse_message(Status status);
  std::uint16_t next_with(unsigned progress, std::size_t from) const;
  std::uint16_t next_to_ask(std::size_t from) const;
  std::uint16_t next_in_transaction(std::size_t from) const;
  bool more_to_ask() const { return next_to_ask(first_) < message_->recipients.count; }
  bool abort_on_refusal() const { return options_->refused_recipient == RefusedRecipient::abort; }
  void settle_group();
  void conclude(bool proceed);
  void end_operation();

  // output.cpp: what is written.
  std::size_t room() const { return tx_.size - (output_.end - output_.begin); }
  bool pipelined() const { return options_->pipelining && link_.capabilities.has(Extension::pipelining); }
  inline bool may_send() const;
  bool could_produce() const;
  inline void look_through();
  bool produce(bool content);
  inline void compact();
  inline void commit_tx(std::size_t n, Sent kind);
  inline void compose();
  inline void write_part(Sink& sink) const;
  inline void put_parameters(Sink& sink, std::size_t whose) const;
  inline Sent kind_of_part() const;
  inline std::uint32_t size_to_announce() const;
  inline void composed();
  inline Phase next_command();
  inline void composed_content();
  inline void fill_body();
  inline void count_body(std::size_t n, bool end);
  void block_on_source();
  void forget_secrets();

  // In the order of their sizes: compilers for small cores reach what stands first with shorter instructions.

  /// What a new connection starts from.
  struct Connection {
    Phase out = Phase::idle;        // the next command
    Phase in = Phase::idle;         // the next reply
    Part part = Part::command;
    bool ready = false;             // EHLO or HELO was accepted
    bool closing = false;
    bool reconnect = false;
    bool quit_sent = false;         // QUIT was written
    bool mail_open = false;         // a transaction stands open at the server
    bool in_doubt = false;          // the end of the content was offered, its reply is due
    bool end_taken = false;         // the end of the content was taken by the stream
    bool end_unconfirmed = false;   // the last octet in tx waits until the source has said that it ended
    bool source_blocked = false;
    bool sent = false;              // something was sent since the last wait
    bool trial = false;             // a failure is not the operation's end
    Security security = Security::none;  // what is still to be done: STARTTLS
    bool secure = false;            // in TLS
    bool authenticated = false;
    bool bdat_failed = false;       // BDAT was refused
    std::uint16_t pending = 0;      // commands whose reply is due
    std::uint16_t mails = 0;        // transactions so far
    std::uint16_t round_trips = 0;
    Capabilities capabilities;
  };

  /// What a new transaction starts from.
  struct Transaction {
    bool begun = false;          // the source's start was
    bool failed = false;         // MAIL was refused
    bool refused = false;        // a recipient was refused
    bool bdat = false;           // the content goes by BDAT
    bool grouped = false;        // together with MAIL and RCPT
    bool counted = false;        // its content was, for BDAT
    std::uint16_t asked = 0;     // RCPT commands,
    std::uint16_t answered = 0;  // their replies,
    std::uint16_t taken = 0;     // and the recipients accepted
    std::uint32_t measured = 0;  // octets that were counted for BDAT
  };

  /// Where the tx window is: with a new connection, empty.
  struct Output {
    std::size_t begin = 0;       // of what is not sent yet
    std::size_t end = 0;
    std::size_t mark = kNoMark;  // behind the last octet of the content's end
    std::size_t skip = 0;        // octets of the command at `out` that are already in it
    Deadline deadline;
  };

  Operation operation_ = Operation::none;
  After after_ = After::quit;
  bool utf8_envelope_ = false;  // an address needs SMTPUTF8
  bool source_fresh_ = false;   // the source was started and nothing was read of it
  Transaction mail_;
  Connection link_;
  std::uint16_t first_ = 0;          // the first recipient that is not settled
  std::uint16_t recipient_out_ = 0;  // the next recipient to ask for
  std::uint16_t recipient_in_ = 0;   // the recipient whose reply is due
  std::uint16_t text_size_ = 0;
  Output output_;
  MutableBytes tx_;
  Message* message_ = nullptr;
  const Options* options_;
  ContentPlan plan_;  // length: octets that are still due
  Millis now_ = 0;
  Millis heard_ = 0;  // when the server last said something
  DotStuffer stuffer_;
  Deadline reply_deadline_;
  Error error_;
  LineReader rx_;
  ReplyParser reply_;
  IpAddress local_;
  char text_[kReplyTextSize] = {};
};

}  // namespace mailmote

#endif
