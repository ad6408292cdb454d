// What Arduino calls a Client, over a socket of this machine: connect() blocks, nothing else does.
#ifndef MAILMOTE_TESTS_ARDUINO_LOOPBACK_CLIENT_HPP
#define MAILMOTE_TESTS_ARDUINO_LOOPBACK_CLIENT_HPP

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace mailmote::test {

class LoopbackClient {
 public:
  LoopbackClient() = default;
  LoopbackClient(const LoopbackClient&) = delete;
  LoopbackClient& operator=(const LoopbackClient&) = delete;
  ~LoopbackClient() { stop(); }

  // Any name is this machine.
  int connect(const char* host, std::uint16_t port) {
    stop();
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    if (inet_pton(AF_INET, host, &to.sin_addr) != 1) to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) stop();
    if (fd_ >= 0) fcntl(fd_, F_SETFL, O_NONBLOCK);
    return fd_ >= 0 ? 1 : 0;
  }

  int available() {
    int count = 0;
    return fd_ >= 0 && ioctl(fd_, FIONREAD, &count) == 0 ? count : 0;
  }

  int read(std::uint8_t* into, std::size_t size) {
    return fd_ >= 0 ? static_cast<int>(recv(fd_, into, size, 0)) : -1;
  }

  std::size_t write(const std::uint8_t* octets, std::size_t size) {
    const ssize_t n = fd_ >= 0 ? send(fd_, octets, size, MSG_NOSIGNAL) : -1;
    if (n < 0 && errno != EAGAIN) broken_ = true;
    return n > 0 ? static_cast<std::size_t>(n) : 0;
  }

  std::uint8_t connected() {
    char one = 0;
    if (fd_ < 0) return 0;
    const ssize_t n = recv(fd_, &one, 1, MSG_PEEK);
    return n > 0 || (n < 0 && errno == EAGAIN && !broken_);
  }

  void stop() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
    broken_ = false;
  }

 private:
  int fd_ = -1;
  bool broken_ = false;
};

}  // namespace mailmote::test

#endif
