// All memory of Mbed TLS from an arena: how much it takes, what happens when it is not enough, and that nothing else is
// allocated. A program of its own, because an arena is for the whole process. The server is another process.
#include <gtest/gtest.h>
#include <mbedtls/version.h>

#include "tls_support/connection.hpp"

#if defined(MBEDTLS_MEMORY_BUFFER_ALLOC_C) && defined(MBEDTLS_MEMORY_DEBUG)

#include <errno.h>
#include <mbedtls/memory_buffer_alloc.h>
#include <mbedtls/platform.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mailmote/mbedtls/arena.hpp"
#include "mailmote/mbedtls/tls_stream.h"

namespace {

unsigned heap_calls = 0;

}  // namespace

// These take the place of the C library's, to count.
#if !defined(__SANITIZE_ADDRESS__)
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t n, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* malloc(std::size_t size) {
  ++heap_calls;
  return __libc_malloc(size);
}
void* calloc(std::size_t n, std::size_t size) {
  ++heap_calls;
  return __libc_calloc(n, size);
}
void* realloc(void* old, std::size_t size) {
  ++heap_calls;
  return __libc_realloc(old, size);
}
}
#endif

namespace mailmote::tls_support {
namespace {

/// One end of a pair of sockets.
class SocketStream final : public Stream {
 public:
  explicit SocketStream(int fd) : fd_(fd) {}
  void wait_for_input() const {
    pollfd one{fd_, POLLIN, 0};
    poll(&one, 1, 5000);
  }

 private:
  IoStatus do_open(const Endpoint&) override { return IoStatus::ok; }
  IoStatus do_progress(Millis) override { return IoStatus::ok; }
  IoResult do_read(MutableBytes into) override {
    const ssize_t n = recv(fd_, into.data, into.size, MSG_DONTWAIT);
    if (n > 0) return {IoStatus::ok, static_cast<std::size_t>(n)};
    return n == 0 ? IoStatus::closed : errno == EAGAIN ? IoStatus::would_block : IoStatus::error;
  }
  IoResult do_write(ByteView from) override {
    const ssize_t n = send(fd_, from.data, from.size, MSG_NOSIGNAL);
    return n > 0 ? IoResult{IoStatus::ok, static_cast<std::size_t>(n)} : IoResult{IoStatus::error};
  }
  IoStatus do_close() override { return IoStatus::ok; }
  void do_abort() override {}
  Interest do_wait() const override { return {true, false, false}; }
  IpEndpoint do_local() const override { return {}; }
  IpEndpoint do_remote() const override { return {}; }
  Status do_status() const override { return Status::ok; }
  std::int32_t do_native() const override { return 0; }

  int fd_;
};

void serve(int fd, const ServerOptions& options) {
  TlsServer server(options);
  char buffer[4096];
  for (ssize_t n = 0; (n = recv(fd, buffer, sizeof buffer, 0)) > 0;) {
    server.in.append(buffer, static_cast<std::size_t>(n));
    server.run();
    server.send(server.received);
    if (send(fd, server.out.data(), server.out.size(), MSG_NOSIGNAL) < 0) break;
    server.out.clear();
  }
}

/// A server in another process, which answers with what it hears, one connection after the other.
class ServerProcess {
 public:
  explicit ServerProcess(const ServerOptions& options) {
    address_.sun_family = AF_UNIX;
    socklen_t size = sizeof address_.sun_family;  // the system finds a name
    const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(listener, name(), size) != 0 || listen(listener, 8) != 0) throw std::runtime_error("no sockets");
    size_ = sizeof address_;
    getsockname(listener, name(), &size_);
    process_ = fork();
    while (process_ == 0) {
      const int fd = accept(listener, nullptr, nullptr);
      serve(fd, options);
      close(fd);
    }
    close(listener);
  }
  ~ServerProcess() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  int connect_to() {
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(fd, name(), size_) != 0) throw std::runtime_error("no server");
    return fd;
  }

 private:
  sockaddr* name() { return reinterpret_cast<sockaddr*>(&address_); }

  sockaddr_un address_{};
  socklen_t size_ = 0;
  pid_t process_;
};

struct Outcome {
  IoStatus status = IoStatus::error;
  Status reason = Status::ok;
  TlsVersion version = TlsVersion::none;
  unsigned heap_calls = 0;
};

TlsOptions options_of(TlsVersion version) {
  TlsOptions options;
  options.ca = view(root().certificate);
  options.random = random();
  options.clock.read = [](void*) { return kNow; };
  options.max = version;
  return options;
}

// A handshake, a few octets to and fro, and the end.
IoStatus talk(mbedtls::TlsStream& tls, const SocketStream& socket) {
  IoStatus status = tls.open({"localhost", 465});
  if (status == IoStatus::ok) status = tls.start_tls();
  while (status == IoStatus::would_block) {
    if (!tls.wait().again) socket.wait_for_input();
    status = tls.progress(0);
  }
  const std::uint8_t ping[] = {'p', 'i', 'n', 'g'};
  if (status == IoStatus::ok) status = tls.write({ping, sizeof ping}).status;
  std::uint8_t pong[sizeof ping];
  IoResult read = IoStatus::would_block;
  while (status == IoStatus::ok && read.status == IoStatus::would_block) {
    read = tls.read({pong, sizeof pong});
    if (read.status == IoStatus::would_block && !tls.wait().again) socket.wait_for_input();
  }
  if (status == IoStatus::ok) status = read.status;
  if (status == IoStatus::ok) status = tls.close();
  return status;
}

