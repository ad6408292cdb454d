#ifdef MAILMOTE_HAS_POSIX

#include "mailmote/posix/waiter.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <thread>

#include "mailmote/text_message.hpp"

namespace mailmote::posix {
namespace {

TEST(PosixWaiter, HasAClockOfMilliseconds) {
  const Millis before = now();
  poll(nullptr, 0, 20);
  const Millis passed = now() - before;
  EXPECT_GE(passed, 20U);
  EXPECT_LT(passed, 20000U);
}

TEST(PosixWaiter, WaitsForTheTimeoutAndNotLess) {
  TcpStream closed;
  const Millis before = now();
  wait({30, false, false}, closed);
  EXPECT_GE(now() - before, 30U);
}

TEST(PosixWaiter, KnowsTheTimeOfDay) {
  const auto before = static_cast<UnixTime>(time(nullptr));
  const UnixTime said = wall_clock(nullptr);
  EXPECT_GE(said, before);
  EXPECT_LE(said, before + 60);
}

TEST(PosixWaiter, FillsTheWholeBufferWithRandomOctets) {
  std::uint8_t octets[300] = {};
  ASSERT_TRUE(random(nullptr, octets, sizeof octets));
  const auto zeros = std::count(octets, octets + sizeof octets, 0);
  EXPECT_LT(zeros, 20) << "1.2 are expected; 20 in 300 is a chance of 1 in 10^16";
  EXPECT_LT(std::count(octets + 256, octets + sizeof octets, 0), 20) << "getrandom(2) may give 256 at once";
}

// A server that knows one mail by heart: it says its next line after each of the client's lines that has one.
class Server {
 public:
  Server() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    EXPECT_EQ(listen(listener_, 1), 0);
    port = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Server() {
    thread_.join();
    close(listener_);
  }

  std::uint16_t port = 0;

 private:
  void serve() const {
    const int peer = accept(listener_, nullptr, nullptr);
    say(peer, "220 ready\r\n");
    std::string heard;
    char piece[512];
    for (ssize_t n = 1; n > 0 && heard.find("QUIT\r\n") == std::string::npos;) {
      n = recv(peer, piece, sizeof piece, 0);
      if (n > 0) heard.append(piece, static_cast<std::size_t>(n));
      if (heard == "EHLO test\r\n") say(peer, "250 hello\r\n");
      if (ends(heard, "MAIL FROM:<a@example.com>\r\n")) say(peer, "250 ok\r\n");
      if (ends(heard, "RCPT TO:<b@example.com>\r\n")) say(peer, "250 ok\r\n");
      if (ends(heard, "DATA\r\n")) say(peer, "354 go on\r\n");
      if (heard.find("\r\n.\r\n") != std::string::npos) say(peer, "250 queued\r\n");
    }
    say(peer, "221 bye\r\n");
    close(peer);
  }

  static bool ends(const std::string& text, const std::string& tail) {
    return text.size() >= tail.size() && text.compare(text.size() - tail.size(), tail.size(), tail) == 0;
  }
  static void say(int peer, const std::string& line) { send(peer, line.data(), line.size(), MSG_NOSIGNAL); }

  int listener_;
  std::thread thread_;
};

TEST(PosixWaiter, RunsAClientToItsOutcomeAndDrainsIt) {
  const Server server;
  Options options;
  options.host = "127.0.0.1";
  options.port = server.port;
  options.security = Security::none;
  options.helo = "test";
  options.timeouts = &kDeviceTimeouts;
  TcpStream stream;
  ClientBuffer<512, 512> buffer;
  Client client(stream, options, buffer.rx(), buffer.tx());
  MemorySource content("Subject: x\r\n\r\ny\r\n");
  Recipient to("b@example.com");
  Message mail("a@example.com", to, content);
  ASSERT_EQ(client.start(mail), Status::ok);
  EXPECT_EQ(run(client, stream), Outcome::accepted);
  drain(client, stream);
  EXPECT_EQ(stream.fd(), -1);
  EXPECT_EQ(client.poll(now()), Poll::idle);
}

}  // namespace
}  // namespace mailmote::posix

#endif
