// Hooks that see what goes on: trace, raw reply lines, results as they arrive.
#ifndef MAILMOTE_OBSERVER_HPP
#define MAILMOTE_OBSERVER_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/reply.hpp"
#include "mailmote/status.hpp"

namespace mailmote {

/// What a piece of output is; by the writer's state, not by looking at the octets.
enum class Sent : std::uint8_t {
  command,  ///< octets of commands, with their CRLF; a command may come in several pieces
  secret,   ///< octets of a credential: never shown
  content,  ///< octets of the message as they go out, with stuffed dots
};

/// The application derives from this and gives it in Options::observer. Every hook is called from poll() and must return
/// soon; it must not call back into the client. What is handed over is valid during the call only.
class Observer {
 public:
  /// One line of a reply as it came, without CRLF. `cut`: it was longer than the rx window and the rest is dropped.
  /// In Phase::ehlo these are the raw capability lines.
  virtual void on_line(Phase phase, ByteView line, bool cut) {
    static_cast<void>(phase);
    static_cast<void>(line);
    static_cast<void>(cut);
  }

  /// Octets that were put into the tx window.
  virtual void on_sent(Phase phase, ByteView octets, Sent kind) {
    static_cast<void>(phase);
    static_cast<void>(octets);
    static_cast<void>(kind);
  }

  /// The server's word on recipient `index`: its RCPT reply, or the reply that decided about the whole mail.
  virtual void on_recipient(std::size_t index, const Reply& reply) {
    static_cast<void>(index);
    static_cast<void>(reply);
  }

 protected:
  constexpr Observer() = default;
  ~Observer() = default;
};

/// Writes `octets` so that a terminal or a log can hold them: printable ASCII and well-formed UTF-8 without control
/// characters as they are, everything else (C0, C1, DEL, the backslash, stray bytes) as \xNN. Writes at most `size` - 1
/// characters and a NUL, never a part of an escape; returns what was written. Linked when named.
Text escape(ByteView octets, char* out, std::size_t size);

}  // namespace mailmote

#endif
