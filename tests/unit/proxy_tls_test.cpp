// What is glued behind a proxy's answer never gets around TLS.
#ifdef MAILMOTE_HAS_MBEDTLS

#include <gtest/gtest.h>

#include "mailmote/client.hpp"
#include "mailmote/mbedtls/tls_stream.hpp"
#include "mailmote/proxy_stream.hpp"
#include "support/proxy_script.hpp"
#include "support/virtual_server.hpp"
#include "support/virtual_stream.hpp"

namespace mailmote {
namespace {

bool counted(void*, std::uint8_t* out, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i);
  return true;
}

// The status of a mail with implicit TLS to a server that greets in clear, together with the proxy's answer.
Status mailed(Proxy& proxy, const test::ProxyScript& script) {
  test::VirtualClock clock;
  test::VirtualServer server;
  test::ProxyPeer peer(script, server);
  test::VirtualStream link(clock, peer);
  ProxyStream through(link, proxy);
  TlsOptions tls_options;
  tls_options.insecure = true;
  tls_options.random = {counted, nullptr};
  mbedtls::TlsStream tls(through, tls_options);
  Options options;
  options.host = "m";
  options.port = 465;
  options.security = Security::implicit;
  options.timeouts = &kDeviceTimeouts;
  ClientBuffer<256, 256> buffer;
  Client client(tls, options, buffer.rx(), buffer.tx());
  EXPECT_EQ(client.connect(), Status::ok);
  Poll said = Poll::again;
  for (int polls = 0; polls < 100 && said != Poll::done; ++polls) said = client.poll(clock.now);
  EXPECT_EQ(link.complaint(), "");
  EXPECT_EQ(peer.complaint(), "");
  tls.abort();
  return client.error().status;
}

TEST(ProxyTls, AGreetingBehindTheAnswerIsAnError) {
  ProxyOptions options;
  options.host = "proxy.example.com";
  Socks4Proxy socks4(options);
  EXPECT_EQ(mailed(socks4, {{R"(\x04\x01\x01\xd1\x00\x00\x00\x01\x00m\x00)", R"(\x00\x5a{6 x \x00})"}}),
            Status::tls_plain_text);
  Socks5Proxy socks5(options);
  EXPECT_EQ(mailed(socks5, {{R"(\x05\x01\x00)", R"(\x05\x00)"},
                            {R"(\x05\x01\x00\x03\x01m\x01\xd1)", R"(\x05\x00\x00\x01{6 x \x00})"}}),
            Status::tls_plain_text);
  HttpProxy http(options);
  EXPECT_EQ(mailed(http, {{R"(CONNECT m:465 HTTP/1.1\r\nHost: m:465\r\n\r\n)", R"(HTTP/1.1 200 OK\r\n\r\n)"}}),
            Status::tls_plain_text);
}

}  // namespace
}  // namespace mailmote

#endif
