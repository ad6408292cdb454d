// A server in memory that has nothing to compute: what it says, and when, is written down.
#ifndef MAILMOTE_BENCH_SCRIPTED_STREAM_HPP
#define MAILMOTE_BENCH_SCRIPTED_STREAM_HPP

#include "mailmote/stream.hpp"

/// What the server says as soon as what it was sent ends with `after`, `times` in a row.
struct Step {
  mailmote::Text after;  ///< at most 8 octets
  mailmote::Text says;
  std::size_t times = 1;
};

/// Goes through its steps, then closes the connection.
class ScriptedStream final : public mailmote::Stream {
 public:
  template <std::size_t N>
  constexpr ScriptedStream(const Step (&script)[N]) : step_(script), end_(script + N) {}  // NOLINT: implicit on purpose

 private:
  using IoStatus = mailmote::IoStatus;

  IoStatus do_open(const mailmote::Endpoint&) override { return IoStatus::ok; }
  IoStatus do_progress(mailmote::Millis) override { return IoStatus::ok; }
  mailmote::IoResult do_read(mailmote::MutableBytes into) override;
  mailmote::IoResult do_write(mailmote::ByteView from) override;
  IoStatus do_close() override { return IoStatus::ok; }
  void do_abort() override {}
  mailmote::Interest do_wait() const override { return {true, false, false}; }
  mailmote::IpEndpoint do_local() const override { return {}; }
  mailmote::IpEndpoint do_remote() const override { return {}; }
  mailmote::Status do_status() const override { return mailmote::Status::ok; }
  std::int32_t do_native() const override { return 0; }

  bool may_speak();

  const Step* step_;
  const Step* end_;
  std::size_t said_ = 0;   // octets of this step
  bool speaking_ = false;  // this step has begun
  char heard_[8] = {};     // the last octets that came in
};

#endif
