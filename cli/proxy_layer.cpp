#include "proxy_layer.hpp"

#include <netdb.h>
#include <string.h>

#include "failure.hpp"
#include "mailmote/proxy_stream.hpp"
#include "secret_source.hpp"
#include "tls_layer.hpp"

namespace mailmote::cli {
namespace {

// The numeric address of a host; empty: it has none of that family.
std::string look_up(const std::string& host, int family) {
  addrinfo hints;
  memset(&hints, 0, sizeof hints);
  hints.ai_family = family;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return {};
  char text[NI_MAXHOST];
  const int result = getnameinfo(found->ai_addr, found->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
  freeaddrinfo(found);
  return result == 0 ? text : std::string();
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

std::optional<ProxyPlace> choose_proxy(const ProxyArguments& arguments, const std::string& host) {
  const bool has_password = !arguments.password_file.empty() || !arguments.password_env.empty();
  if (arguments.url.empty() && has_password) throw Failure::usage("a password for a proxy needs --proxy");
  if (arguments.url.empty()) return std::nullopt;
  const bool by_environment = arguments.url == "env";
  std::optional<ProxyPlace> place =
      by_environment ? proxy_of_environment(host) : std::optional<ProxyPlace>(parse_proxy(arguments.url, "--proxy"));
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
  if (place->look_up) address = look_up(host, place->kind == ProxyKind::socks4 ? AF_INET : AF_UNSPEC);
  if (place->look_up && address.empty()) {
    throw Failure::configuration("the proxy is to be told an address, and " + host + " has none",
                                 Status::name_not_found);
  }
  layer_ = std::make_unique<Layer>(below, std::move(*place), std::move(address), tls);
}

ProxyLayer::~ProxyLayer() = default;

Stream& ProxyLayer::stream() const { return layer_ ? static_cast<Stream&>(layer_->stream) : below_; }

const TlsReport* ProxyLayer::report() const {
  return layer_ && layer_->place.tls ? layer_->tls.stream().tls() : nullptr;
}

Text ProxyLayer::host() const { return layer_ ? Text(layer_->place.host) : Text(); }

}  // namespace mailmote::cli
