#include "proxy_layer.hpp"

#include "failure.hpp"
#include "mailmote/posix/host_lookup.hpp"
#include "mailmote/proxy_stream.hpp"
#include "secret_source.hpp"
#include "tls_layer.hpp"

namespace mailmote::cli {
namespace {

// The numeric address of a host that the proxy is to be told.
std::string look_up(const std::string& host, IpFamily family) {
  posix::HostLookup lookup;
  Status status = lookup.start(Text(host));
  if (status == Status::ok) status = posix::run(lookup);
  const std::string address(lookup.address(family));
  if (status == Status::ok && address.empty()) status = Status::name_not_found;
  if (status == Status::ok) return address;
  const bool missing = status != Status::name_lookup_failed;
  throw Failure::of(status, "the proxy is to be told the address of " + host +
                                (missing ? ", which has none for it" : ", but the name servers do not answer") +
                                ": socks4a:// and socks5h:// let the proxy look it up");
}

TlsOptions trust_of(const TlsOptions& server) {
  TlsOptions options;
  options.ca = server.ca;
  options.ca_file = server.ca_file;
  options.ca_dir = server.ca_dir;
  options.clock_not_set = server.clock_not_set;
  options.clock = server.clock;
  options.random = server.random;
  return options;
}

ProxyOptions options_of(const ProxyPlace& place, const std::string& address) {
  ProxyOptions options;
  options.host = Text(place.host);
  options.port = place.port;
  options.user = Text(place.user);
  options.password = Text(place.password.view());
  options.address = Text(address);
  options.tls = place.tls;
  return options;
}

}  // namespace

std::optional<ProxyPlace> choose_proxy(const ProxyArguments& arguments, const std::string& host, std::uint16_t port) {
  const bool has_password = !arguments.password_file.empty() || !arguments.password_env.empty();
  if (arguments.url.empty() && has_password) throw Failure::usage("a password for a proxy needs --proxy");
  if (arguments.url.empty()) return std::nullopt;
  const bool by_environment = arguments.url == "env";
  std::optional<ProxyPlace> place;
  if (by_environment) place = proxy_of_environment(host, port);
  else place = parse_proxy(arguments.url, "--proxy");
  if (!place) return place;
  if (!by_environment && !place->password.empty()) {
    throw Failure::usage("--proxy: everybody can see a password there: give it by --proxy-password-file or -env");
  }
  if (!arguments.password_file.empty()) {
    place->password = secret_of_file(arguments.password_file, "--proxy-password-file");
  } else if (!arguments.password_env.empty()) {
    place->password = secret_of_environment(arguments.password_env, "--proxy-password-env");
  }
  return place;
}

struct ProxyLayer::Layer {
  Layer(Stream& below, ProxyPlace chosen, std::string told, const TlsOptions& server)
      : place(std::move(chosen)), address(std::move(told)), trust(trust_of(server)), tls(below, trust) {}

  Proxy& proxy() {
    switch (place.kind) {
      case ProxyKind::socks4:
      case ProxyKind::socks4a: return socks4;
      case ProxyKind::socks5: return socks5;
      case ProxyKind::http: break;
    }
    return http;
  }

  ProxyPlace place;
  std::string address;
  TlsOptions trust;
  TlsLayer tls;  // passes everything through unless the proxy is reached in TLS
  ProxyOptions options = options_of(place, address);
  Socks4Proxy socks4{options, place.kind == ProxyKind::socks4 ? Socks4Kind::socks4 : Socks4Kind::socks4a};
  Socks5Proxy socks5{options};
  HttpProxy http{options};
  ProxyStream stream{tls.stream(), proxy()};
};

ProxyLayer::ProxyLayer(Stream& below, std::optional<ProxyPlace> place, const std::string& host, const TlsOptions& tls)
    : below_(below) {
  if (!place) return;
  std::string address;
  if (place->look_up) address = look_up(host, place->kind == ProxyKind::socks4 ? IpFamily::v4 : IpFamily::none);
  layer_ = std::make_unique<Layer>(below, std::move(*place), std::move(address), tls);
}

ProxyLayer::~ProxyLayer() = default;

Stream& ProxyLayer::stream() const { return layer_ ? static_cast<Stream&>(layer_->stream) : below_; }

const TlsReport* ProxyLayer::report() const {
  return layer_ && layer_->place.tls ? layer_->tls.stream().tls() : nullptr;
}

Text ProxyLayer::host() const { return layer_ ? Text(layer_->place.host) : Text(); }

}  // namespace mailmote::cli
