#include "mailmote/proxy.hpp"

#include "wire/address.hpp"

namespace mailmote {
namespace {

constexpr std::size_t kMaxName = 253;

Status check(const ProxyOptions& options) {
  const bool is_address = options.address.empty() || is_name(options.address, kMaxName);
  const bool is_login = options.password.empty() || !options.user.empty();
  if (!is_name(options.host, kMaxName) || !is_address || !is_login) return Status::invalid_proxy;
  const bool timely = options.timeout == kForever || options.timeout - 1 < kMaxTimeout;  // 0 wraps around
  return timely ? Status::ok : Status::timeout_out_of_range;
}

}  // namespace

Status Proxy::begin(const Text& host, std::uint16_t port) {
  host_ = host;
  port_ = port;
  status_ = host.empty() ? Status::no_host : !is_name(host, kMaxName) ? Status::invalid_host : check(options_);
  if (status_ == Status::ok) status_ = do_begin();
  native_ = 0;
  if (status_ != Status::ok) step_ = ProxyStep::failed;
  return status_;
}

bool Proxy::holds(const Text& text, char c) {
  for (const char one : text) {
    if (one == c) return true;
  }
  return false;
}

void Proxy::put_port(Sink& out) const {
  const std::uint8_t octets[] = {static_cast<std::uint8_t>(port_ >> 8U), static_cast<std::uint8_t>(port_ & 0xffU)};
  out.put(octets, sizeof octets);
}

void Proxy::written() {
  taken_ = 0;
  step_ = ProxyStep::read;
}

void Proxy::take(const ByteView& octets) {
  for (std::size_t i = 0; i < octets.size && step_ == ProxyStep::read; ++i) {
    --wanted_;
    do_take(octets.data[i]);
    ++taken_;
  }
}

void Proxy::say(std::size_t answer) {
  want(answer);
  step_ = ProxyStep::write;
}

void Proxy::fail(Status status, std::int32_t native) {
  status_ = status;
  native_ = native;
  step_ = ProxyStep::failed;
}

}  // namespace mailmote
