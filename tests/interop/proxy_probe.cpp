// Sends one mail in clear through a proxy, and says what became of it in one line: outcome, status, phase, native
// number, and the proxy's answers that it waited for.
//
//   proxy_probe socks4|socks4a|socks5|http PROXY-HOST PROXY-PORT USER PASSWORD ADDRESS HOST PORT
//
// Empty words: none. ADDRESS is said to the proxy in place of HOST.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "mailmote/client.hpp"
#include "mailmote/observer.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"
#include "mailmote/proxy_stream.hpp"
#include "mailmote/text_message.hpp"

namespace {

using namespace mailmote;

std::uint16_t port_of(const char* text) { return static_cast<std::uint16_t>(std::atoi(text)); }

// Counts how often the dialogue has to wait for the proxy.
class Watched final : public Stream {
 public:
  explicit Watched(Stream& below) : below_(below) {}
  int turns() const { return turns_; }

 private:
  IoStatus do_open(const Endpoint& endpoint) override { return below_.open(endpoint); }
  IoStatus do_progress(Millis now) override { return below_.progress(now); }
  IoResult do_read(MutableBytes into) override {
    if (wrote_) ++turns_;
    wrote_ = false;
    return below_.read(into);
  }
  IoResult do_write(ByteView from) override {
    wrote_ = true;
    return below_.write(from);
  }
  IoStatus do_close() override { return below_.close(); }
  void do_abort() override { below_.abort(); }
  Interest do_wait() const override { return below_.wait(); }
  IpEndpoint do_local() const override { return below_.local(); }
  IpEndpoint do_remote() const override { return below_.remote(); }
  Status do_status() const override { return below_.status(); }
  std::int32_t do_native() const override { return below_.native(); }

  Stream& below_;
  int turns_ = 0;
  bool wrote_ = false;
};

// Keeps the number of turns that the way itself has taken.
class Opened final : public Observer {
 public:
  explicit Opened(const Watched& wire) : wire_(wire) {}
  int turns = -1;

 private:
  void on_line(Phase, ByteView, bool) override {
    if (turns < 0) turns = wire_.turns();
  }

  const Watched& wire_;
};

int send(Proxy& proxy, Text host, std::uint16_t port) {
  posix::TcpStream tcp;
  Watched wire(tcp);
  ProxyStream through(wire, proxy);
  Opened opened(wire);
  Options options;
  options.host = host;
  options.port = port;
  options.security = Security::none;
  options.allow_clear = true;
  options.helo = "probe.example.com";
  options.timeouts = &kDeviceTimeouts;
  options.observer = &opened;
  ClientBuffer<512, 512> windows;
  Client client(through, options, windows.rx(), windows.tx());
  MemorySource content("From: pump@example.com\r\nSubject: through a proxy\r\n\r\nLevel 3 %\r\n");
  Recipient to("ops@example.com");
  Message message("pump@example.com", to, content);
  const Status begun = client.start(message);
  if (begun == Status::ok) posix::run(client, tcp);
  const Error& error = client.error();
  const Status status = begun != Status::ok ? begun : error.status;
  std::printf("%s %s %s %d %d\n", name(client.outcome()).data(), name(status).data(), name(error.phase).data(),
              static_cast<int>(error.native), opened.turns);
  posix::drain(client, tcp);
  return client.outcome() == Outcome::accepted ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 9) return 64;
  ProxyOptions options;
  options.host = argv[2];
  options.port = port_of(argv[3]);
  options.user = argv[4];
  options.password = argv[5];
  options.address = argv[6];
  options.timeout = 5000;
  Socks4Proxy socks4(options, std::string_view(argv[1]) == "socks4" ? Socks4Kind::socks4 : Socks4Kind::socks4a);
  Socks5Proxy socks5(options);
  HttpProxy http(options);
  const std::string_view kind = argv[1];
  Proxy& proxy = kind == "socks5" ? static_cast<Proxy&>(socks5) : kind == "http" ? static_cast<Proxy&>(http) : socks4;
  return send(proxy, argv[7], port_of(argv[8]));
}
