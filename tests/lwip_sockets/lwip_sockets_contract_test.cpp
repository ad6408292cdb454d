// The sockets port on lwIP's own sockets, with lwIP's thread, over one interface that leads back to this stack. The far end
// is another lwIP socket.
extern "C" {  // which some of these lack
#include <lwip/api.h>
#include <lwip/netdb.h>
#include <lwip/netif.h>
#include <lwip/priv/sockets_priv.h>
#include <lwip/sockets.h>
#include <lwip/tcp.h>
#include <lwip/tcpip.h>
}
#include <poll.h>

#include <future>

#include "contract/stream_contract.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"

// Debian's lwIP is built without a resolver.
int lwip_getaddrinfo(const char*, const char*, const addrinfo*, addrinfo** list) {
  *list = nullptr;
  return EAI_FAIL;
}
void lwip_freeaddrinfo(addrinfo*) {}

namespace mailmote::contract {
namespace {

constexpr Millis kPatience = 10000;  // a machine under load is slow; a stall lasts for ever
constexpr Millis kDelivery = 50;     // longer than this stack takes from one end to the other

// What is sent to an address of the interface itself comes back; what goes anywhere else is lost.
err_t drop_v4(netif*, pbuf*, const ip4_addr_t*) { return ERR_OK; }
err_t drop_v6(netif*, pbuf*, const ip6_addr_t*) { return ERR_OK; }

err_t prepare(netif* interface) {
  interface->mtu = 1500;
  interface->output = drop_v4;
  interface->output_ip6 = drop_v6;
  return ERR_OK;
}

void add_interface() {
  static netif interface;
  ip4_addr_t address, mask, gateway;
  IP4_ADDR(&address, 10, 0, 0, 1);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gateway, 0, 0, 0, 0);
  netif_add(&interface, &address, &mask, &gateway, nullptr, prepare, tcpip_input);
  ip_addr_t v6;
  ipaddr_aton("fd00::1", &v6);
  netif_ip6_addr_set(&interface, 0, ip_2_ip6(&v6));
  netif_ip6_addr_set_state(&interface, 0, IP6_ADDR_PREFERRED);
  netif_set_up(&interface);
  netif_set_link_up(&interface);
}

void start_lwip() {
  static const bool started = [] {
    std::promise<void> ready;
    tcpip_init([](void* promise) { add_interface(); static_cast<std::promise<void>*>(promise)->set_value(); }, &ready);
    ready.get_future().wait();
    return true;
  }();
  static_cast<void>(started);
}

void make_non_blocking(int fd) { lwip_fcntl(fd, F_SETFL, O_NONBLOCK); }

}  // namespace

template <int Family>
class LwipSocketsLink {
 public:
  LwipSocketsLink() {
    start_lwip();
    listener_ = lwip_socket(Family, SOCK_STREAM, 0);
    sockaddr_in6 address{};  // starts as sockaddr_in does
    address.sin6_family = Family;
    lwip_bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    lwip_listen(listener_, 4);
    socklen_t size = sizeof address;
    lwip_getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin6_port);
    make_non_blocking(listener_);
  }
  ~LwipSocketsLink() {
    stream_.abort();
    lwip_close(listener_);
    if (peer_ >= 0) lwip_close(peer_);
  }

  std::string why_unavailable() const { return {}; }
  Stream& stream() { return stream_; }
  FarEnd& far() { return far_; }
  bool abort_is_noticed() const { return true; }
  Millis now() const { return posix::now(); }

  Endpoint listening() const { return {Family == AF_INET ? "10.0.0.1" : "fd00::1", port_}; }
  Endpoint refusing() const { return {Family == AF_INET ? "10.0.0.1" : "fd00::1", 9}; }
  std::optional<Endpoint> silent() const { return Endpoint{Family == AF_INET ? "10.0.0.2" : "fd00::2", 9}; }
  std::optional<Endpoint> without_address() const { return Endpoint{"no.such.name", 25}; }
  std::optional<Endpoint> without_route() const {
    if (Family == AF_INET6) return std::nullopt;
    return Endpoint{"192.0.2.1", 25};
  }

  bool sleep(const Interest& interest) {
    return until([&] {
      pollfd list[posix::TcpStream::kMaxDescriptors];
      const unsigned count = stream_.descriptors({kForever, interest.read, interest.write}, list);
      if (count == 0 || lwip_poll(list, count, 2) < 1) return false;
      if (++wakes_ % 2 == 0) stream_.ready(list, count);  // both ways of driving the stream, with the hint and without
      return true;
    });
  }

  bool until(const std::function<bool()>& condition) {
    const Millis begin = now();
    do {
      play_far_end();
      if (condition()) return true;
      poll(nullptr, 0, 1);
    } while (now() - begin < kPatience);
    return false;
  }

 private:
  void play_far_end() {
    if (!far_.connected) take_connection();
    if (peer_ < 0 || !far_.connected) return;
    if (far_.reads && !far_.saw_end && !far_.saw_reset) hear();
    while (!far_.ended && !far_.to_send.empty()) {
      const ssize_t n = lwip_send(peer_, far_.to_send.data(), far_.to_send.size(), 0);
      if (n <= 0) break;
      far_.to_send.erase(0, static_cast<std::size_t>(n));
      last_sent_ = now();
    }
    if (far_.ended || !far_.to_send.empty()) return;
    if (far_.ending == Ending::reset && now() - last_sent_ > kDelivery) reset();
    if (far_.ending == Ending::finish || far_.saw_end) far_.ended = lwip_shutdown(peer_, SHUT_WR) == 0;
  }

  void take_connection() {
    const int fd = lwip_accept(listener_, nullptr, nullptr);
    if (fd < 0) return;
    if (peer_ >= 0) lwip_close(peer_);
    peer_ = fd;
    make_non_blocking(fd);
    last_sent_ = now();
    far_.connected = true;
  }

  void hear() {
    char piece[16384];
    ssize_t n = 0;
    while ((n = lwip_recv(peer_, piece, sizeof piece, 0)) > 0) far_.received.append(piece, static_cast<std::size_t>(n));
    far_.saw_end = n == 0;
    far_.saw_reset = n < 0 && errno != EAGAIN;
  }

  void reset() {
    LOCK_TCPIP_CORE();
    tcp_abort(lwip_socket_dbg_get_socket(peer_)->conn->pcb.tcp);  // SO_LINGER resets only where something is under way
    UNLOCK_TCPIP_CORE();
    lwip_close(peer_);
    peer_ = -1;
    far_.ended = true;
  }

  posix::TcpStream stream_;
  FarEnd far_;
  int listener_ = -1;
  int peer_ = -1;
  Millis last_sent_ = 0;
  std::uint16_t port_ = 0;
  unsigned wakes_ = 0;
};

using LwipSocketsLinks = testing::Types<LwipSocketsLink<AF_INET>, LwipSocketsLink<AF_INET6>>;
INSTANTIATE_TYPED_TEST_SUITE_P(LwipSockets, StreamContract, LwipSocketsLinks, Numbered);

}  // namespace mailmote::contract
