// TCP over lwIP's raw API, for lwIP 2.1 and later with or without an operating system.
#ifndef MAILMOTE_LWIP_TCP_STREAM_HPP
#define MAILMOTE_LWIP_TCP_STREAM_HPP

#include "lwip/err.h"
#include "lwip/ip_addr.h"
#include "mailmote/stream.hpp"

struct pbuf;
struct tcp_pcb;

namespace mailmote::lwip {

/// A TCP connection of lwIP's raw API. Memory comes from lwIP's own pools, nothing else is allocated: one pcb, the
/// segments that are under way, and the pbufs that arrived. What has arrived and is not read yet keeps the receive
/// window closed, so that a peer cannot send more than lwIP has room for.
///
/// lwIP is not thread-safe: every call belongs where lwIP runs. With NO_SYS=1 that is the main loop; with an operating
/// system it is the tcpip thread, or anywhere with LOCK_TCPIP_CORE() around Client::poll().
///
/// The host may be a numeric address, or, with LWIP_DNS=1, a name, for which lwIP gives one address. A failed look-up
/// is always name_lookup_failed: lwIP does not say whether the name or the name server was missing. Without an answer
/// to its SYNs lwIP gives up after TCP_SYNMAXRTX attempts: unreachable.
///
/// native() is lwIP's err_t. There is no destructor: abort() before the object goes away.
class TcpStream final : public Stream {
 public:
  constexpr TcpStream() = default;

  /// What would move now. A main loop that sleeps until an interrupt may sleep while nothing of what Client::wait()
  /// wants is ready; it looks again after each event of lwIP.
  Interest ready() const;

 private:
  enum class State : std::uint8_t { closed, resolving, connecting, open, closing, failed };

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
  IoStatus connect_to(const ip_addr_t& address);
  IoStatus fail(Status status, err_t error);
  void begin_close();
  bool shut_down();
  IoStatus finish_close();
  void on_resolved(const ip_addr_t* address);
  void on_error(err_t error);
  err_t on_received(pbuf* chain);
  void on_end();
  void forget_input();
  void connect_callbacks(TcpStream* self);
  void drop_pcb();
  void leave_waiting_list();

  static void resolved(const char* name, const ip_addr_t* address, void* ticket);
  static err_t connected(void* self, tcp_pcb* pcb, err_t error);
  static err_t received(void* self, tcp_pcb* pcb, pbuf* chain, err_t error);
  static void failed(void* self, err_t error);

  static TcpStream* waiting_;       // the streams that wait for a name
  static std::uintptr_t tickets_;  // look-ups begun so far

  tcp_pcb* pcb_ = nullptr;
  pbuf* input_ = nullptr;  // arrived and not read yet
  TcpStream* next_waiting_ = nullptr;
  std::uintptr_t ticket_ = 0;
  std::uint16_t port_ = 0;
  State state_ = State::closed;
  Status status_ = Status::ok;
  err_t native_ = ERR_OK;
  bool opening_ = false;  // what open() or progress() said last is would_block
  bool ended_ = false;    // the peer's end arrived
  bool shut_ = false;     // while closing: our end is under way
  bool end_was_read_ = false;
  bool write_blocked_ = false;
};

}  // namespace mailmote::lwip

#endif
