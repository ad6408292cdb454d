// ProxyStream, through a proxy in memory, over the template port's connections in memory.
#include "contract/memory_net.hpp"
#include "contract/proxy_front.hpp"
#include "contract/stream_contract.hpp"
#include "mailmote/proxy_stream.hpp"
#include "mailmote/yours/tcp_stream.hpp"

namespace mailmote::contract {
namespace {

ProxyOptions proxy_options() {
  ProxyOptions options;
  options.host = "proxy.example.com";
  return options;
}

class ProxyLink {
 public:
  ProxyLink() { MemoryNet::current = &net_; }

  std::string why_unavailable() const { return {}; }
  Stream& stream() { return stream_; }
  FarEnd& far() { return net_.far; }
  bool abort_is_noticed() const { return true; }
  Millis now() const { return 0; }

  Endpoint listening() const { return {"127.0.0.1", MemoryNet::kListening}; }
  Endpoint refusing() const { return {"127.0.0.1", 1}; }
  std::optional<Endpoint> silent() const { return Endpoint{"127.0.0.1", MemoryNet::kSilent}; }
  std::optional<Endpoint> without_route() const { return Endpoint{"255.255.255.255", MemoryNet::kListening}; }
  std::optional<Endpoint> without_address() const { return Endpoint{"no.such.name", MemoryNet::kListening}; }

  bool sleep(const Interest& interest) {
    return until([&] {
      return interest.timeout == 0 || (interest.read && net_.readable()) || (interest.write && net_.writable());
    });
  }

  bool until(const std::function<bool()>& condition) {
    while (!condition()) {
      if (!net_.step()) return condition();
    }
    return true;
  }

 private:
  MemoryNet net_;
  ProxyOptions options_ = proxy_options();
  yours::TcpStream tcp_;
  ProxyFront front_{tcp_};
  Socks5Proxy proxy_{options_};
  ProxyStream stream_{front_, proxy_};
};

}  // namespace

template <>
inline constexpr bool kThroughProxy<ProxyLink> = true;

INSTANTIATE_TYPED_TEST_SUITE_P(Proxy, StreamContract, ProxyLink, Numbered);

}  // namespace mailmote::contract
