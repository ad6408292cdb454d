#ifdef MAILMOTE_HAS_LWIP

#include "contract/lwip_stack.hpp"

#include <lwip/init.h>
#include <lwip/ip.h>
#include <lwip/mem.h>
#include <lwip/pbuf.h>
#include <lwip/prot/ip.h>
#include <lwip/prot/tcp.h>
#include <lwip/timeouts.h>

#include <algorithm>
#include <cstdlib>

namespace mailmote::contract {
namespace {

// Before the stack is there lwIP may ask for the time and for memory.
LwipStack* stack = nullptr;

bool is_v6(const std::string& packet) { return (packet[0] & 0xf0) == 0x60; }

bool is_reset(const std::string& packet) {
  const std::size_t header = is_v6(packet) ? 40 : (packet[0] & 0x0fU) * 4U;
  return (packet.at(header + 13) & TCP_RST) != 0;
}

}  // namespace

LwipStack& LwipStack::instance() {
  static LwipStack the_stack;
  return the_stack;
}

LwipStack::LwipStack() {
  stack = this;
  lwip_init();
  ip4_addr_t address, mask, gateway;
  IP4_ADDR(&address, 10, 0, 0, 1);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gateway, 0, 0, 0, 0);
  netif_add(&interface_, &address, &mask, &gateway, this, &LwipStack::init, &ip_input);
  ip_addr_t v6;
  ipaddr_aton("fd00::1", &v6);
  netif_ip6_addr_set(&interface_, 0, ip_2_ip6(&v6));
  netif_ip6_addr_set_state(&interface_, 0, IP6_ADDR_PREFERRED);
  netif_set_link_up(&interface_);
}

err_t LwipStack::init(netif* interface) {
  interface->mtu = 1500;
  interface->output = [](netif* self, pbuf* packet, const ip4_addr_t*) {
    return static_cast<LwipStack*>(self->state)->take(packet);
  };
  interface->output_ip6 = [](netif* self, pbuf* packet, const ip6_addr_t*) {
    return static_cast<LwipStack*>(self->state)->take(packet);
  };
  return ERR_OK;
}

void LwipStack::reset() {
  loss = 0;
  deaf = false;
  has_names = true;
  look_ups.clear();
  scarcity = 0;
  segments_.clear();
  set_up(true);
}

void LwipStack::set_up(bool up) { up ? netif_set_up(&interface_) : netif_set_down(&interface_); }

err_t LwipStack::take(pbuf* packet) {
  std::string octets(packet->tot_len, '\0');
  pbuf_copy_partial(packet, octets.data(), packet->tot_len, 0);
  const bool six = is_v6(octets);
  const std::size_t protocol_at = six ? 6 : 9;
  const std::ptrdiff_t source_at = six ? 8 : 12;
  const std::ptrdiff_t size = six ? 16 : 4;
  if (octets[protocol_at] != IP_PROTO_TCP) return ERR_OK;
  const auto source = octets.begin() + source_at;
  std::swap_ranges(source, source + size, source + size);
  segments_.push_back(octets);
  return ERR_OK;
}

// A reset is said once: where it is lost, nobody can know of it.
bool LwipStack::deliver() {
  if (segments_.empty()) return false;
  const std::string segment = segments_.front();
  segments_.pop_front();
  if (deaf || (!is_reset(segment) && by_chance(loss))) return true;
  if (by_chance(loss)) segments_.push_back(segment);
  if (by_chance(loss)) {
    segments_.push_back(segment);
    return true;
  }
  pbuf* copy = pbuf_alloc(PBUF_RAW, static_cast<u16_t>(segment.size()), PBUF_RAM);
  if (copy == nullptr) return true;
  pbuf_take(copy, segment.data(), copy->len);
  if (interface_.input(copy, &interface_) != ERR_OK) pbuf_free(copy);
  return true;
}

void LwipStack::pass(u32_t ms) {
  now += ms;
  sys_check_timeouts();
}

void LwipStack::answer(const char* address) {
  const LookUp first = look_ups.front();
  look_ups.erase(look_ups.begin());
  ip_addr_t found;
  if (address != nullptr) ipaddr_aton(address, &found);
  first.found(first.name.c_str(), address != nullptr ? &found : nullptr, first.argument);
}

}  // namespace mailmote::contract

// These take the place of lwIP's own functions.
using mailmote::contract::stack;

extern "C" u32_t sys_now() { return stack->now; }

extern "C" void* mem_malloc(mem_size_t size) { return stack->has_memory(size) ? std::malloc(size) : nullptr; }

extern "C" err_t dns_gethostbyname(const char* name, ip_addr_t* address, dns_found_callback found, void* argument) {
  if (!stack->has_names) return ERR_VAL;
  if (std::string(name) == "known.name") return ipaddr_aton("10.0.0.2", address) != 0 ? ERR_OK : ERR_ARG;
  stack->look_ups.push_back({name, found, argument});
  return ERR_INPROGRESS;
}

#endif
