// lwIP in this process, without threads, on a virtual clock, with one interface and names as the tests say.
//
// The interface sends every TCP segment back with source and destination exchanged: what goes to the neighbour address
// comes from the neighbour address, so that both ends of a connection live in this one stack.
#ifndef MAILMOTE_TESTS_CONTRACT_LWIP_STACK_HPP
#define MAILMOTE_TESTS_CONTRACT_LWIP_STACK_HPP

#include <lwip/dns.h>
#include <lwip/ip_addr.h>
#include <lwip/netif.h>

#include <deque>
#include <random>
#include <string>
#include <vector>

namespace mailmote::contract {

class LwipStack {
 public:
  static LwipStack& instance();

  struct LookUp {
    std::string name;
    dns_found_callback found;
    void* argument;
  };

  unsigned loss = 0;         ///< of a thousand segments so many are lost, so many come twice and so many late
  bool deaf = false;         ///< nothing gets through
  bool has_names = true;     ///< whether there is a name server
  std::vector<LookUp> look_ups;  ///< asked and not answered yet

  u32_t now = 0;
  unsigned scarcity = 0;  ///< of a thousand segments so many find no memory; 1000: nothing finds any

  void set_up(bool up);

  /// Everything as at the beginning.
  void reset();

  /// Delivers one segment; false: there is none.
  bool deliver();

  /// Lets time pass.
  void pass(u32_t ms);

  /// Whether lwIP's allocator has a block of that size now.
  bool has_memory(std::size_t size) { return (size < 1000 && scarcity < 1000) || !by_chance(scarcity); }

  /// Answers the first look-up that is open; null: no such name.
  void answer(const char* address);

 private:
  LwipStack();
  static err_t init(netif* interface);
  err_t take(pbuf* packet);
  bool by_chance(unsigned in_thousand) { return random_() % 1000 < in_thousand; }

  netif interface_{};
  std::deque<std::string> segments_;
  std::mt19937 random_{5};
};

}  // namespace mailmote::contract

#endif
