// TCP over any object of the shape of Arduino's Client: WiFiClient, EthernetClient, a modem's client.
#ifndef MAILMOTE_ARDUINO_TCP_STREAM_HPP
#define MAILMOTE_ARDUINO_TCP_STREAM_HPP

#include "mailmote/stream.hpp"

namespace mailmote::arduino {

/// `NetClient` has connect(const char*, uint16_t), available(), read(uint8_t*, size_t), write(const uint8_t*, size_t),
/// connected() and stop(), as Arduino's Client. It must stay; nothing else may use it meanwhile. Nothing is allocated here.
///
/// What Arduino's interface does not offer cannot be had:
/// - connect() blocks, name look-up included, and so does open(): as long as the client's own timeout says (often 3 to
///   10 s; setTimeout() or setConnectionTimeout() change it). Some clients also block in write() or stop() for a moment.
///   All other calls return at once.
/// - it gives no reasons: a connection that does not come up is `unreachable`, whatever the cause; one that was reset
///   looks closed; native() is what connect() returned. local() and remote() are not known, so Options::helo is best set.
/// - it tells of no events: wait() asks to be called again after a few ms.
template <class NetClient>
class TcpStream final : public Stream {
 public:
  constexpr explicit TcpStream(NetClient& client) : client_(client) {}

 private:
  static constexpr Millis kLookAgain = 5;
  static constexpr std::size_t kMaxHost = 253;

  IoStatus do_open(const Endpoint& endpoint) override;
  IoStatus do_progress(Millis) override { return open_ ? IoStatus::ok : IoStatus::error; }
  IoResult do_read(MutableBytes into) override;
  IoResult do_write(ByteView from) override;
  IoStatus do_close() override;
  void do_abort() override;
  Interest do_wait() const override;
  IpEndpoint do_local() const override { return {}; }
  IpEndpoint do_remote() const override { return {}; }
  Status do_status() const override { return status_; }
  std::int32_t do_native() const override { return native_; }

  IoStatus fail(Status status, std::int32_t native = 0);
  bool has_input() { return client_.available() > 0; }

  NetClient& client_;
  std::int32_t native_ = 0;
  Status status_ = Status::ok;
  bool open_ = false;
  bool ended_ = false;  // the peer's end was read
  bool write_blocked_ = false;
};

template <class NetClient>
IoStatus TcpStream<NetClient>::fail(Status status, std::int32_t native) {
  status_ = status;
  native_ = native;
  return IoStatus::error;
}

template <class NetClient>
IoStatus TcpStream<NetClient>::do_open(const Endpoint& endpoint) {
  do_abort();
  status_ = Status::ok;
  native_ = 0;
  ended_ = write_blocked_ = false;
  char host[kMaxHost + 1];
  if (endpoint.host.empty() || endpoint.host.size() > kMaxHost) return fail(Status::name_not_found);
  host[endpoint.host.copy(host, kMaxHost)] = '\0';
  const int result = client_.connect(host, endpoint.port);
  open_ = result > 0;
  return open_ ? IoStatus::ok : fail(Status::unreachable, result);
}

// Octets may arrive with the end, behind the back of the first look.
template <class NetClient>
IoResult TcpStream<NetClient>::do_read(MutableBytes into) {
  if (!open_) return fail(Status::connection_reset);
  if (ended_) return IoStatus::closed;
  if (!has_input() && client_.connected()) return IoStatus::would_block;
  const int n = has_input() ? client_.read(into.data, into.size) : 0;
  if (n > 0) return {IoStatus::ok, static_cast<std::size_t>(n)};
  if (client_.connected()) return IoStatus::would_block;
  ended_ = true;
  return IoStatus::closed;
}

template <class NetClient>
IoResult TcpStream<NetClient>::do_write(ByteView from) {
  if (!open_) return fail(Status::connection_reset);
  const std::size_t n = client_.write(from.data, from.size);
  write_blocked_ = n == 0 && client_.connected();
  if (n > 0) return {IoStatus::ok, n};
  return write_blocked_ ? IoStatus::would_block : IoStatus::closed;
}

// Input that nobody has read would make many clients send a reset, which could overtake what was written.
template <class NetClient>
IoStatus TcpStream<NetClient>::do_close() {
  std::uint8_t waste[64];
  if (open_ && has_input() && client_.read(waste, sizeof waste) > 0) return IoStatus::would_block;
  do_abort();
  return IoStatus::ok;
}

template <class NetClient>
void TcpStream<NetClient>::do_abort() {
  if (open_) client_.stop();
  open_ = false;
}

template <class NetClient>
Interest TcpStream<NetClient>::do_wait() const {
  Interest interest(open_ && !ended_, open_ && write_blocked_);
  if (open_) interest.timeout = kLookAgain;
  return interest;
}

}  // namespace mailmote::arduino

#endif
