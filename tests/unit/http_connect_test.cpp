#include <gtest/gtest.h>

#include "mailmote/proxy.hpp"
#include "support/proxy_script.hpp"
#include "support/text.hpp"

namespace mailmote {
namespace {

using test::expect_failure;
using test::expect_open;

constexpr char kRequest[] = R"(CONNECT mail.example.com:587 HTTP/1.1\r\nHost: mail.example.com:587\r\n\r\n)";
constexpr char kOpen[] = R"(HTTP/1.1 200 Connection established\r\n\r\n)";

ProxyOptions options(Text user = {}, Text password = {}) {
  ProxyOptions options;
  options.host = "proxy.example.com";
  options.user = user;
  options.password = password;
  return options;
}

void expect_opens(const std::string& answer) {
  SCOPED_TRACE(answer.substr(0, 200));
  const ProxyOptions plain = options();
  HttpProxy proxy(plain);
  expect_open(proxy, "mail.example.com", 587, {{kRequest, answer}});
}

void expect_fails(const std::string& answer, Status status, int code = 0) {
  SCOPED_TRACE(answer.substr(0, 200));
  const ProxyOptions plain = options();
  HttpProxy proxy(plain);
  expect_failure(proxy, {{kRequest, answer}}, status, code);
}

TEST(HttpConnect, AsksForANameAndForAddresses) {
  const ProxyOptions plain = options();
  HttpProxy proxy(plain);
  expect_open(proxy, "mail.example.com", 587, {{kRequest, kOpen}});
  expect_open(proxy, "192.0.2.1", 25, {{R"(CONNECT 192.0.2.1:25 HTTP/1.1\r\nHost: 192.0.2.1:25\r\n\r\n)", kOpen}});
  expect_open(proxy, "2001:db8::1", 25,
              {{R"(CONNECT [2001:db8::1]:25 HTTP/1.1\r\nHost: [2001:db8::1]:25\r\n\r\n)", kOpen}});
}

TEST(HttpConnect, SaysTheAddressThatTheApplicationHasLookedUp) {
  ProxyOptions looked_up = options();
  looked_up.address = "192.0.2.1";
  HttpProxy proxy(looked_up);
  expect_open(proxy, "mail.example.com", 25,
              {{R"(CONNECT 192.0.2.1:25 HTTP/1.1\r\nHost: 192.0.2.1:25\r\n\r\n)", kOpen}});
}

// The base64 of "pump:", "pump:s", "pump:se" ...: every length of the last group.
TEST(HttpConnect, LogsInByBasic) {
  const char* const kPairs[][2] = {{"", "cHVtcDo="},
                                   {"s", "cHVtcDpz"},
                                   {"se", "cHVtcDpzZQ=="},
                                   {"sec", "cHVtcDpzZWM="},
                                   {"secr:et", "cHVtcDpzZWNyOmV0"}};
  for (const auto& pair : kPairs) {
    const ProxyOptions with_login = options("pump", pair[0]);
    HttpProxy proxy(with_login);
    const std::string request =
        std::string(R"(CONNECT m:25 HTTP/1.1\r\nHost: m:25\r\nProxy-Authorization: Basic )") + pair[1];
    expect_open(proxy, "m", 25, {{request + R"(\r\n\r\n)", kOpen}});
  }
}

TEST(HttpConnect, LogsInWithATokenOfAnyLength) {
  const std::string password(3000, 'p');  // "cHBw" three by three, behind "u:p"
  const ProxyOptions with_login = options("u", password);
  HttpProxy proxy(with_login);
  expect_open(
      proxy, "m", 25,
      {{R"(CONNECT m:25 HTTP/1.1\r\nHost: m:25\r\nProxy-Authorization: Basic dTpw{999 x cHBw}cHA=\r\n\r\n)", kOpen}});
}

TEST(HttpConnect, RefusesALoginThatItCannotSay) {
  const auto begin = [](Text user, Text password) {
    const ProxyOptions given = options(user, password);
    HttpProxy proxy(given);
    return proxy.begin("mail.example.com", 25);
  };
  EXPECT_EQ(begin("pu:mp", "secret"), Status::invalid_proxy);
  EXPECT_EQ(begin("pump\r\n", "secret"), Status::invalid_proxy);
  EXPECT_EQ(begin("pump", "sec\x01ret"), Status::invalid_proxy);
  EXPECT_EQ(begin("pump", "secret\x7f"), Status::invalid_proxy);
  EXPECT_EQ(begin("", "secret"), Status::invalid_proxy);
  EXPECT_EQ(begin("pump", "p\xc3\xa4ss w:rd"), Status::ok);
}

// RFC 7617 section 2: no control characters.
TEST(HttpConnect, RefusesEveryControlCharacterInALogin) {
  for (int octet = 0; octet < 256; ++octet) {
    const char c = static_cast<char>(octet);
    const ProxyOptions with_login = options("pump", std::string_view(&c, 1));
    HttpProxy proxy(with_login);
    const Status expected = octet < 0x20 || octet == 0x7f ? Status::invalid_proxy : Status::ok;
    EXPECT_EQ(proxy.begin("m", 25), expected) << octet;
  }
}

TEST(HttpConnect, OpensWithEvery2xxAndAnyHeader) {
  expect_opens(R"(HTTP/1.0 200\r\n\r\n)");
  expect_opens(R"(HTTP/1.1 200 \r\n\r\n)");
  expect_opens(R"(HTTP/1.0 299 fine\r\nProxy-Agent: tinyproxy/1.11.1\r\n\r\n)");
  expect_opens(R"(HTTP/1.1 200 OK\r\nContent-Length: 100\r\nTransfer-Encoding: chunked\r\n\r\n)");
  expect_opens(R"(HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\t\x00\xff c\r\n\r\n)");
}

TEST(HttpConnect, PassesOverInterimAnswers) {
  expect_opens(std::string(R"(HTTP/1.1 100 Continue\r\n\r\n)") + kOpen);
  expect_opens(std::string(R"(HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 199 x\r\n\r\n)") + kOpen);
  expect_fails(R"(HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 Forbidden\r\n\r\n)", Status::proxy_refused, 403);
  expect_fails(R"(HTTP/1.1 100 Continue\r\n\r\n220 ready\r\n)", Status::proxy_protocol);
}

TEST(HttpConnect, HearsEightKibibytesAndNoMore) {
  const std::string head = R"(HTTP/1.1 200 OK\r\nX: )";  // 20 octets; 4 stand at the end
  expect_opens(head + "{8168 x a}" + R"(\r\n\r\n)");
  expect_fails(head + "{8169 x a}" + R"(\r\n\r\n)", Status::proxy_protocol);
  expect_fails(head + "{9000 x a}", Status::proxy_protocol);
  expect_fails(R"({400 x HTTP/1.1 100 Continue\r\n\r\n})", Status::proxy_protocol);
}

TEST(HttpConnect, NamesRefusals) {
  const struct {
    int code;
    Status status;
  } kExpected[] = {{301, Status::proxy_refused},
                   {400, Status::proxy_refused},
                   {401, Status::proxy_auth_required},
                   {403, Status::proxy_refused},
                   {404, Status::proxy_refused},
                   {405, Status::proxy_unsupported},
                   {407, Status::proxy_auth_required},
                   {429, Status::proxy_refused},
                   {500, Status::proxy_failed},
                   {501, Status::proxy_unsupported},
                   {502, Status::proxy_host_unreachable},
                   {503, Status::proxy_host_unreachable},
                   {504, Status::proxy_host_unreachable},
                   {505, Status::proxy_unsupported},
                   {599, Status::proxy_failed}};
  for (const auto& expected : kExpected) {
    expect_fails("HTTP/1.1 " + std::to_string(expected.code) + R"( No\r\nContent-Length: 3\r\n\r\nno!)",
                 expected.status, expected.code);
  }
}

TEST(HttpConnect, SaysThatALoginWasRefused) {
  const ProxyOptions with_login = options("p", "s");
  HttpProxy proxy(with_login);
  const std::string request = R"(CONNECT mail.example.com:587 HTTP/1.1\r\nHost: mail.example.com:587\r\n)"
                              R"(Proxy-Authorization: Basic cDpz\r\n\r\n)";
  expect_failure(proxy, {{request, R"(HTTP/1.1 407 Proxy Authentication Required\r\n\r\n)"}},
                 Status::proxy_auth_rejected, 407);
  expect_failure(proxy, {{request, R"(HTTP/1.0 401 Unauthorized\r\n\r\n)"}}, Status::proxy_auth_rejected, 401);
}

TEST(HttpConnect, RefusesWhatIsNotItsProtocol) {
  for (const char* answer :
       {"220 mail.example.com ready\\r\\n", R"(\x05\x00)", R"(\x15\x03\x01\x00\x02\x02\x46)", "HTTP/2 200\\r\\n\\r\\n",
        "http/1.1 200 OK\\r\\n\\r\\n", "HTTP/1.1  200 OK\\r\\n\\r\\n", "HTTP/1.x 200 OK\\r\\n\\r\\n",
        "HTTP/1.1 2OO OK\\r\\n\\r\\n", "HTTP/1.1 2000 OK\\r\\n\\r\\n", "HTTP/1.1 200\\n\\n",
        "HTTP/1.1 200 OK\\nX: y\\r\\n\\r\\n", "HTTP/1.1 200 OK\\r\\rX", "HTTP/1.1 200 OK\\r\\nX: y\\n",
        "HTTP/1.1 200 OK\\r\\n\\r\\r\\n", "HTTP/1.1 200 OK\\r\\n\\n"}) {
    expect_fails(answer, Status::proxy_protocol);
  }
  for (const int code : {0, 99, 101, 600, 999}) {
    const std::string digits = std::to_string(1000 + code).substr(1);
    expect_fails("HTTP/1.1 " + digits + R"( What\r\n\r\n)", Status::proxy_protocol, code);
  }
}

}  // namespace
}  // namespace mailmote
