#include "network.hpp"

#include <algorithm>

#include "board.hpp"
#include "lwip/etharp.h"
#include "lwip/ethip6.h"
#include "lwip/init.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/timeouts.h"

namespace {

constexpr std::uint8_t kMac[6] = {0x52, 0x54, 0x00, 0x12, 0x34, 0x56};

constexpr std::uint32_t kLongest = 0xffffffff;

netif interface;
std::uint32_t longest_sleep = kLongest;
std::uint8_t frame[board::kMaxFrame];

err_t send(netif*, pbuf* chain) {
  const std::size_t size = pbuf_copy_partial(chain, frame, sizeof frame, 0);
  board::send(frame, size);
  return ERR_OK;
}

err_t set_up(netif* self) {
  self->name[0] = 'e';
  self->name[1] = 'n';
  self->mtu = 1500;
  self->hwaddr_len = sizeof kMac;
  for (std::size_t i = 0; i < sizeof kMac; ++i) self->hwaddr[i] = kMac[i];
  self->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
  self->output = etharp_output;
  self->linkoutput = send;
#if LWIP_IPV6
  self->flags |= NETIF_FLAG_MLD6;
  self->output_ip6 = ethip6_output;
#endif
  return ERR_OK;
}

// A frame that finds no room is lost, and TCP sends it again.
void take_in(std::size_t size) {
  pbuf* chain = pbuf_alloc(PBUF_RAW, static_cast<std::uint16_t>(size), PBUF_POOL);
  if (chain == nullptr) return;
  pbuf_take(chain, frame, static_cast<std::uint16_t>(size));
  if (interface.input(chain, &interface) != ERR_OK) pbuf_free(chain);
}

// A router says which network this is; the rest of the address is made of the MAC address, and tried out.
void wait_for_ipv6() {
#if LWIP_IPV6
  netif_create_ip6_linklocal_address(&interface, 1);
  netif_set_ip6_autoconfig_enabled(&interface, 1);
  constexpr s8_t kFromRouter = 1;
  while (!ip6_addr_ispreferred(netif_ip6_addr_state(&interface, kFromRouter))) {
    network::poll();
    network::sleep(kLongest);
  }
#endif
}

}  // namespace

extern "C" {
std::uint32_t sys_now() { return board::milliseconds(); }

std::uint32_t firmware_random() {
  std::uint32_t number = 0;
  board::random(reinterpret_cast<std::uint8_t*>(&number), sizeof number);
  return number;
}

void firmware_panic(const char* text) {
  board::print(text);
  board::exit(70);
}
}

namespace network {

void start() {
  board::start(kMac);
  lwip_init();
  ip4_addr_t address, mask, gateway;
  IP4_ADDR(&address, 10, 0, 2, 15);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gateway, 10, 0, 2, 2);
  netif_add(&interface, &address, &mask, &gateway, nullptr, set_up, netif_input);
  netif_set_default(&interface);
  netif_set_up(&interface);
  wait_for_ipv6();
}

void wake_every(std::uint32_t milliseconds) { longest_sleep = milliseconds; }

void poll() {
  while (const std::size_t size = board::receive(frame)) take_in(size);
  sys_check_timeouts();
}

void sleep(std::uint32_t limit) {
  const std::uint32_t due = sys_timeouts_sleeptime();
  board::sleep(std::min({due, limit, longest_sleep}));
}

}  // namespace network
