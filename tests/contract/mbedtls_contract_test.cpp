// The TLS stream, over the template port's connections in memory: passing through, and with TLS to a server.
#ifdef MAILMOTE_HAS_MBEDTLS

#include <memory>
#include <tuple>
#include <utility>

#include "contract/memory_link.hpp"
#include "contract/stream_contract.hpp"
#include "mailmote/mbedtls/tls_stream.hpp"
#include "mailmote/yours/tcp_stream.hpp"
#include "tls_support/tls_server.hpp"

namespace mailmote::contract {
namespace {

/// Opens a connection and TLS on it in one.
class SecuredStream final : public Stream {
 public:
  SecuredStream(Stream& tls, std::function<void()> on_open) : tls_(tls), on_open_(std::move(on_open)) {}

 private:
  IoStatus do_open(const Endpoint& endpoint) override {
    on_open_();
    securing_ = false;
    return secure(tls_.open(endpoint));
  }
  IoStatus do_progress(Millis now) override { return secure(tls_.progress(now)); }
  IoStatus secure(IoStatus status) {
    if (status != IoStatus::ok || securing_) return status;
    securing_ = true;
    return tls_.start_tls();
  }
  IoResult do_read(MutableBytes into) override { return tls_.read(into); }
  IoResult do_write(ByteView from) override { return tls_.write(from); }
  IoStatus do_close() override { return tls_.close(); }
  void do_abort() override { tls_.abort(); }
  Interest do_wait() const override { return tls_.wait(); }
  IpEndpoint do_local() const override { return tls_.local(); }
  IpEndpoint do_remote() const override { return tls_.remote(); }
  Status do_status() const override { return tls_.status(); }
  std::int32_t do_native() const override { return tls_.native(); }

  Stream& tls_;
  std::function<void()> on_open_;
  bool securing_ = false;
};

}  // namespace

template <TlsVersion Version>
class TlsLink : public MemoryLink {
 public:
  TlsLink() {
    if (!why_unavailable().empty()) return;
    options_.ca = tls_support::view(tls_support::root().certificate);
    options_.random = tls_support::random();
    options_.clock = {[](void*) { return tls_support::kNow; }, nullptr};
    options_.max = Version;
  }

  std::string why_unavailable() const {
    const auto all = tls_support::versions();
    const bool has = std::find(all.begin(), all.end(), Version) != all.end();
    return has ? "" : "this Mbed TLS lacks that version";
  }
  Stream& stream() { return stream_; }
  FarEnd& far() { return far_; }

  bool sleep(const Interest& interest) {
    return until([&] { return is_ready(interest); });
  }

  // What the stream has taken and still holds goes out when it is called, as wait() says.
  bool until(const std::function<bool()>& condition) {
    while (!condition()) {
      if (tls_.wait().write && net.writable()) static_cast<void>(tls_.progress(0));
      const bool moved = net.step();
      if (!play_server() && !moved) return condition();
    }
    return true;
  }

 private:
  static const tls_support::Credential& credential() {
    static const tls_support::Credential made = [] {
      tls_support::Request request;
      request.addresses = {std::string("\x7f\0\0\1", 4)};
      return tls_support::server_for(request);
    }();
    return made;
  }

  void start_server() {
    tls_support::ServerOptions options;
    options.who = &credential();
    server_ = std::make_unique<tls_support::TlsServer>(options);
    net.far = FarEnd{};
    has_said_goodbye_ = false;
  }

  /// All that can change when the server plays.
  auto state() const {
    const FarEnd& raw = net.far;
    return std::make_tuple(raw.received.size(), raw.to_send.size(), raw.reads, raw.ending, far_.to_send.size(),
                           far_.received.size(), far_.connected, far_.ended, far_.saw_end, far_.saw_reset);
  }

  /// False: there was nothing to do.
  bool play_server() {
    if (server_ == nullptr) return false;
    const auto before = state();
    FarEnd& raw = net.far;
    tls_support::TlsServer& server = *server_;
    server.in += std::exchange(raw.received, {});
    server.reads = far_.reads;
    server.run();
    if (raw.to_send.size() < kWindow) server.send(far_.to_send, kWindow);
    far_.received += std::exchange(server.received, {});
    end(server);
    raw.to_send += std::exchange(server.out, {});
    raw.reads = far_.reads || !server.established || server.in.size() < kWindow;
    far_.connected = server.established;
    far_.ended = raw.ended;
    far_.saw_end = server.saw_goodbye && raw.saw_end;
    far_.saw_reset = raw.saw_reset;
    return before != state();
  }

  void end(tls_support::TlsServer& server) {
    if (!server.established || !far_.to_send.empty() || far_.ending == Ending::none || has_said_goodbye_) return;
    if (far_.ending == Ending::finish) server.send_close_notify();
    net.far.ending = far_.ending;
    has_said_goodbye_ = true;
  }

  static constexpr std::size_t kWindow = 4000;

  yours::TcpStream tcp_;
  TlsOptions options_;
  mbedtls::TlsStream tls_{tcp_, options_};
  SecuredStream stream_{tls_, [this] { start_server(); }};
  FarEnd far_;
  std::unique_ptr<tls_support::TlsServer> server_;
  bool has_said_goodbye_ = false;
};

/// A TLS stream that was not asked for TLS.
class TransparentLink : public MemoryLink {
 public:
  Stream& stream() { return stream_; }

 private:
  yours::TcpStream tcp_;
  TlsOptions options_;
  mbedtls::TlsStream stream_{tcp_, options_};
};

using TlsLinks = testing::Types<TlsLink<TlsVersion::tls1_2>, TlsLink<TlsVersion::tls1_3>, TransparentLink>;
INSTANTIATE_TYPED_TEST_SUITE_P(Mbedtls, StreamContract, TlsLinks, Numbered);

}  // namespace mailmote::contract

#endif
