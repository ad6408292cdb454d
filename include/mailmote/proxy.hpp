// Proxies: the dialogues that lead a connection through SOCKS4, SOCKS5 or HTTP CONNECT, each an object that the
// application names. They know no stream; proxy_stream.hpp holds them over one.
#ifndef MAILMOTE_PROXY_HPP
#define MAILMOTE_PROXY_HPP

#include <cstddef>
#include <cstdint>

#include "mailmote/bytes.hpp"
#include "mailmote/clock.hpp"
#include "mailmote/sink.hpp"
#include "mailmote/status.hpp"

namespace mailmote {

/// What a proxy is told. All views must stay valid as long as a proxy uses the options.
///
/// Naming a user and a password is consent to send those to that proxy, in clear unless `tls` is set.
struct ProxyOptions {
  Text host = {};             ///< the proxy: a name of at most 253 octets, or a numeric address without brackets
  std::uint16_t port = 1080;  ///< the default is the port of SOCKS; HTTP proxies have others
  Text user = {};             ///< empty: no login
  Text password = {};
  Text address = {};       ///< the server's numeric address, where the application has looked it up: it is said to
                           ///< the proxy in place of the name. Empty: names are looked up by the proxy
  Millis timeout = 15000;  ///< from the begin until the way to the server is open: 1..kMaxTimeout, or kForever
  bool tls = false;        ///< TLS to the proxy itself, by the stream below
};

/// What a dialogue needs next.
enum class ProxyStep : std::uint8_t {
  write,   ///< write() puts a message; when all of it has gone out: written()
  read,    ///< take() at most wanted() octets
  open,    ///< the way is open: what comes next is the server's
  failed,  ///< see status() and native()
};

/// One dialogue at a time with a proxy. It is resumable at every octet, and keeps nothing of what it hears: it never
/// asks for an octet that may be the server's.
///
/// begin() fails with no_host, invalid_host (the server's name), invalid_proxy, timeout_out_of_range or
/// proxy_unsupported. A dialogue fails with proxy_auth_required, proxy_auth_rejected, proxy_refused,
/// proxy_host_unreachable, proxy_connection_refused, proxy_unsupported, proxy_failed or proxy_protocol.
class Proxy {
 public:
  /// Begins to ask for a way to `host`, which must stay valid until step() says open or failed. Not ok: nothing can be
  /// sent.
  Status begin(const Text& host, std::uint16_t port);

  ProxyStep step() const { return step_; }

  /// Puts the message: the same octets in every run until written().
  void write(Sink& out) const { do_compose(out); }
  void written();

  /// Octets that certainly belong to the proxy's answer; at least 1.
  std::size_t wanted() const { return wanted_; }
  void take(const ByteView& octets);

  /// Why it failed, and the proxy's own number for that: the reply code of SOCKS, the status code of HTTP.
  Status status() const { return status_; }
  std::int32_t native() const { return native_; }

  const ProxyOptions& options() const { return options_; }

 protected:
  constexpr explicit Proxy(const ProxyOptions& options) : options_(options) {}
  ~Proxy() = default;  // never deleted through this type
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  /// For the protocols. What to ask for:
  const Text& target() const { return options_.address.empty() ? host_ : options_.address; }
  std::uint16_t port() const { return port_; }
  void put_port(Sink& out) const;  // in two octets

  /// Whether `c` is somewhere in `text`.
  static bool holds(const Text& text, char c);

  /// Octets of the answer that were taken before the one at hand.
  std::size_t taken() const { return taken_; }

  /// What comes next: a message whose answer has at least `answer` octets; more of the answer; the end.
  void say(std::size_t answer);
  void want(std::size_t octets) { wanted_ = static_cast<std::uint16_t>(octets); }
  void open() { step_ = ProxyStep::open; }
  void fail(Status status, std::int32_t native = 0);

 private:
  virtual Status do_begin() = 0;
  virtual void do_compose(Sink& out) const = 0;
  virtual void do_take(std::uint8_t octet) = 0;

  const ProxyOptions& options_;
  Text host_;
  std::int32_t native_ = 0;
  std::uint16_t port_ = 0;
  std::uint16_t wanted_ = 0;
  std::uint16_t taken_ = 0;
  ProxyStep step_ = ProxyStep::failed;
  Status status_ = Status::ok;
};

enum class Socks4Kind : std::uint8_t {
  socks4,   ///< addresses only: a name needs ProxyOptions::address
  socks4a,  ///< names too; an address goes as in SOCKS4
};

/// SOCKS4 and SOCKS4a. One round trip. The user is at most 255 octets without NUL; there is no password. IPv6 is
/// proxy_unsupported. SOCKS4 does not tell why a proxy could not: that is proxy_failed.
class Socks4Proxy final : public Proxy {
 public:
  constexpr explicit Socks4Proxy(const ProxyOptions& options, Socks4Kind kind = Socks4Kind::socks4a)
      : Proxy(options), kind_(kind) {}

 private:
  Status do_begin() override;
  void do_compose(Sink& out) const override;
  void do_take(std::uint8_t octet) override;

  Socks4Kind kind_;
};

/// SOCKS5 (RFC 1928) without login, or by user and password (RFC 1929), each 1..255 octets. Two round trips, with a
/// login three.
class Socks5Proxy final : public Proxy {
 public:
  constexpr explicit Socks5Proxy(const ProxyOptions& options) : Proxy(options) {}

 private:
  enum class Stage : std::uint8_t { method, login, request };

  Status do_begin() override;
  void do_compose(Sink& out) const override;
  void do_take(std::uint8_t octet) override;

  void go_on(Stage stage, std::size_t answer);
  void compose_login(Sink& out) const;
  void compose_request(Sink& out) const;
  void on_method(std::uint8_t method);
  void on_reply(std::uint8_t octet);

  Stage stage_ = Stage::method;
  std::uint8_t address_type_ = 0;
};

/// HTTP CONNECT (RFC 9110 section 9.3.6) without login, or by Basic (RFC 7617): a user without ":", neither it nor the
/// password with control characters. One round trip. Answers of more than 8 KiB, interim ones counted, are
/// proxy_protocol.
class HttpProxy final : public Proxy {
 public:
  constexpr explicit HttpProxy(const ProxyOptions& options) : Proxy(options) {}

 private:
  Status do_begin() override;
  void do_compose(Sink& out) const override;
  void do_take(std::uint8_t octet) override;

  void begin_answer();
  void put_target(Sink& out) const;
  void on_status_line(char octet);
  void on_code();
  void on_header(char octet);

  std::uint16_t code_ = 0;
  std::uint8_t at_ = 0;       // octets of the status line, as far as they are looked at
  std::uint8_t matched_ = 0;  // octets of CR LF CR LF
};

}  // namespace mailmote

#endif
