// Client: a session over a stream, with deadlines. This is what applications use.
#ifndef MAILMOTE_CLIENT_HPP
#define MAILMOTE_CLIENT_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/message.hpp"
#include "mailmote/security.hpp"
#include "mailmote/session.hpp"
#include "mailmote/stream.hpp"

namespace mailmote {

struct SecuringFeature;

/// What poll() asks of its caller.
enum class Poll : std::uint8_t {
  again = 0,  ///< there is more to do at once
  wait = 1,   ///< nothing to do before wait() says so
  done = 2,   ///< the operation has just ended: outcome() and error() are final. Said once an operation
  idle = 3,   ///< nothing under way and nothing to clean up
};

/// What an operation found out about the credentials.
enum class CredentialCheck : std::uint8_t {
  valid = 0,           ///< the server took them
  invalid = 1,         ///< the server refused them for good
  could_not_tell = 2,  ///< it did not come to that, or the server refused them for now
};

/// What to wait for before the next poll(): until the stream is readable or writable as said, or `timeout` ms have
/// passed (kForever: no limit), whichever comes first.
struct Wait {
  Millis timeout = kForever;
  bool want_read = false;
  bool want_write = false;
};

/// An SMTP submission client. It owns nothing: stream, options and windows are the application's and must outlive it; the
/// message and its recipients must live until the operation is done and outcome() and advice() have been asked.
///
/// start() begins an operation, poll() moves it, and nothing else does; poll() never blocks and does a bounded amount of
/// work. When poll() has said done, the application may go on polling (a QUIT is answered in the background, up to 5 s)
/// until idle, or start the next operation at once.
class Client {
 public:
  constexpr Client(Stream& stream, const Options& options, MutableBytes rx, MutableBytes tx)
      : stream_(stream), session_(options, rx, tx) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Begins to send `message`, on the connection that is open or on a new one. ok: poll() until done. Otherwise nothing
  /// was begun: busy, window_too_small, no_host, invalid_host, invalid_helo, timeout_out_of_range, no_tls_layer,
  /// no_security_plan, no_recipients, invalid_sender, invalid_recipient. After done, error().status may be any Status.
  Status start(Message& message, After after = After::quit) { return begin(Operation::send, &message, after); }

  /// Begins to connect and to learn the capabilities; the connection stays open. Status as for start().
  Status connect() { return begin(Operation::connect, nullptr, After::keep); }

  /// Begins to connect anew, to learn the capabilities of each stage (Observer::on_line sees them) and to leave with QUIT:
  /// no transaction is opened. With Options::auth it logs in as well. Status as for start().
  Status get_capabilities();

  /// The same, to find out whether Options::auth is right: see credentials() when it is done. Status as for start(), or
  /// nothing_to_do where there is no Options::auth.
  Status validate_credentials() { return options().auth != nullptr ? get_capabilities() : Status::nothing_to_do; }

  /// What the last operation found out about the credentials; when could_not_tell, error() says why.
  CredentialCheck credentials() const;

  /// Begins a NOOP, on the connection that is open or on a new one. Status as for start().
  Status noop() { return begin(Operation::noop, nullptr, After::keep); }

  /// Begins an orderly end of the open connection: QUIT. ok, busy, or nothing_to_do.
  Status quit();

  /// Moves the operation: at most one read and one write of the stream and kLinesPerPoll lines.
  Poll poll(Millis now);

  /// What to wait for after poll() said wait. Calling poll() earlier or more often does no harm.
  Wait wait(Millis now) const;

  /// Ends the operation and the connection at once, without blocking. The outcome is not_sent or unknown by what was
  /// sent so far, and poll() will not say done for it. The client can be used again.
  void cancel();

  /// The last operation's result. `error().status` is ok when nothing went wrong; with refused recipients it is
  /// recipients_rejected even though others were accepted.
  Outcome outcome() const;
  const Error& error() const { return session_.error(); }

  /// What to do next. Linked when named.
  Advice advice() const { return advise(outcome(), error(), session_.recipients()); }

  /// What the server offered in the last EHLO; kept after the connection has ended.
  const Capabilities& capabilities() const { return session_.capabilities(); }

  /// How the last connection was secured: none, starttls or implicit.
  Security security() const { return security_; }

  /// Whether a connection is open and ready for the next operation.
  bool connected() const { return link_ == Link::open && task_ == Task::none && session_.ready(); }

  /// The engine, for its phase, reply text and round trips.
  const Session& session() const { return session_; }

 private:
  friend struct SecuringSteps;

  /// `due`: the next poll makes a connection.
  enum class Link : std::uint8_t { closed, due, opening, securing, open, closing };

  /// `begun`: its first poll is still to come. None when its end was reported.
  enum class Task : std::uint8_t { none, begun, running };

  const Options& options() const { return session_.options(); }

  // Functions that are inline stand in one file and are called from there only.
  Status begin(Operation operation, Message* message, After after, Layout = {});
  inline void launch(Millis now);
  inline void open(Millis now);
  inline void advance(IoStatus status, Millis now);
  inline void on_open(Millis now);
  void greet(Millis now);
  Millis bound(Millis timeout) const;
  inline void stop(Status status);
  inline void pump(Millis now);
  inline void receive();
  inline void transmit(Millis now);
  void on_lost(Status status);
  void begin_close(Millis now);
  inline void close(Millis now);
  inline void after_close();
  inline void drop();
  bool may_be_clear() const;
  inline bool wants_write(const Interest& interest) const;
  inline Poll report();

  Link link_ = Link::closed;
  Task task_ = Task::none;
  bool reused_ = false;         // it began on a connection that was open
  bool stepping_ = false;       // the next poll goes on with content before it reads or writes
  bool write_failed_ = false;   // the stream takes nothing more; what the server said may still be read
  bool write_blocked_ = false;  // the last write said would_block
  Security security_ = Security::none;
  Status end_ = Status::ok;     // why the stream delivers nothing more; ok while it does
  Route route_;                 // of the connection
  const SecuringFeature* securing_ = nullptr;  // null: without TLS
  Stream& stream_;
  Deadline operation_deadline_;
  Deadline link_deadline_;  // of connecting, TLS, draining or closing
  Session session_;
};

/// A client's windows, and nothing else: `ClientBuffer<512, 512> buffer; Client client(stream, options, buffer.rx(),
/// buffer.tx());`. Rx at least 128 octets (256 with AUTH), tx at least 64.
template <std::size_t Rx, std::size_t Tx>
class ClientBuffer {
 public:
  static_assert(Rx >= kMinRx && Tx >= kMinTx, "windows too small: rx at least 128, tx at least 64 octets");
  constexpr MutableBytes rx() { return {rx_, Rx}; }
  constexpr MutableBytes tx() { return {tx_, Tx}; }

 private:
  std::uint8_t rx_[Rx] = {};
  std::uint8_t tx_[Tx] = {};
};

}  // namespace mailmote

#endif
