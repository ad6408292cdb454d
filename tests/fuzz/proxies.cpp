// Each proxy's dialogue against a proxy that says anything.
#include "fuzz/fuzz.hpp"
#include "mailmote/proxy.hpp"

namespace mailmote::test {
namespace {

void talk(Proxy& proxy, const std::string& host, Feed& feed) {
  if (proxy.begin(host, 25) != Status::ok) return;
  for (unsigned octets = 0; proxy.step() == ProxyStep::write || proxy.step() == ProxyStep::read;) {
    if (proxy.step() == ProxyStep::write) {
      Room window(1 + octets % 300);
      Sink sink(window.bytes().data, window.bytes().size, 0);
      proxy.write(sink);
      proxy.written();
      continue;
    }
    require(proxy.wanted() != 0, "it wants an octet");
    require(octets < 20000, "an end");
    if (feed.empty()) return;
    const std::string piece = feed.take(1 + octets % proxy.wanted());
    octets += static_cast<unsigned>(piece.size());
    proxy.take({reinterpret_cast<const std::uint8_t*>(piece.data()), piece.size()});
  }
  require((proxy.step() == ProxyStep::open) == (proxy.status() == Status::ok), "a reason for a failure, and only then");
}

}  // namespace
}  // namespace mailmote::test

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailmote;
  using namespace mailmote::test;
  Feed feed(data, size);
  const unsigned kind = feed.pick(4);
  const std::string host = feed.text();
  const std::string user = feed.text();
  const std::string password = feed.text();
  ProxyOptions options;
  options.host = "127.0.0.1";
  options.user = user;
  options.password = password;
  Socks4Proxy socks4(options, Socks4Kind::socks4);
  Socks4Proxy socks4a(options);
  Socks5Proxy socks5(options);
  HttpProxy http(options);
  Proxy* const proxies[] = {&socks4, &socks4a, &socks5, &http};
  talk(*proxies[kind], host, feed);
  return 0;
}
