// A stream that leads through a proxy.
#ifndef MAILMOTE_PROXY_STREAM_HPP
#define MAILMOTE_PROXY_STREAM_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/proxy.hpp"
#include "mailmote/stream.hpp"

namespace mailmote {

/// A connection to a server through `proxy`, which is reached over `inner`. Between the proxy's yes and close() it
/// passes everything through. TLS to the server stands above it:
///
///     constexpr ProxyOptions options = {"proxy.example.com", 1080, "sensor", secret};
///     Socks5Proxy proxy(options);
///     ProxyStream through(tcp, proxy);
///     mbedtls::TlsStream tls(through, tls_options);
///
/// TLS to the proxy (ProxyOptions::tls) stands below it, as a layer of its own with its own TlsOptions; tls() is null
/// here all the same, because it does not reach as far as the server.
///
/// open() and progress() fail as Proxy does, and with proxy_unreachable (native(): the inner stream's), proxy_closed,
/// proxy_timeout, no_tls_layer, or a TLS status of the layer below. progress() does at most 16 calls of the inner
/// stream. A message of up to 128 octets goes out in one write, because some proxies count on that.
///
/// remote() is never known: what a proxy says is no reason to send in clear. local() is this machine's end towards the
/// proxy. There is no destructor: abort() before the object goes away.
class ProxyStream final : public Stream {
 public:
  constexpr ProxyStream(Stream& inner, Proxy& proxy) : inner_(inner), proxy_(proxy) {}

 private:
  enum class State : std::uint8_t { closed, reaching, securing, talking, open };

  IoStatus do_open(const Endpoint& endpoint) override;
  IoStatus do_progress(Millis now) override;
  IoResult do_read(MutableBytes into) override { return inner_.read(into); }
  IoResult do_write(ByteView from) override { return inner_.write(from); }
  IoStatus do_close() override;
  void do_abort() override;
  Interest do_wait() const override;
  IpEndpoint do_local() const override { return inner_.local(); }
  IpEndpoint do_remote() const override { return {}; }
  Status do_status() const override { return status_ != Status::ok ? status_ : inner_.status(); }
  std::int32_t do_native() const override { return status_ != Status::ok ? native_ : inner_.native(); }

  IoStatus advance(IoStatus reached);
  IoStatus talk();
  IoStatus say();
  IoStatus hear();
  IoStatus lost(IoStatus how);
  IoStatus fail(Status status, std::int32_t native = 0);

  Stream& inner_;
  Proxy& proxy_;
  Deadline deadline_;
  Millis left_ = kForever;  // until then, as the last progress() saw it
  std::int32_t native_ = 0;
  std::size_t sent_ = 0;  // octets of the message under way
  State state_ = State::closed;
  Status status_ = Status::ok;
  bool again_ = false;  // there is more to do without any waiting
};

}  // namespace mailmote

#endif
