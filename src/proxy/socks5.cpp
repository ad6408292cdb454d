// SOCKS5 (RFC 1928), with user and password (RFC 1929).
#include "mailmote/ip.hpp"
#include "mailmote/proxy.hpp"

namespace mailmote {
namespace {

constexpr std::uint8_t kVersion = 5;
constexpr std::uint8_t kLoginVersion = 1;
constexpr std::uint8_t kConnect = 1;
constexpr std::uint8_t kNoLogin = 0;
constexpr std::uint8_t kUserPassword = 2;
constexpr std::uint8_t kNoMethod = 0xff;

constexpr std::size_t kMaxLogin = 255;

constexpr std::uint8_t kV4 = 1;
constexpr std::uint8_t kName = 3;
constexpr std::uint8_t kV6 = 4;

Status status_of(std::uint8_t reply) {
  switch (reply) {
    case 2: return Status::proxy_refused;
    case 3:                                         // network unreachable
    case 4:                                         // host unreachable
    case 6: return Status::proxy_host_unreachable;  // TTL expired
    case 5: return Status::proxy_connection_refused;
    case 7:                                    // command not supported
    case 8: return Status::proxy_unsupported;  // address type not supported
    default: return Status::proxy_failed;
  }
}

}  // namespace

Status Socks5Proxy::do_begin() {
  const ProxyOptions& options = this->options();
  const bool is_login =
      !options.password.empty() && options.user.size() <= kMaxLogin && options.password.size() <= kMaxLogin;
  if (!options.user.empty() && !is_login) return Status::invalid_proxy;
  go_on(Stage::method, 2);
  return Status::ok;
}

void Socks5Proxy::go_on(Stage stage, std::size_t answer) {
  stage_ = stage;
  say(answer);
}

// Method and request could go at once where no login is offered, but there are proxies that lose the request then.
void Socks5Proxy::do_compose(Sink& out) const {
  if (stage_ == Stage::login) return compose_login(out);
  if (stage_ == Stage::request) return compose_request(out);
  if (options().user.empty()) return out.put("\x05\x01\x00");
  out.put("\x05\x02\x00\x02");
}

void Socks5Proxy::compose_login(Sink& out) const {
  out.put(static_cast<char>(kLoginVersion));
  for (const Text text : {options().user, options().password}) {
    out.put(static_cast<char>(text.size()));
    out.put(text);
  }
}

void Socks5Proxy::compose_request(Sink& out) const {
  std::uint8_t address[16];
  const Text name = target();
  const std::size_t size = parse_ip(name, address);
  const std::uint8_t type = size == 0 ? kName : size == 4 ? kV4 : kV6;
  const std::uint8_t head[] = {kVersion, kConnect, 0, type, static_cast<std::uint8_t>(name.size())};
  out.put(head, size == 0 ? 5 : 4);
  if (size == 0) out.put(name);
  out.put(address, size);
  put_port(out);
}

void Socks5Proxy::do_take(std::uint8_t octet) {
  const std::uint8_t version = stage_ == Stage::login ? kLoginVersion : kVersion;
  if (taken() == 0 && octet != version) return fail(Status::proxy_protocol);
  if (taken() == 0) return;
  switch (stage_) {
    case Stage::method: return on_method(octet);
    case Stage::login: return octet == 0 ? go_on(Stage::request, 5) : fail(Status::proxy_auth_rejected, octet);
    case Stage::request: return on_reply(octet);
  }
}

void Socks5Proxy::on_method(std::uint8_t method) {
  if (method == kNoLogin) return go_on(Stage::request, 5);
  if (method == kUserPassword && !options().user.empty()) return go_on(Stage::login, 2);
  fail(method == kNoMethod ? Status::proxy_auth_required : Status::proxy_protocol, method);
}

// VER REP RSV ATYP BND.ADDR BND.PORT; five octets tell how many there are.
void Socks5Proxy::on_reply(std::uint8_t octet) {
  if (taken() == 1 && octet != 0) return fail(status_of(octet), octet);
  if (taken() == 3) address_type_ = octet;
  if (taken() == 4) {
    switch (address_type_) {
      case kV4: want(3 + 2); break;
      case kV6: want(15 + 2); break;
      case kName: want(octet + 2U); break;
      default: return fail(Status::proxy_protocol);
    }
  }
  if (wanted() == 0) open();
}

}  // namespace mailmote
