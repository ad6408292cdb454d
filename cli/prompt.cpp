#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "content.hpp"
#include "failure.hpp"
#include "secret.hpp"
#include "secret_source.hpp"

namespace mailmote::cli {
namespace {

constexpr int kEndings[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
constexpr std::size_t kEndingCount = sizeof kEndings / sizeof kEndings[0];

volatile sig_atomic_t ending = 0;  // the signal that came meanwhile

void on_ending(int signal) { ending = signal; }

// While it lives a terminal shows nothing of what is typed. A signal that would end the program waits for its end, so
// that the terminal is not left like this.
class Silence {
 public:
  explicit Silence(int fd) : fd_(fd) {
    struct sigaction action = {};
    action.sa_handler = on_ending;  // without SA_RESTART: the read ends
    for (std::size_t i = 0; i < kEndingCount; ++i) sigaction(kEndings[i], &action, &actions_[i]);
    if (tcgetattr(fd, &before_) != 0) return;
    struct termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = tcsetattr(fd, TCSAFLUSH, &silent) == 0;
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    if (changed_) tcsetattr(fd_, TCSAFLUSH, &before_);
    for (std::size_t i = 0; i < kEndingCount; ++i) sigaction(kEndings[i], &actions_[i], nullptr);
    if (ending != 0) raise(ending);
  }

  bool is_silent() const { return changed_; }

 private:
  int fd_;
  struct termios before_ = {};
  struct sigaction actions_[kEndingCount] = {};
  bool changed_ = false;
};

void say(int fd, std::string_view text) { static_cast<void>(!write(fd, text.data(), text.size())); }

// A line, with its end.
std::size_t hear(int fd, MutableBytes into) {
  std::size_t size = 0;
  while (size < into.size && (size == 0 || into.data[size - 1] != '\n')) {
    const ssize_t n = read(fd, into.data + size, into.size - size);
    if (n < 0 && errno == EINTR && ending == 0) continue;
    if (n <= 0) break;
    size += static_cast<std::size_t>(n);
  }
  return size;
}

}  // namespace

SecretText secret_of_person(const std::string& user) {
  const File terminal(open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  if (terminal.fd() < 0) {
    throw Failure::usage("there is no terminal to ask for the password: give --password-file, --password-env or "
                         "--password-command");
  }
  Secret octets(kMaxSecret);
  const Silence silence(terminal.fd());
  if (!silence.is_silent()) throw Failure::usage("the terminal cannot be kept from showing the password");
  say(terminal.fd(), "Password of " + user + ": ");
  const std::size_t size = hear(terminal.fd(), octets.bytes());
  say(terminal.fd(), "\n");
  return first_line({reinterpret_cast<const char*>(octets.bytes().data), size}, "the password");
}

}  // namespace mailmote::cli
