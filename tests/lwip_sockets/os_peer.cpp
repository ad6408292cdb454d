#include "lwip_sockets/os_peer.hpp"

extern "C" {  // which some of these lack
#include <lwip/api.h>
#include <lwip/netif.h>
#include <lwip/priv/sockets_priv.h>
#include <lwip/sockets.h>
#include <lwip/tcp.h>
#include <lwip/tcpip.h>
}
#include <poll.h>

#include <future>

#include "mailmote/posix/waiter.hpp"

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

OsPeer::OsPeer(int family) : is_v4_(family == AF_INET) {
  start_lwip();
  listener_ = lwip_socket(family, SOCK_STREAM, 0);
  sockaddr_in6 address{};  // starts as sockaddr_in does
  address.sin6_family = static_cast<sa_family_t>(family);
  lwip_bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
  lwip_listen(listener_, 4);
  socklen_t size = sizeof address;
  lwip_getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin6_port);
  make_non_blocking(listener_);
}

OsPeer::~OsPeer() {
  lwip_close(listener_);
  if (peer_ >= 0) lwip_close(peer_);
}

Millis OsPeer::now() const { return posix::now(); }

bool OsPeer::until(const std::function<bool()>& condition) {
  const Millis begin = now();
  do {
    play_far_end();
    if (condition()) return true;
    poll(nullptr, 0, 1);
  } while (now() - begin < kPatience);
  return false;
}

void OsPeer::play_far_end() {
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

void OsPeer::take_connection() {
  const int fd = lwip_accept(listener_, nullptr, nullptr);
  if (fd < 0) return;
  if (peer_ >= 0) lwip_close(peer_);
  peer_ = fd;
  make_non_blocking(fd);
  last_sent_ = now();
  far_.connected = true;
}

void OsPeer::hear() {
  char piece[16384];
  ssize_t n = 0;
  while ((n = lwip_recv(peer_, piece, sizeof piece, 0)) > 0) far_.received.append(piece, static_cast<std::size_t>(n));
  far_.saw_end = n == 0;
  far_.saw_reset = n < 0 && errno != EAGAIN;
}

void OsPeer::reset() {
  LOCK_TCPIP_CORE();
  tcp_abort(lwip_socket_dbg_get_socket(peer_)->conn->pcb.tcp);  // SO_LINGER resets only where something is under way
  UNLOCK_TCPIP_CORE();
  lwip_close(peer_);
  peer_ = -1;
  far_.ended = true;
}

}  // namespace mailmote::contract
