// Sends one mail in each of many sessions at once, in one thread, on epoll(7): what the measurements look at.
//   many PORT SESSIONS
// Prints CPU time in ms, resident memory in octets a session, and the sessions that were accepted.
#include <poll.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "mailmote/client.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"
#include "mailmote/text_message.hpp"

namespace {

using namespace mailmote;

constexpr char kMail[] =
    "From: <pump@example.com>\r\nTo: <ops@example.com>\r\nSubject: Alarm\r\n\r\nThe pump in the cellar has stopped.\r\n";

/// Everything that a session needs; nothing of it is on the heap but in the one array of all of them.
struct Sending {
  explicit Sending(const Options& options) : client(stream, options, buffer.rx(), buffer.tx()) {}

  posix::TcpStream stream;
  ClientBuffer<512, 512> buffer;
  Client client;
  Recipient recipient{"ops@example.com"};
  MemorySource content{kMail};
  Message message{"pump@example.com", recipient, content};
  int watched = -1;
  unsigned interest = 0;
  unsigned generation = 0;
};

class Loop {
 public:
  explicit Loop(std::size_t sessions) : epoll_(epoll_create1(EPOLL_CLOEXEC)), left_(sessions) {}

  std::size_t accepted() const { return accepted_; }
  bool over() const { return left_ == 0; }

  /// Polls until there is something to wait for.
  void advance(Sending& one, std::size_t index) {
    Poll said = Poll::again;
    while (said == Poll::again) said = one.client.poll(posix::now());
    if (said == Poll::done) finish(one);
    else watch(one, index);
  }

  void wait(std::vector<Sending*>& all) {
    epoll_event events[512];
    const int count = epoll_wait(epoll_, events, 512, 1000);
    for (int i = 0; i < count; ++i) advance(*all[events[i].data.u64], events[i].data.u64);
  }

 private:
  void finish(Sending& one) {
    if (one.client.outcome() == Outcome::accepted) ++accepted_;
    one.client.cancel();  // the mail is there: nobody waits for the reply to QUIT
    --left_;
  }

  void watch(Sending& one, std::size_t index) {
    pollfd list[posix::TcpStream::kMaxDescriptors];
    if (one.stream.descriptors(one.client.wait(posix::now()), list) == 0) return;
    const unsigned interest = ((list[0].events & POLLIN) != 0 ? EPOLLIN : 0U) | ((list[0].events & POLLOUT) != 0 ? EPOLLOUT : 0U);
    const bool known = one.watched == list[0].fd && one.generation == one.stream.generation();
    if (known && interest == one.interest) return;
    epoll_event event = {};
    event.events = interest;
    event.data.u64 = index;
    epoll_ctl(epoll_, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, list[0].fd, &event);
    one.watched = list[0].fd;
    one.interest = interest;
    one.generation = one.stream.generation();
  }

  int epoll_;
  std::size_t left_;
  std::size_t accepted_ = 0;
};

double cpu_ms() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

long resident() {
  long pages = 0;
  FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr || std::fscanf(file, "%*d %ld", &pages) != 1) pages = 0;
  if (file != nullptr) std::fclose(file);
  return pages * sysconf(_SC_PAGESIZE);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "many PORT SESSIONS\n"), 64;
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  Options options;
  options.host = "127.0.0.1";
  options.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  options.security = Security::none;
  options.helo = "bench.example.com";
  const auto sessions = static_cast<std::size_t>(std::atol(argv[2]));
  const long before = resident();
  const double begin = cpu_ms();
  Loop loop(sessions);
  std::vector<Sending*> all;
  for (std::size_t i = 0; i < sessions; ++i) {
    all.push_back(new Sending(options));
    if (all[i]->client.start(all[i]->message) != Status::ok) return 70;
    loop.advance(*all[i], i);
  }
  while (!loop.over()) loop.wait(all);
  std::printf("%.1f %ld %zu\n", cpu_ms() - begin, (resident() - before) / static_cast<long>(sessions), loop.accepted());
  for (Sending* one : all) delete one;
}
