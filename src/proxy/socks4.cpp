// SOCKS4 and 4a, as the memos of their authors have it.
#include "mailmote/proxy.hpp"
#include "wire/ip_text.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kAnswer = 8;
constexpr std::size_t kMaxUser = 255;

Status status_of(std::uint8_t code) {
  switch (code) {
    case 91: return Status::proxy_failed;
    case 92:
    case 93: return Status::proxy_auth_rejected;
    default: return Status::proxy_protocol;
  }
}

}  // namespace

Status Socks4Proxy::do_begin() {
  const ProxyOptions& options = this->options();
  if (!options.password.empty() || options.user.size() > kMaxUser || holds(options.user, '\0'))
    return Status::invalid_proxy;
  std::uint8_t address[4];
  const bool is_v6 = holds(target(), ':');  // which no name has
  if (is_v6 || (kind_ == Socks4Kind::socks4 && !parse_ipv4(target(), address))) return Status::proxy_unsupported;
  say(kAnswer);
  return Status::ok;
}

// A name goes behind the user, with an address that cannot be.
void Socks4Proxy::do_compose(Sink& out) const {
  static constexpr std::uint8_t kNoAddress[] = {0, 0, 0, 1};
  std::uint8_t address[4];
  const bool is_name = !parse_ipv4(target(), address);
  out.put("\x04\x01");
  put_port(out);
  out.put(is_name ? kNoAddress : address, sizeof kNoAddress);
  out.put(options().user);
  if (is_name) out.put('\0');
  if (is_name) out.put(target());
  out.put('\0');
}

void Socks4Proxy::do_take(std::uint8_t octet) {
  if (taken() == 0 && octet != 0) return fail(Status::proxy_protocol);
  if (taken() == 1 && octet != 90) return fail(status_of(octet), octet);
  if (wanted() == 0) open();
}

}  // namespace mailmote
