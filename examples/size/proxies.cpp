// Mails through the kind of proxy that a switch on the board chooses.
#include "mailmote/proxy_stream.hpp"
#include "one_mail.hpp"

namespace {

constexpr mailmote::ProxyOptions kSocks = {"192.0.2.8", 1080, "sensor", "secret"};
constexpr mailmote::ProxyOptions kHttp = {"192.0.2.8", 3128, "sensor", "secret"};
mailmote::Socks4Proxy socks4(kSocks);
mailmote::Socks5Proxy socks5(kSocks);
mailmote::HttpProxy http(kHttp);
mailmote::ProxyStream ways[] = {{stream, socks4}, {stream, socks5}, {stream, http}};

constexpr mailmote::Options kOptions = options_in_clear();

}  // namespace

int main() {
  mailmote::Client client(ways[board_setting() % 3], kOptions, windows.rx(), windows.tx());
  return send(client, short_mail);
}
