// What links over connections in memory share: all but the stream.
#ifndef MAILMOTE_TESTS_CONTRACT_MEMORY_LINK_HPP
#define MAILMOTE_TESTS_CONTRACT_MEMORY_LINK_HPP

#include <functional>
#include <optional>
#include <string>

#include "contract/memory_net.hpp"
#include "mailmote/stream.hpp"

namespace mailmote::contract {

class MemoryLink {
 public:
  MemoryLink() { MemoryNet::current = &net; }

  std::string why_unavailable() const { return {}; }
  FarEnd& far() { return net.far; }
  bool abort_is_noticed() const { return true; }
  Millis now() const { return 0; }

  Endpoint listening() const { return {"127.0.0.1", MemoryNet::kListening}; }
  Endpoint refusing() const { return {"127.0.0.1", 1}; }
  std::optional<Endpoint> silent() const { return Endpoint{"127.0.0.1", MemoryNet::kSilent}; }
  std::optional<Endpoint> without_route() const { return Endpoint{"255.255.255.255", MemoryNet::kListening}; }
  std::optional<Endpoint> without_address() const { return Endpoint{"no.such.name", MemoryNet::kListening}; }

  bool sleep(const Interest& interest) {
    return until([&] { return is_ready(interest); });
  }

  bool until(const std::function<bool()>& condition) {
    while (!condition()) {
      if (!net.step()) return condition();
    }
    return true;
  }

 protected:
  bool is_ready(const Interest& interest) const {
    return interest.timeout == 0 || (interest.read && net.readable()) || (interest.write && net.writable());
  }

  MemoryNet net;
};

}  // namespace mailmote::contract

#endif
