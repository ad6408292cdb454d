// ProxyStream, through a proxy in memory, over the template port's connections in memory.
#include "contract/memory_link.hpp"
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

class ProxyLink : public MemoryLink {
 public:
  Stream& stream() { return stream_; }

 private:
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
