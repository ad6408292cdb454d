#include "c_api/proxy.hpp"

namespace mailmote {

ProxyOptions to_cpp(const mailmote_proxy_options_t& given) {
  return {to_text(given.host), given.port,    to_text(given.user), to_text(given.password), to_text(given.address),
          given.timeout,       given.tls};
}

}  // namespace mailmote

using namespace mailmote;

void mailmote_proxy_options_init(mailmote_proxy_options_t* options, const char* host) {
  constexpr ProxyOptions kDefaults;
  *options = mailmote_proxy_options_t{};
  options->host = host;
  options->port = kDefaults.port;
  options->timeout = kDefaults.timeout;
}
