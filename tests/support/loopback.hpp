// Ends of TCP connections on the loopback interface, for tests of what connects.
#ifndef MAILMOTE_TESTS_LOOPBACK_HPP
#define MAILMOTE_TESTS_LOOPBACK_HPP

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>

namespace mailmote::test {

/// An address of this machine in its text form, such as "127.0.0.5" or "::1".
struct LoopbackAddress {
  LoopbackAddress(const std::string& text, std::uint16_t port) {
    v4.sin_family = AF_INET;
    if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
      v4.sin_port = htons(port);
    } else {
      v6 = {};
      v6.sin6_family = AF_INET6;
      inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr);
      v6.sin6_port = htons(port);
    }
  }

  std::string text() const {
    char out[INET6_ADDRSTRLEN] = {};
    const bool is_v4 = any.sa_family == AF_INET;
    inet_ntop(any.sa_family, is_v4 ? static_cast<const void*>(&v4.sin_addr) : &v6.sin6_addr, out, sizeof out);
    return out;
  }
  std::uint16_t port() const { return ntohs(any.sa_family == AF_INET ? v4.sin_port : v6.sin6_port); }
  socklen_t size() const { return static_cast<socklen_t>(any.sa_family == AF_INET ? sizeof v4 : sizeof v6); }

  union {
    sockaddr any;
    sockaddr_in v4 = {};
    sockaddr_in6 v6;
  };
};

/// A socket at an address, closed at the end.
class LoopbackSocket {
 public:
  /// `port` 0: a free one.
  explicit LoopbackSocket(const std::string& address, std::uint16_t port = 0) : address_(address, port) {
    fd_ = socket(address_.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    socklen_t size = address_.size();
    if (fd_ < 0 || bind(fd_, &address_.any, size) != 0) return;
    bound_ = getsockname(fd_, &address_.any, &size) == 0;
  }
  ~LoopbackSocket() { close(fd_); }
  LoopbackSocket(const LoopbackSocket&) = delete;
  LoopbackSocket& operator=(const LoopbackSocket&) = delete;

  bool bound() const { return bound_; }
  int fd() const { return fd_; }
  std::uint16_t port() const { return address_.port(); }

 private:
  LoopbackAddress address_;
  int fd_ = -1;
  bool bound_ = false;
};

/// Answers.
class Listener : public LoopbackSocket {
 public:
  explicit Listener(const std::string& address, std::uint16_t port = 0, int backlog = 16) : LoopbackSocket(address, port) {
    if (bound()) listen(fd(), backlog);
  }

  /// The address and port that the next connection comes from, as "127.0.0.1:1234"; empty: none comes.
  std::string next_peer() {
    pollfd one{fd(), POLLIN, 0};
    if (poll(&one, 1, 5000) != 1) return "";
    LoopbackAddress peer("::", 0);
    socklen_t size = sizeof peer.v6;
    const int connection = accept(fd(), &peer.any, &size);
    close(connection);
    return peer.text() + ":" + std::to_string(peer.port());
  }
};

/// Is there and never answers: its queue is full, so that the kernel drops what else comes.
class DeadEnd : public Listener {
 public:
  explicit DeadEnd(const std::string& address, std::uint16_t port) : Listener(address, port, 0) {
    const LoopbackAddress there(address, port);
    for (int& filler : fillers_) {
      filler = socket(there.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      static_cast<void>(connect(filler, &there.any, there.size()));
    }
    pollfd last{fillers_[1], POLLOUT, 0};
    dead_ = bound() && poll(&last, 1, 50) == 0;
  }
  ~DeadEnd() {
    for (const int filler : fillers_) close(filler);
  }

  bool dead() const { return dead_; }

 private:
  int fillers_[2];
  bool dead_ = false;
};

}  // namespace mailmote::test

#endif
