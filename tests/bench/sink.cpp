// A fast SMTP server that keeps nothing: the other end of the measurements. Prints its port, serves any number of
// connections, and ends with its standard input. `sink [chunking]`.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace {

class Connection {
 public:
  Connection(int fd, bool chunking) : fd_(fd), chunking_(chunking), buffer_(new char[kBuffer]) {
    say("220 sink.example.com ESMTP\r\n");
    flush();
  }
  ~Connection() { close(fd_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // False when the connection has ended.
  bool serve() {
    const ssize_t n = read(fd_, buffer_.get() + used_, kBuffer - used_);
    if (n <= 0) return false;
    used_ += static_cast<std::size_t>(n);
    while (step()) {
    }
    flush();
    return open_;
  }

 private:
  bool step() {
    if (chunk_ != 0) return take_chunk();
    return in_data_ ? take_data() : take_command();
  }

  bool take_chunk() {
    const std::size_t n = used_ < chunk_ ? used_ : chunk_;
    drop(n);
    chunk_ -= n;
    if (chunk_ == 0) say("250 2.0.0 taken\r\n");
    return chunk_ == 0 && used_ != 0;
  }

  bool take_data() {
    const void* end = memmem(buffer_.get(), used_, "\r\n.\r\n", 5);
    if (end == nullptr) {
      if (used_ > 4) drop(used_ - 4);
      return false;
    }
    drop(static_cast<std::size_t>(static_cast<const char*>(end) - buffer_.get()) + 5);
    in_data_ = false;
    say("250 2.0.0 taken\r\n");
    return true;
  }

  bool take_command() {
    const void* end = memmem(buffer_.get(), used_, "\r\n", 2);
    if (end == nullptr) return false;
    const auto length = static_cast<std::size_t>(static_cast<const char*>(end) - buffer_.get());
    const std::string command(buffer_.get(), length);
    drop(length + 2);
    answer(command);
    return open_;
  }

  void answer(const std::string& command) {
    const std::string verb = command.substr(0, 4);
    if (verb == "EHLO") {
      say("250-sink.example.com\r\n250-PIPELINING\r\n250-SIZE\r\n250-8BITMIME\r\n");
      say(chunking_ ? "250-ENHANCEDSTATUSCODES\r\n250 CHUNKING\r\n" : "250 ENHANCEDSTATUSCODES\r\n");
    } else if (verb == "DATA") {
      in_data_ = true;
      say("354 go on\r\n");
    } else if (verb == "BDAT") {
      chunk_ = std::strtoul(command.c_str() + 5, nullptr, 10);
    } else if (verb == "QUIT") {
      open_ = false;
      say("221 2.0.0 bye\r\n");
    } else {
      say("250 2.1.0 ok\r\n");
    }
  }

  void say(std::string_view text) { out_ += text; }
  void flush() {
    if (!out_.empty() && write(fd_, out_.data(), out_.size()) < 0) open_ = false;
    out_.clear();
  }
  void drop(std::size_t n) {
    used_ -= n;
    std::memmove(buffer_.get(), buffer_.get() + n, used_);
  }

  static constexpr std::size_t kBuffer = 1 << 18;  // of which the system gives what is used

  int fd_;
  bool chunking_;
  std::unique_ptr<char[]> buffer_;
  std::string out_;
  std::size_t used_ = 0;
  std::size_t chunk_ = 0;
  bool in_data_ = false;
  bool open_ = true;
};

int listen_on_loopback() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  if (fd < 0 || bind(fd, plain, size) != 0 || listen(fd, 4096) != 0 || getsockname(fd, plain, &size) != 0) return -1;
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  return fd;
}

void watch(int epoll, int fd) {
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.fd = fd;
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

void raise_descriptor_limit() {
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

class Server {
 public:
  Server(int listener, bool chunking) : listener_(listener), chunking_(chunking), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    watch(epoll_, listener_);
    watch(epoll_, STDIN_FILENO);
  }

  // Until standard input ends.
  void run() {
    for (;;) {
      epoll_event events[256];
      const int count = epoll_wait(epoll_, events, 256, -1);
      for (int i = 0; i < count; ++i) {
        if (events[i].data.fd == STDIN_FILENO) return;
        on_ready(events[i].data.fd);
      }
    }
  }

 private:
  void on_ready(int fd) {
    if (fd == listener_) return take();
    const auto connection = connections_.find(fd);
    if (connection != connections_.end() && !connection->second.serve()) connections_.erase(connection);
  }

  void take() {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    const int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    watch(epoll_, fd);
    connections_.try_emplace(fd, fd, chunking_);
  }

  int listener_;
  bool chunking_;
  int epoll_;
  std::unordered_map<int, Connection> connections_;
};

}  // namespace

int main(int argc, char** argv) {
  raise_descriptor_limit();
  const int listener = listen_on_loopback();
  if (listener < 0) return 1;
  Server(listener, argc > 1 && std::strcmp(argv[1], "chunking") == 0).run();
}
