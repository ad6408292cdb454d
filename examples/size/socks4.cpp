// Mails through a proxy that speaks SOCKS4a.
#include "mailmote/proxy_stream.hpp"
#include "one_mail.hpp"

namespace {

constexpr mailmote::ProxyOptions kProxy = {"192.0.2.8", 1080, "sensor"};
mailmote::Socks4Proxy proxy(kProxy);
mailmote::ProxyStream through(stream, proxy);

constexpr mailmote::Options kOptions = options_in_clear();
mailmote::Client client(through, kOptions, windows.rx(), windows.tx());

}  // namespace

int main() { return send(client, short_mail); }
