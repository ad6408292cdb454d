// The lwIP port and its other end on one LwipStack.
#ifndef MAILMOTE_TESTS_CONTRACT_LWIP_LINK_HPP
#define MAILMOTE_TESTS_CONTRACT_LWIP_LINK_HPP

#include <lwip/pbuf.h>
#include <lwip/tcp.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>

#include "contract/far_end.hpp"
#include "contract/lwip_stack.hpp"
#include "mailmote/lwip/tcp_stream.hpp"

namespace mailmote::contract {

/// `Loss`: LwipStack::loss. `Scarcity`: LwipStack::scarcity.
template <int Version, unsigned Loss, unsigned Scarcity = 0>
class LwipLink {
 public:
  LwipLink() {
    stack_.reset();
    stack_.loss = Loss;
    stack_.scarcity = Scarcity;
    listener_ = tcp_new_ip_type(IPADDR_TYPE_ANY);
    tcp_bind(listener_, IP_ANY_TYPE, 0);
    listener_ = tcp_listen(listener_);
    tcp_arg(listener_, this);
    tcp_accept(listener_, [](void* self, tcp_pcb* pcb, err_t) { return static_cast<LwipLink*>(self)->accept(pcb); });
  }

  ~LwipLink() {
    stream_.abort();
    drop_peer();
    tcp_close(listener_);
  }

  bool answers_look_ups = true;  ///< that there is no such name

  std::string why_unavailable() const { return {}; }
  lwip::TcpStream& stream() { return stream_; }
  FarEnd& far() { return far_; }
  bool abort_is_noticed() const { return Loss + Scarcity == 0; }
  Millis now() const { return stack_.now; }

  Endpoint listening() {
    stack_.deaf = false;
    return neighbour_at(listener_->local_port);
  }
  Endpoint refusing() const { return neighbour_at(9); }
  std::optional<Endpoint> without_address() const { return Endpoint{"no.such.name", 25}; }
  std::optional<Endpoint> without_route() {
    stack_.set_up(false);
    return neighbour_at(9);
  }
  std::optional<Endpoint> silent() {
    stack_.deaf = true;
    return neighbour_at(9);
  }

  // lwIP's events come first: without memory, ready() can only say that another attempt may be made.
  bool sleep(const Interest& interest) {
    if (!stack_.deliver()) stack_.pass(50);
    return until([&] {
      const Interest ready = stream_.ready();
      return (interest.read && ready.read) || (interest.write && ready.write);
    });
  }

  bool until(const std::function<bool()>& condition) {
    if (far_.connected != (peer_ != nullptr) && !far_.ended && !far_.saw_end && !far_.saw_reset) drop_peer();
    for (int idle = 0; idle < 3000;) {
      play_far_end();
      while (answers_look_ups && !stack_.look_ups.empty()) stack_.answer(nullptr);
      if (condition()) return true;
      const bool delivered = stack_.deliver();
      if (!delivered) ++idle;
      stack_.pass(delivered ? 1 : 50);
    }
    return false;
  }

 private:
  static Endpoint neighbour_at(std::uint16_t port) { return {Version == 4 ? "10.0.0.2" : "fd00::2", port}; }

  err_t accept(tcp_pcb* pcb) {
    drop_peer();
    peer_ = pcb;
    far_.connected = true;
    tcp_arg(pcb, this);
    tcp_recv(pcb, [](void* self, tcp_pcb*, pbuf* chain, err_t) { return static_cast<LwipLink*>(self)->hear(chain); });
    tcp_err(pcb, [](void* self, err_t error) { static_cast<LwipLink*>(self)->lose(error); });
    return ERR_OK;
  }

  err_t hear(pbuf* chain) {
    if (chain == nullptr) {
      heard_end_ = true;
      return ERR_OK;
    }
    if (unread_ != nullptr && unread_->tot_len + chain->tot_len > 0xffff) return ERR_MEM;
    if (unread_ == nullptr) {
      unread_ = chain;
    } else {
      pbuf_cat(unread_, chain);
    }
    return ERR_OK;
  }

  void lose(err_t error) {
    peer_ = nullptr;
    far_.saw_reset = error != ERR_CLSD;
  }

  void play_far_end() {
    if (!far_.connected) return;
    if (far_.reads && unread_ != nullptr) take_unread();
    if (far_.reads && heard_end_) far_.saw_end = true;
    if (peer_ == nullptr) return;
    say();
    if (far_.ended || !far_.to_send.empty() || peer_->snd_queuelen != 0) return;
    if (far_.ending == Ending::reset) {
      drop_peer();
      far_.ended = true;
    } else if (far_.ending == Ending::finish || far_.saw_end) {
      far_.ended = tcp_shutdown(peer_, 0, 1) == ERR_OK;
    }
  }

  void take_unread() {
    std::string piece(unread_->tot_len, '\0');
    pbuf_copy_partial(unread_, piece.data(), unread_->tot_len, 0);
    far_.received += piece;
    if (peer_ != nullptr) tcp_recved(peer_, unread_->tot_len);
    pbuf_free(unread_);
    unread_ = nullptr;
  }

  void say() {
    const auto n = static_cast<u16_t>(std::min<std::size_t>({far_.to_send.size(), tcp_sndbuf(peer_), 4000}));
    if (far_.ended || n == 0 || tcp_write(peer_, far_.to_send.data(), n, TCP_WRITE_FLAG_COPY) != ERR_OK) return;
    far_.to_send.erase(0, n);
    tcp_output(peer_);
  }

  void drop_peer() {
    if (peer_ != nullptr) {
      tcp_arg(peer_, nullptr);
      tcp_recv(peer_, nullptr);
      tcp_err(peer_, nullptr);
      tcp_abort(peer_);
    }
    if (unread_ != nullptr) pbuf_free(unread_);
    peer_ = nullptr;
    unread_ = nullptr;
    heard_end_ = false;
  }

  LwipStack& stack_ = LwipStack::instance();
  lwip::TcpStream stream_;
  FarEnd far_;
  tcp_pcb* listener_ = nullptr;
  tcp_pcb* peer_ = nullptr;
  pbuf* unread_ = nullptr;
  bool heard_end_ = false;
};

}  // namespace mailmote::contract

#endif
