// A stream over the board's own functions: what a port needs at the least.
#ifndef MAILMOTE_EXAMPLES_BOARD_STREAM_HPP
#define MAILMOTE_EXAMPLES_BOARD_STREAM_HPP

#include "board.h"
#include "mailmote/client.hpp"

class BoardStream final : public mailmote::Stream {
 public:
  constexpr BoardStream() = default;

 private:
  using IoStatus = mailmote::IoStatus;

  IoStatus do_open(const mailmote::Endpoint& endpoint) override {
    return from_number(board_connect(endpoint.host.data(), endpoint.host.size(), endpoint.port));
  }
  IoStatus do_progress(mailmote::Millis) override { return from_number(board_connected()); }
  mailmote::IoResult do_read(mailmote::MutableBytes into) override {
    return moved(board_read(into.data, into.size), false);
  }
  mailmote::IoResult do_write(mailmote::ByteView from) override {
    return moved(board_write(from.data, from.size), true);
  }
  IoStatus do_close() override { return from_number(board_close()); }
  void do_abort() override { board_reset(); }
  mailmote::Interest do_wait() const override { return {true, write_blocked_, false}; }
  mailmote::IpEndpoint do_local() const override { return {}; }
  mailmote::IpEndpoint do_remote() const override { return {}; }
  mailmote::Status do_status() const override {
    return native_ == 0 ? mailmote::Status::ok : mailmote::Status::transport_error;
  }
  std::int32_t do_native() const override { return native_; }

  IoStatus from_number(int number) {
    switch (number) {
      case BOARD_BUSY: return IoStatus::would_block;
      case BOARD_CLOSED: return IoStatus::closed;
      case BOARD_OK: return IoStatus::ok;
      default: native_ = number; return IoStatus::error;
    }
  }
  mailmote::IoResult moved(int number, bool writing) {
    if (writing) write_blocked_ = number == BOARD_BUSY;
    if (number > 0) return {IoStatus::ok, static_cast<std::size_t>(number)};
    return {from_number(number), 0};
  }

  std::int32_t native_ = 0;
  bool write_blocked_ = false;
};

/// Sleeps until the client has something to do again.
inline void sleep_until_needed(const mailmote::Client& client) {
  const mailmote::Wait wait = client.wait(board_ms());
  if (wait.timeout != 0) board_sleep(wait.timeout);
}

#endif
