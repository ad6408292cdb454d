// --proxy: which one, and the way through it.
#ifndef MAILMOTE_CLI_PROXY_LAYER_HPP
#define MAILMOTE_CLI_PROXY_LAYER_HPP

#include <memory>
#include <optional>
#include <string>

#include "mailmote/stream.hpp"
#include "mailmote/tls.hpp"
#include "proxy.hpp"

namespace mailmote::cli {

/// What the command line says. Empty: not said.
struct ProxyArguments {
  std::string url;  ///< or "env"
  std::string password_file;
  std::string password_env;
};

/// The proxy for mail to `host` at `port` (0: not settled yet), with its password. Nothing: none. Throws Failure.
std::optional<ProxyPlace> choose_proxy(const ProxyArguments& arguments, const std::string& host, std::uint16_t port);

/// A stream through the proxy; without one, the stream below itself.
class ProxyLayer {
 public:
  /// Asks for the address of `host` where the proxy is to be told that, which may take a while. `tls` says whom to
  /// trust when the proxy is reached in TLS; its pins and its client certificate are the server's and stay unused.
  /// `below` must outlive it. Throws Failure.
  ProxyLayer(Stream& below, std::optional<ProxyPlace> place, const std::string& host, const TlsOptions& tls);
  ~ProxyLayer();

  Stream& stream() const;

  /// What the handshake with the proxy has brought; null without TLS to it.
  const TlsReport* report() const;

  /// The proxy's host; empty: none.
  Text host() const;

 private:
  struct Layer;

  Stream& below_;
  std::unique_ptr<Layer> layer_;
};

}  // namespace mailmote::cli

#endif
