// TCP over the BSD socket API: Linux, the BSDs, and systems whose sockets are alike.
#ifndef MAILMOTE_POSIX_TCP_STREAM_HPP
#define MAILMOTE_POSIX_TCP_STREAM_HPP

#include "mailmote/client.hpp"
#include "mailmote/posix/detail/connector.hpp"
#include "mailmote/posix/detail/pollfd.hpp"
#include "mailmote/posix/tcp_options.hpp"
#include "mailmote/stream.hpp"

namespace mailmote::posix {

/// A TCP connection on a non-blocking socket. 400 octets on a 64-bit system.
///
/// The host may be a numeric IPv4 or IPv6 address (also "fe80::1%eth0"), or a name. A numeric address needs no heap. A name
/// is looked up by c-ares, which takes memory from the heap while it does: the hosts file first; then A and AAAA
/// side by side for a name with a dot; the search domains for a name without. A library that was built without c-ares uses
/// getaddrinfo(3) within open(), the one call here that then blocks: look_up_blocks().
///
/// Of several addresses (at most 16) two at a time race, IPv6 first, 250 ms apart (RFC 8305). When none answers, the error
/// is connection_refused if any of them refused, else the last one's.
///
/// status() is also bind_failed: see TcpOptions. native() is errno; after name_not_found and name_lookup_failed it is
/// c-ares's ARES_ number or getaddrinfo's EAI_ number; 0 when there is none.
class TcpStream final : public Stream {
 public:
  /// The most that descriptors() gives.
  static constexpr unsigned kMaxDescriptors = detail::Connector::kMaxDescriptors;

  constexpr TcpStream() : connector_(nullptr) {}
  constexpr explicit TcpStream(const TcpOptions& options) : connector_(&options) {}
  TcpStream(TcpOptions&&) = delete;  // it must stay
  ~TcpStream() { do_abort(); }

  /// Fills in what poll(2) is to be asked for now; `wait` is what the client waits for. Returns how many there are: one
  /// while open, several while a name is looked up and addresses race. They have changed when generation() has, even if
  /// the numbers are the same.
  unsigned descriptors(const Wait& wait, pollfd* into) const;
  unsigned generation() const { return connector_.generation(); }

  /// What poll(2) has just put into the list. Optional: it saves the next progress() a system call.
  void ready(const pollfd* list, unsigned count);

  /// The socket: the newest one while connecting; -1: none.
  int fd() const { return state_ == State::connecting ? connector_.fd() : fd_; }

 private:
  enum class State : std::uint8_t { closed, connecting, open, closing };

  static constexpr std::uint32_t kMostDiscarded = 1U << 20U;

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

  IoStatus opened(IoStatus status);
  void come_up();
  void send_syn();
  IoStatus fail(int error);
  IoStatus give_up(int error);
  void disable_delay();
  IoStatus discard_input();

  detail::Connector connector_;
  int fd_ = -1;
  std::int32_t native_ = 0;
  std::uint32_t discarded_ = 0;  // octets that arrived after the end was said
  int broken_ = 0;  // an error that the kernel reports only once and that is due after the last octet
  State state_ = State::closed;
  Status status_ = Status::ok;
  bool deferred_ = false;  // Fast Open: the SYN waits for the first octets
  bool write_blocked_ = false;
  bool quiet_ = false;     // nothing was written since the peer last spoke, and all that it said was read
  bool no_delay_ = false;
  bool ended_ = false;     // the peer's end was read
};

/// The transport status of an errno; `opening`: of a connection that is not up yet.
Status status_of_errno(int error, bool opening);

}  // namespace mailmote::posix

#endif
