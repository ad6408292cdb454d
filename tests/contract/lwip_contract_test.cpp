// The lwIP port on lwIP itself, in this process, without threads and on a virtual clock.
//
// The network is one interface that sends every TCP segment back with source and destination exchanged: what goes to
// the neighbour address comes from the neighbour address, so that both ends of a connection live in this one stack.
#ifdef MAILMOTE_HAS_LWIP

#include <lwip/init.h>
#include <lwip/ip.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <lwip/prot/ip4.h>
#include <lwip/prot/ip6.h>
#include <lwip/tcp.h>
#include <lwip/timeouts.h>

#include <deque>

#include "contract/stream_contract.hpp"
#include "mailmote/lwip/tcp_stream.hpp"

namespace {

u32_t virtual_now = 0;

}  // namespace

// lwIP's own clock is replaced by the virtual one.
extern "C" u32_t sys_now() { return virtual_now; }

namespace mailmote::contract {
namespace {

// The interface. `loss` in a thousand segments are lost, as many come twice, as many late.
class Mirror {
 public:
  static Mirror& instance() {
    static Mirror mirror;
    return mirror;
  }

  unsigned loss = 0;
  bool deaf = false;  // nothing gets through

  void set_up(bool up) { up ? netif_set_up(&interface_) : netif_set_down(&interface_); }

  // Delivers one segment; false: there is none.
  bool deliver() {
    if (segments_.empty()) return false;
    const std::string segment = segments_.front();
    segments_.pop_front();
    if (deaf || by_chance()) return true;
    if (by_chance()) segments_.push_back(segment);
    if (by_chance()) {
      segments_.push_back(segment);
      return true;
    }
    pbuf* copy = pbuf_alloc(PBUF_RAW, static_cast<u16_t>(segment.size()), PBUF_RAM);
    pbuf_take(copy, segment.data(), copy->len);
    if (interface_.input(copy, &interface_) != ERR_OK) pbuf_free(copy);
    return true;
  }

  void clear() { segments_.clear(); }

 private:
  Mirror() {
    lwip_init();
    ip4_addr_t address, mask, gateway;
    IP4_ADDR(&address, 10, 0, 0, 1);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    IP4_ADDR(&gateway, 0, 0, 0, 0);
    netif_add(&interface_, &address, &mask, &gateway, this, &Mirror::init, &ip_input);
    ip_addr_t v6;
    ipaddr_aton("fd00::1", &v6);
    netif_ip6_addr_set(&interface_, 0, ip_2_ip6(&v6));
    netif_ip6_addr_set_state(&interface_, 0, IP6_ADDR_PREFERRED);
    netif_set_link_up(&interface_);
    netif_set_up(&interface_);
  }

  static err_t init(netif* interface) {
    interface->mtu = 1500;
    interface->output = [](netif* self, pbuf* packet, const ip4_addr_t*) { return of(self)->take(packet); };
    interface->output_ip6 = [](netif* self, pbuf* packet, const ip6_addr_t*) { return of(self)->take(packet); };
    return ERR_OK;
  }

  static Mirror* of(netif* interface) { return static_cast<Mirror*>(interface->state); }

  err_t take(pbuf* packet) {
    std::string octets(packet->tot_len, '\0');
    pbuf_copy_partial(packet, octets.data(), packet->tot_len, 0);
    const bool is_v6 = (octets[0] & 0xf0) == 0x60;
    const std::size_t protocol_at = is_v6 ? 6 : 9, source_at = is_v6 ? 8 : 12, size = is_v6 ? 16 : 4;
    if (octets[protocol_at] != IP_PROTO_TCP) return ERR_OK;
    std::swap_ranges(octets.begin() + source_at, octets.begin() + source_at + size, octets.begin() + source_at + size);
    segments_.push_back(octets);
    return ERR_OK;
  }

  bool by_chance() { return random_() % 1000 < loss; }

  netif interface_{};
  std::deque<std::string> segments_;
  std::mt19937 random_{5};
};

}  // namespace

template <int Version, unsigned Loss>
class LwipLink {
 public:
  LwipLink() {
    mirror_.loss = Loss;
    mirror_.deaf = false;
    mirror_.set_up(true);
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
    mirror_.clear();
  }

  std::string why_unavailable() const { return {}; }
  Stream& stream() { return stream_; }
  FarEnd& far() { return far_; }
  Millis now() const { return virtual_now; }

  Endpoint listening() const { return {neighbour(), listener_->local_port}; }
  Endpoint refusing() const { return {neighbour(), 9}; }
  std::optional<Endpoint> without_address() const { return Endpoint{"no.such.name", 25}; }
  std::optional<Endpoint> without_route() {
    mirror_.set_up(false);
    return listening();
  }
  std::optional<Endpoint> silent() {
    mirror_.deaf = true;
    return listening();
  }

  bool sleep(const Interest& interest) {
    return until([&] {
      const Interest ready = stream_.ready();
      return (interest.read && ready.read) || (interest.write && ready.write);
    });
  }

  bool until(const std::function<bool()>& condition) {
    if (far_.connected != (peer_ != nullptr) && !far_.ended && !far_.saw_end && !far_.saw_reset) drop_peer();
    for (int idle = 0; idle < 3000;) {
      play_far_end();
      if (condition()) return true;
      if (mirror_.deliver()) continue;
      ++idle;
      virtual_now += 50;
      sys_check_timeouts();
    }
    return false;
  }

 private:
  static const char* neighbour() { return Version == 4 ? "10.0.0.2" : "fd00::2"; }

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

  Mirror& mirror_ = Mirror::instance();
  lwip::TcpStream stream_;
  FarEnd far_;
  tcp_pcb* listener_ = nullptr;
  tcp_pcb* peer_ = nullptr;
  pbuf* unread_ = nullptr;
  bool heard_end_ = false;
};

using LwipLinks = testing::Types<LwipLink<4, 0>, LwipLink<6, 0>, LwipLink<4, 30>>;
INSTANTIATE_TYPED_TEST_SUITE_P(Lwip, StreamContract, LwipLinks);

}  // namespace mailmote::contract

#endif
