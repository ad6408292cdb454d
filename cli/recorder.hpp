// Keeps what the server said, and passes everything on to a trace and a progress line.
#ifndef MAILMOTE_CLI_RECORDER_HPP
#define MAILMOTE_CLI_RECORDER_HPP

#include <string>
#include <vector>

#include "mailmote/observer.hpp"
#include "progress.hpp"
#include "trace.hpp"

namespace mailmote::cli {

/// A reply in full length; the library itself keeps only the beginning of one.
struct SeenReply {
  Phase phase = Phase::idle;
  std::uint16_t code = 0;
  bool complete = false;
  std::vector<std::string> lines;  ///< without code

  std::string text() const;
};

class Recorder final : public Observer {
 public:
  explicit Recorder(std::size_t recipients) : recipients_(recipients) {}

  void set_trace(Trace* trace) { trace_ = trace; }
  void set_progress(Progress* progress) { progress_ = progress; }

  /// The first reply with this code in this phase; null when there was none.
  const SeenReply* find(Phase phase, std::uint16_t code) const;

  /// The reply that ended the content; null when there was none.
  const SeenReply* final_reply() const;

  /// The last reply, whole or not; null when there was none.
  const SeenReply* last() const { return replies_.empty() ? nullptr : &replies_.back(); }

  /// The capability lines of the last EHLO that was accepted.
  std::vector<std::string> capabilities() const;

  /// The capability lines of each EHLO that was accepted in the last connection.
  std::vector<std::vector<std::string>> stages() const;

  /// The text of the reply that decided about this recipient; empty when there was none.
  const std::string& recipient_text(std::size_t index) const { return recipients_[index]; }

 private:
  void on_line(Phase phase, ByteView line, bool cut) override;
  void on_sent(Phase phase, ByteView octets, Sent kind) override;
  void on_recipient(std::size_t index, const Reply& reply) override;

  std::vector<SeenReply> replies_;
  std::vector<std::string> recipients_;
  Trace* trace_ = nullptr;
  Progress* progress_ = nullptr;
};

}  // namespace mailmote::cli

#endif
