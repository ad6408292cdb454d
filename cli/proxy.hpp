// Proxies as people write them: URLs, and the environment variables that other programs know too.
#ifndef MAILMOTE_CLI_PROXY_HPP
#define MAILMOTE_CLI_PROXY_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "secret_text.hpp"

namespace mailmote::cli {

enum class ProxyKind { socks4, socks4a, socks5, http };

struct ProxyPlace {
  ProxyKind kind = ProxyKind::http;
  bool look_up = false;  ///< the server's name here, and not by the proxy
  bool tls = false;      ///< to the proxy
  std::string host;
  std::uint16_t port = 0;
  std::string user;
  SecretText password;
};

/// "[scheme://][user[:password]@]host[:port][/]", as other programs read it. The schemes: socks4 and socks5 (names are
/// looked up here), socks4a and socks5h (by the proxy), http, and https for http in TLS; without one it is http. User
/// and password may have %XX. The port is 1080, or 443 for https. `where` is named in a Failure, which is thrown for
/// anything else.
ProxyPlace parse_proxy(std::string_view url, const std::string& where);

/// all_proxy or ALL_PROXY, unless no_proxy or NO_PROXY names `host` at `port`. Nothing: no proxy. Throws Failure.
std::optional<ProxyPlace> proxy_of_environment(std::string_view host, std::uint16_t port);

/// Whether a list such as "localhost, .example.com:25, 192.0.2.0/24, [2001:db8::1]" names the host: itself, a domain
/// that it is in, or a network that its address is in; "*" names every host. Letters count as the same whatever their
/// case. An entry with a port is about that port only. `port` 0: it is not settled yet, and no entry with a port is about it.
bool is_excluded(std::string_view list, std::string_view host, std::uint16_t port);

}  // namespace mailmote::cli

#endif
