#include "child.hpp"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "content.hpp"
#include "mailmote/posix/waiter.hpp"

namespace mailmote::cli {
namespace {

// 0, or the errno of why not.
int spawn(const std::vector<std::string>& words, int out, pid_t& child) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  const int error = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

// Up to the end; null, or why not.
const char* read_to_end(int fd, MutableBytes into, Millis timeout, std::size_t& size) {
  Deadline deadline;
  if (timeout != kForever) deadline.set(posix::now(), timeout);
  for (;;) {
    if (size == into.size) return "writes too much";
    struct pollfd input = {fd, POLLIN, 0};
    const int ready = poll(&input, 1, static_cast<int>(deadline.left(posix::now())));  // kForever is -1
    if (ready == 0) return "takes too long";
    const ssize_t n = ready < 0 ? -1 : read(fd, into.data + size, into.size - size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return "cannot be read from";
    if (n == 0) return nullptr;
    size += static_cast<std::size_t>(n);
  }
}

std::string end_of(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) return "was ended by signal " + std::to_string(WTERMSIG(status));
  return WEXITSTATUS(status) == 0 ? "" : "exited with " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

std::size_t read_from_child(const std::vector<std::string>& words, MutableBytes into, Millis timeout,
                            std::string& problem) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    problem = std::string("cannot be started: ") + strerror(errno);
    return 0;
  }
  const File output(ends[0]);
  pid_t child = -1;
  int error = 0;
  {
    const File input(ends[1]);
    error = spawn(words, input.fd(), child);
  }
  if (error != 0) {
    problem = std::string("cannot be started: ") + strerror(error);
    return 0;
  }
  std::size_t size = 0;
  const char* const why = read_to_end(output.fd(), into, timeout, size);
  if (why != nullptr) kill(child, SIGKILL);
  problem = end_of(child);
  if (why != nullptr) problem = why;
  return size;
}

}  // namespace mailmote::cli
