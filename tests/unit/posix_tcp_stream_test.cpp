// What the POSIX port does beyond the contract of Stream, for which there is tests/contract/.
#ifdef MAILMOTE_HAS_POSIX

#include "mailmote/posix/tcp_stream.hpp"

#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

namespace mailmote::posix {
namespace {

TEST(PosixStatus, NamesErrors) {
  EXPECT_EQ(status_of_errno(ECONNREFUSED, true), Status::connection_refused);
  EXPECT_EQ(status_of_errno(ENETUNREACH, true), Status::unreachable);
  EXPECT_EQ(status_of_errno(EHOSTUNREACH, true), Status::unreachable);
  EXPECT_EQ(status_of_errno(EADDRNOTAVAIL, true), Status::unreachable);
  EXPECT_EQ(status_of_errno(ECONNRESET, false), Status::connection_reset);
  EXPECT_EQ(status_of_errno(EPIPE, false), Status::connection_reset);
  EXPECT_EQ(status_of_errno(EMFILE, true), Status::transport_error);
}

TEST(PosixStatus, NamesSilenceByWhatItEnds) {
  EXPECT_EQ(status_of_errno(ETIMEDOUT, true), Status::unreachable);
  EXPECT_EQ(status_of_errno(ETIMEDOUT, false), Status::connection_reset);
}

class PosixTcpStream : public testing::Test {
 protected:
  PosixTcpStream() {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    EXPECT_EQ(listen(listener_, 8), 0);
    port = ntohs(address.sin_port);
  }
  ~PosixTcpStream() override {
    close(listener_);
    if (peer >= 0) close(peer);
  }

  IoStatus open(Text host) {
    IoStatus status = stream.open({host, port});
    while (status == IoStatus::would_block && poll_for(POLLOUT)) status = stream.progress(0);
    if (status == IoStatus::ok) peer = accept(listener_, nullptr, nullptr);
    return status;
  }

  void stop_listening() { EXPECT_EQ(shutdown(listener_, SHUT_RD), 0); }  // the port stays ours

  bool poll_for(short events) const {
    pollfd one{stream.fd(), events, 0};
    return poll(&one, 1, 10000) == 1;
  }

  void write(const std::string& octets) {
    EXPECT_EQ(stream.write({reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()}).n, octets.size());
  }

  void answer(const std::string& octets) {
    EXPECT_EQ(send(peer, octets.data(), octets.size(), 0), static_cast<ssize_t>(octets.size()));
    std::uint8_t into[512];
    ASSERT_TRUE(poll_for(POLLIN));
    EXPECT_EQ(stream.read({into, sizeof into}).n, octets.size());
  }

  bool sends_at_once() const {
    int on = 0;
    socklen_t size = sizeof on;
    EXPECT_EQ(getsockopt(stream.fd(), IPPROTO_TCP, TCP_NODELAY, &on, &size), 0);
    return on != 0;
  }

  TcpStream stream;
  std::uint16_t port = 0;
  int peer = -1;

 private:
  int listener_;
};

TEST_F(PosixTcpStream, HasADescriptorWhileOpen) {
  EXPECT_EQ(stream.fd(), -1);
  ASSERT_EQ(open("127.0.0.1"), IoStatus::ok);
  EXPECT_GE(stream.fd(), 0);
  stream.abort();
  EXPECT_EQ(stream.fd(), -1);
}

TEST_F(PosixTcpStream, ChangesTheGenerationWithTheDescriptor) {
  ASSERT_EQ(open("127.0.0.1"), IoStatus::ok);
  const unsigned first = stream.generation();
  const int fd = stream.fd();
  stream.abort();
  close(peer);
  ASSERT_EQ(open("127.0.0.1"), IoStatus::ok);
  EXPECT_EQ(stream.fd(), fd) << "the lowest free number";
  EXPECT_NE(stream.generation(), first);
}

TEST_F(PosixTcpStream, LooksUpNoNameThatIsTooLong) {
  const std::string name(254, 'a');
  EXPECT_EQ(stream.open({name, 25}), IoStatus::error);
  EXPECT_EQ(stream.status(), Status::name_not_found);
}

TEST_F(PosixTcpStream, BelievesWhatPollSaid) {
  IoStatus status = stream.open({"127.0.0.1", port});
  ASSERT_EQ(status, IoStatus::would_block);
  ASSERT_TRUE(poll_for(POLLOUT));
  const pollfd said{stream.fd(), POLLOUT, POLLOUT};
  stream.ready(&said, 1);
  EXPECT_EQ(stream.progress(0), IoStatus::ok);
}

TEST_F(PosixTcpStream, DoesNotTakeAnErrorOfPollForSuccess) {
  stop_listening();
  ASSERT_EQ(stream.open({"127.0.0.1", port}), IoStatus::would_block);
  pollfd one{stream.fd(), POLLOUT, 0};
  ASSERT_EQ(poll(&one, 1, 10000), 1);
  stream.ready(&one, 1);
  EXPECT_EQ(stream.progress(0), IoStatus::error);
  EXPECT_EQ(stream.status(), Status::connection_refused);
}

TEST_F(PosixTcpStream, LeavesTheDelayOnInADialogueOfSmallSegments) {
  ASSERT_EQ(open("127.0.0.1"), IoStatus::ok);
  write("EHLO device\r\n");
  answer("250 hello\r\n");
  write("QUIT\r\n");
  EXPECT_FALSE(sends_at_once()) << "a system call for nothing";
}

TEST_F(PosixTcpStream, TurnsTheDelayOffForASecondSegment) {
  ASSERT_EQ(open("127.0.0.1"), IoStatus::ok);
  write("MAIL FROM:<>\r\n");
  write("RCPT TO:<a@example.com>\r\n");
  EXPECT_TRUE(sends_at_once());
}

TEST_F(PosixTcpStream, TurnsTheDelayOffForALongWrite) {
  ASSERT_EQ(open("127.0.0.1"), IoStatus::ok);
  write(std::string(3000, 'x'));
  EXPECT_TRUE(sends_at_once());
}

TEST_F(PosixTcpStream, ClosesAnAnsweredDialogueInOneCall) {
  ASSERT_EQ(open("127.0.0.1"), IoStatus::ok);
  write("QUIT\r\n");
  answer("221 bye\r\n");
  EXPECT_EQ(stream.close(), IoStatus::ok);
}

TEST_F(PosixTcpStream, ClosesItsDescriptorWhenItGoes) {
  int fd = -1;
  {
    TcpStream scoped;
    ASSERT_NE(scoped.open({"127.0.0.1", port}), IoStatus::error);
    fd = scoped.fd();
  }
  EXPECT_EQ(fcntl(fd, F_GETFD), -1);
}

TEST_F(PosixTcpStream, DoesNotListenForEverBehindItsEnd) {
  ASSERT_EQ(open("127.0.0.1"), IoStatus::ok);
  write("QUIT\r\n");
  const std::string chatter(4096, 'x');
  std::size_t said = 0;
  IoStatus status = IoStatus::would_block;
  for (int calls = 0; status == IoStatus::would_block && calls < 10000; ++calls, status = stream.close()) {
    const ssize_t n = send(peer, chatter.data(), chatter.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0) said += static_cast<std::size_t>(n);
  }
  EXPECT_EQ(status, IoStatus::ok);
  EXPECT_EQ(stream.fd(), -1);
  EXPECT_GE(said, 1U << 20U);
}

}  // namespace
}  // namespace mailmote::posix

#endif
