// A port to copy: put your name for `yours`, and your system's calls for net_*. docs/porting.md leads through it.
#ifndef MAILMOTE_YOURS_TCP_STREAM_HPP
#define MAILMOTE_YOURS_TCP_STREAM_HPP

#include "mailmote/stream.hpp"

namespace mailmote::yours {

/// A TCP connection of your system. Say here what it costs, from where it may be called, what native() is, and which
/// call of your system blocks, if there is one.
class TcpStream final : public Stream {
 public:
  constexpr TcpStream() = default;

 private:
  enum class State : std::uint8_t { closed, connecting, open, closing };

  IoStatus do_open(const Endpoint& endpoint) override;
  IoStatus do_progress(Millis now) override;
  IoResult do_read(MutableBytes into) override;
  IoResult do_write(ByteView from) override;
  IoStatus do_close() override;
  void do_abort() override;
  Interest do_wait() const override;
  IpEndpoint do_local() const override;
  IpEndpoint do_remote() const override;
  Status do_status() const override { return status_; }
  std::int32_t do_native() const override { return native_; }

  IoStatus fail(int error);

  int handle_ = -1;
  State state_ = State::closed;
  Status status_ = Status::ok;
  std::int32_t native_ = 0;
  bool write_blocked_ = false;
  bool ended_ = false;  // the peer's end was read
};

}  // namespace mailmote::yours

#endif
