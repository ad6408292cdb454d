// The same as many.cpp by libcurl's multi interface with its socket action on epoll(7).
//   many_curl PORT SESSIONS
#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

const std::string kMail =
    "From: <pump@example.com>\r\nTo: <ops@example.com>\r\nSubject: Alarm\r\n\r\nThe pump in the cellar has stopped.\r\n";

struct Sending {
  CURL* easy = nullptr;
  std::size_t at = 0;
};

std::size_t deliver(char* into, std::size_t size, std::size_t count, void* context) {
  auto* one = static_cast<Sending*>(context);
  const std::size_t room = size * count;
  const std::size_t n = kMail.size() - one->at < room ? kMail.size() - one->at : room;
  std::memcpy(into, kMail.data() + one->at, n);
  one->at += n;
  return n;
}

struct Loop {
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  long timeout = -1;
};

int on_socket(CURL*, curl_socket_t fd, int what, void* context, void*) {
  auto* loop = static_cast<Loop*>(context);
  epoll_event event = {};
  event.data.fd = fd;
  event.events = ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0U) | ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0U);
  if (what == CURL_POLL_REMOVE) return epoll_ctl(loop->epoll, EPOLL_CTL_DEL, fd, &event), 0;
  if (epoll_ctl(loop->epoll, EPOLL_CTL_MOD, fd, &event) != 0) epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &event);
  return 0;
}

int on_timer(CURLM*, long timeout, void* context) {
  static_cast<Loop*>(context)->timeout = timeout;
  return 0;
}

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

CURL* make(Sending& one, const std::string& url, curl_slist* to) {
  one.easy = curl_easy_init();
  curl_easy_setopt(one.easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(one.easy, CURLOPT_MAIL_FROM, "<pump@example.com>");
  curl_easy_setopt(one.easy, CURLOPT_MAIL_RCPT, to);
  curl_easy_setopt(one.easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(one.easy, CURLOPT_READFUNCTION, deliver);
  curl_easy_setopt(one.easy, CURLOPT_READDATA, &one);
  curl_easy_setopt(one.easy, CURLOPT_NOSIGNAL, 1L);
  return one.easy;
}

std::size_t count_sent(CURLM* multi, std::size_t& left) {
  std::size_t sent = 0;
  int queued = 0;
  for (CURLMsg* message; (message = curl_multi_info_read(multi, &queued)) != nullptr;) {
    if (message->msg != CURLMSG_DONE) continue;
    --left;
    if (message->data.result == CURLE_OK) ++sent;
  }
  return sent;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "many_curl PORT SESSIONS\n"), 64;
  rlimit limit = {};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  curl_global_init(CURL_GLOBAL_NOTHING);
  const std::string url = "smtp://127.0.0.1:" + std::string(argv[1]) + "/bench.example.com";
  const auto sessions = static_cast<std::size_t>(std::atol(argv[2]));
  curl_slist* to = curl_slist_append(nullptr, "<ops@example.com>");
  std::vector<Sending> all(sessions);
  const long before = resident();
  const double begin = cpu_ms();
  Loop loop;
  CURLM* multi = curl_multi_init();
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, &loop);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, &loop);
  for (Sending& one : all) curl_multi_add_handle(multi, make(one, url, to));
  std::size_t left = sessions;
  std::size_t sent = 0;
  while (left != 0) {
    epoll_event events[512];
    int running = 0;
    const int count = epoll_wait(loop.epoll, events, 512, static_cast<int>(loop.timeout));
    if (count == 0) curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
    for (int i = 0; i < count; ++i) {
      const int what = ((events[i].events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                       ((events[i].events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
                       ((events[i].events & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);
      curl_multi_socket_action(multi, events[i].data.fd, what, &running);
    }
    sent += count_sent(multi, left);
  }
  std::printf("%.1f %ld %zu\n", cpu_ms() - begin, (resident() - before) / static_cast<long>(sessions), sent);
}
