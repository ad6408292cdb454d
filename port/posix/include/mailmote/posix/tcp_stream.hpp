// TCP over the BSD socket API: Linux, the BSDs, and systems whose sockets are alike.
#ifndef MAILMOTE_POSIX_TCP_STREAM_HPP
#define MAILMOTE_POSIX_TCP_STREAM_HPP

#include "mailmote/stream.hpp"

struct addrinfo;

namespace mailmote::posix {

/// A TCP connection on a non-blocking socket. 72 octets on a 64-bit system, no heap of its own.
///
/// The host may be a numeric IPv4 or IPv6 address, or a name. A name is looked up by getaddrinfo(3) within open(): the
/// one call here that blocks and that allocates. Its addresses are tried one after the other until one answers; when
/// none does, the error is connection_refused if any of them refused, else the last one's.
///
/// native() is errno; after name_not_found and name_lookup_failed it is getaddrinfo's EAI_ number.
class TcpStream final : public Stream {
 public:
  constexpr TcpStream() = default;
  ~TcpStream() { do_abort(); }

  /// The descriptor to wait for; -1: none. When generation() has changed it is another one, maybe of the same number.
  int fd() const { return fd_; }
  unsigned generation() const { return generation_; }

  /// What poll(2) has just reported for fd() in `revents`. Optional: it saves the next progress() a system call.
  void ready(short revents);

 private:
  enum class State : std::uint8_t { closed, connecting, open, closing };
  union Address;

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

  IoStatus look_up(const char* host);
  IoStatus connect_next();
  IoStatus connect_to(const Address& address);
  IoStatus refused(int error);
  IoStatus came_up();
  IoStatus fail(int error);
  IoStatus give_up(int error);
  void disable_delay();
  bool all_delivered() const;
  IoStatus discard_input();
  void release_addresses();

  addrinfo* addresses_ = nullptr;  // what a look-up gave, until one of them answers
  addrinfo* next_ = nullptr;
  int fd_ = -1;
  unsigned generation_ = 0;
  std::int32_t native_ = 0;
  int broken_ = 0;  // an error that the kernel reports only once and that is due after the last octet
  IpEndpoint remote_;
  std::uint16_t port_ = 0;
  State state_ = State::closed;
  Status status_ = Status::ok;
  bool fresh_ = false;     // open() was the last call
  bool writable_ = false;  // poll(2) said so while connecting
  bool write_blocked_ = false;
  bool quiet_ = false;     // nothing was written since the peer last spoke, and all that it said was read
  bool no_delay_ = false;
  bool ended_ = false;     // the peer's end was read
};

/// The transport status of an errno; `opening`: of a connection that is not up yet.
Status status_of_errno(int error, bool opening);

/// The transport status of what getaddrinfo returned: name_not_found or name_lookup_failed.
Status status_of_lookup(int result);

}  // namespace mailmote::posix

#endif