Outcome run(ServerProcess& server, const TlsOptions& options) {
  const int fd = server.connect_to();
  SocketStream socket(fd);
  mbedtls::TlsStream tls(socket, options);
  const unsigned before = heap_calls;
  Outcome outcome;
  outcome.status = talk(tls, socket);
  outcome.heap_calls = heap_calls - before;
  outcome.reason = tls.status();
  outcome.version = tls.tls()->version;
  tls.abort();
  close(fd);
  return outcome;
}

std::size_t in_use() {
  std::size_t octets = 0;
  std::size_t blocks = 0;
  mbedtls_memory_buffer_alloc_cur_get(&octets, &blocks);
  return octets;
}

constexpr std::size_t kRoom = 128 * 1024;
alignas(16) std::uint8_t room[kRoom];

class MbedtlsArena : public testing::Test {
 protected:
  // Before the arena is in use, so that the servers have their memory from the C library.
  static void SetUpTestSuite() {
    for (const bool rsa : {false, true}) {
      ServerOptions options;
      options.who = rsa ? &rsa_server() : &server();
      servers_[rsa] = std::make_unique<ServerProcess>(options);
    }
    tzset();  // the C library reads the time zone when it is first asked for the time
  }
  static void TearDownTestSuite() {
    for (auto& server : servers_) server.reset();
  }

  static void begin() { static_cast<void>(mbedtls::use_arena({room, sizeof room})); }

  static Outcome connect(bool rsa, TlsVersion version) { return run(*servers_[rsa], options_of(version)); }

 private:
  static std::unique_ptr<ServerProcess> servers_[2];
};

std::unique_ptr<ServerProcess> MbedtlsArena::servers_[2];

TEST_F(MbedtlsArena, RefusesOneThatIsTooSmall) {
  EXPECT_EQ(mbedtls::use_arena({room, mbedtls::arena_minimum() - 1}), Status::out_of_space);
  EXPECT_EQ(mbedtls::use_arena({nullptr, kRoom}), Status::out_of_space);
  EXPECT_EQ(mbedtls::arena_high_water(), 0U);
  EXPECT_EQ(mailmote_mbedtls_use_arena(room, mailmote_mbedtls_arena_minimum() - 1), MAILMOTE_OUT_OF_SPACE);
  EXPECT_EQ(mailmote_mbedtls_use_arena(nullptr, kRoom), MAILMOTE_OUT_OF_SPACE);
  EXPECT_EQ(mailmote_mbedtls_arena_high_water(), 0U);
}

TEST_F(MbedtlsArena, IsAllThatIsUsed) {
  begin();
  EXPECT_EQ(mbedtls::use_arena({room, sizeof room}), Status::busy);
  for (const TlsVersion version : versions()) {
    const Outcome outcome = connect(false, version);
    EXPECT_EQ(outcome.status, IoStatus::ok) << static_cast<int>(outcome.reason);
    EXPECT_EQ(outcome.version, version);
    EXPECT_EQ(outcome.heap_calls, 0U);
  }
  EXPECT_GT(mbedtls::arena_high_water(), 0U);
  EXPECT_LT(mbedtls::arena_high_water(), sizeof room);
}

TEST_F(MbedtlsArena, IsTheSameForProgramsInC) {
  begin();
  EXPECT_EQ(mailmote_mbedtls_use_arena(room, sizeof room), MAILMOTE_BUSY);
  EXPECT_EQ(connect(false, TlsVersion::tls1_2).status, IoStatus::ok);
  EXPECT_EQ(mailmote_mbedtls_arena_minimum(), mbedtls::arena_minimum());
  EXPECT_EQ(mailmote_mbedtls_arena_high_water(), mbedtls::arena_high_water());
  EXPECT_GT(mailmote_mbedtls_arena_high_water(), 0U);
}

TEST_F(MbedtlsArena, IsGivenBackWithEachConnection) {
  begin();
  for (const bool rsa : {false, true}) {
    for (const TlsVersion version : versions()) {
      const std::size_t before = in_use();
      EXPECT_EQ(connect(rsa, version).status, IoStatus::ok);
      EXPECT_EQ(in_use(), before);
    }
  }
}

// What arena_minimum() asks for is left, and not more: it is enough.
TEST_F(MbedtlsArena, NeedsNoMoreThanItsMinimum) {
  begin();
  void* const hog = mbedtls_calloc(1, sizeof room - mbedtls::arena_minimum() - in_use());
  ASSERT_NE(hog, nullptr);
  const Outcome outcome = connect(false, TlsVersion::tls1_2);
  EXPECT_EQ(outcome.status, IoStatus::ok) << static_cast<int>(outcome.reason);
  mbedtls_free(hog);
}

TEST_F(MbedtlsArena, NamesItsEnd) {
  begin();
  for (const TlsVersion version : versions()) {
    unsigned failures = 0;
    for (std::size_t left = 1000; left < mbedtls::arena_minimum(); left += 97) {
      const std::size_t before = in_use();
      void* const hog = mbedtls_calloc(1, sizeof room - left - before);
      const Outcome outcome = connect(false, version);
      mbedtls_free(hog);
      EXPECT_EQ(in_use(), before) << left;
      if (outcome.status == IoStatus::ok) continue;
      ++failures;
      EXPECT_EQ(outcome.reason, Status::tls_out_of_memory) << left << " " << static_cast<int>(outcome.reason);
    }
    EXPECT_GT(failures, 100U);
  }
}

}  // namespace
}  // namespace mailmote::tls_support

#else

TEST(MbedtlsArena, IsNotThere) {
  GTEST_SKIP() << "skipped: this Mbed TLS lacks MBEDTLS_MEMORY_BUFFER_ALLOC_C or MBEDTLS_MEMORY_DEBUG";
}

#endif
