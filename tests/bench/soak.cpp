// Sends mail after mail to a server that refuses, breaks off and falls silent now and then, and holds every outcome
// against what that server has kept. Memory and descriptors must stay as they are.
//   soak COUNT SEED
#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "mailmote/client.hpp"
#include "mailmote/posix/tcp_stream.hpp"
#include "mailmote/posix/waiter.hpp"

namespace {

using namespace mailmote;

/// What the server does with a mail; half of them it just takes.
enum class Fate : std::uint8_t {
  sender_later, second_unknown, content_no, content_later, breaks_in_content, takes_and_breaks, closes_after_mail, leaves,
  none,
};

unsigned long seed = 0;

unsigned mix(unsigned long number) {
  unsigned long x = (number + seed * 1000003UL) * 0x9e3779b97f4a7c15UL;
  x = (x ^ (x >> 31U)) * 0xbf58476d1ce4e5b9UL;
  return static_cast<unsigned>(x >> 33U);
}

Fate fate_of(unsigned long number) {
  return static_cast<Fate>(std::min(mix(number) % 16, static_cast<unsigned>(Fate::none)));
}

std::string content_of(unsigned long number) {
  std::string content = "Subject: " + std::to_string(number) + "\r\n\r\n";
  for (unsigned line = mix(number + 1) % 30; line != 0; --line) {
    content += std::string(line % 3, '.') + std::string(mix(number + line) % 70, 'a') + "\r\n";
  }
  return content;
}

/// What the server has of a mail, in memory that both processes see.
struct Kept {
  std::uint8_t copies;
  std::uint8_t recipients;
  bool altered;
};

class Connection {
 public:
  Connection(int fd, Kept* kept) : fd_(fd), kept_(kept) {}

  void serve(bool welcome) {
    say(welcome ? "220 soak.example.com\r\n" : "421 4.3.2 not now\r\n");
    std::string line;
    while (welcome && open_ && hear(line)) command(line);
  }

 private:
  bool hear(std::string& line) {
    for (std::size_t end; (end = buffer_.find("\r\n")) == std::string::npos;) {
      char octets[4096];
      const ssize_t n = read(fd_, octets, sizeof octets);
      if (n <= 0) return false;
      buffer_.append(octets, static_cast<std::size_t>(n));
    }
    const std::size_t end = buffer_.find("\r\n");
    line = buffer_.substr(0, end);
    buffer_.erase(0, end + 2);
    return true;
  }

  void command(const std::string& line) {
    const std::string verb = line.substr(0, 4);
    if (verb == "EHLO") return say("250-soak.example.com\r\n250 PIPELINING\r\n");
    if (verb == "MAIL") return mail(line);
    if (verb == "RCPT") return rcpt();
    if (verb == "DATA") return data();
    say(verb == "QUIT" ? "221 2.0.0 bye\r\n" : "250 2.0.0 ok\r\n");
    open_ = verb != "QUIT";
  }

  void mail(const std::string& line) {
    number_ = std::strtoul(line.c_str() + std::strlen("MAIL FROM:<n"), nullptr, 10);
    fate_ = fate_of(number_);
    recipients_ = 0;
    mail_ = fate_ != Fate::sender_later;
    if (fate_ == Fate::closes_after_mail) open_ = false;
    else say(mail_ ? "250 2.1.0 ok\r\n" : "451 4.3.0 later\r\n");
  }

  void rcpt() {
    if (!mail_) return say("503 5.5.1 MAIL first\r\n");
    if (fate_ == Fate::second_unknown && recipients_ == 1) return say("550 5.1.1 nobody\r\n");
    ++recipients_;
    say("250 2.1.5 ok\r\n");
  }

  void data() {
    if (!mail_) return say("503 5.5.1 MAIL first\r\n");
    say("354 go on\r\n");
    std::string content;
    std::string line;
    for (bool more = true; more;) {
      if (fate_ == Fate::breaks_in_content && content.size() > 20) return reset();
      if (!hear(line)) return reset();
      more = line != ".";
      if (more) content += line.substr(line[0] == '.' ? 1 : 0) + "\r\n";
    }
    end(content);
  }

  void end(const std::string& content) {
    mail_ = false;
    switch (fate_) {
      case Fate::content_no: return say("554 5.6.0 not this\r\n");
      case Fate::content_later: return say("452 4.3.1 full\r\n");
      case Fate::leaves: say("421 4.3.2 closing\r\n"); return reset();
      case Fate::breaks_in_content: return reset();
      case Fate::sender_later:
      case Fate::second_unknown:
      case Fate::takes_and_breaks:
      case Fate::closes_after_mail:
      case Fate::none: break;
    }
    Kept& kept = kept_[number_];
    ++kept.copies;
    kept.recipients = recipients_;
    kept.altered = content != content_of(number_);
    if (fate_ == Fate::takes_and_breaks) return reset();
    say("250 2.0.0 taken\r\n");
  }

  void say(const std::string& text) {
    if (send(fd_, text.data(), text.size(), MSG_NOSIGNAL) < 0) open_ = false;
  }

  void reset() { open_ = false; }

  int fd_;
  Kept* kept_;
  std::string buffer_;
  unsigned long number_ = 0;
  Fate fate_ = Fate::none;
  std::uint8_t recipients_ = 0;
  bool mail_ = false;
  bool open_ = true;
};

[[noreturn]] void serve(int listener, Kept* kept) {
  for (unsigned long connections = 1;; ++connections) {
    const int fd = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) _exit(1);
    const int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    Connection(fd, kept).serve(connections % 50 != 0);
    close(fd);
  }
}

class Body final : public BodySource {
 public:
  std::string content;

 private:
  Status do_start(const Offer&, ContentPlan& plan) override {
    at_ = 0;
    plan.rewindable = true;
    return Status::ok;
  }
  ReadResult do_read(MutableBytes into) override {
    const std::size_t n = std::min(into.size, content.size() - at_);
    std::memcpy(into.data, content.data() + at_, n);
    at_ += n;
    return {at_ == content.size() ? ReadStatus::end : ReadStatus::ok, n};
  }
  std::size_t at_ = 0;
};

bool is_true(Outcome outcome, const Kept& kept) {
  if (kept.altered || kept.copies > 1) return false;
  switch (outcome) {
    case Outcome::accepted: return kept.copies == 1 && kept.recipients == 2;
    case Outcome::partly_accepted: return kept.copies == 1 && kept.recipients == 1;
    case Outcome::unknown: return true;
    case Outcome::rejected:
    case Outcome::not_sent: break;
  }
  return kept.copies == 0;
}

long resident_kib() {
  long pages = 0;
  FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr || std::fscanf(file, "%*d %ld", &pages) != 1) pages = 0;
  if (file != nullptr) std::fclose(file);
  return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

int descriptors() {
  int count = 0;
  DIR* directory = opendir("/proc/self/fd");
  while (directory != nullptr && readdir(directory) != nullptr) ++count;
  if (directory != nullptr) closedir(directory);
  return count;
}

struct Tally {
  unsigned long outcomes[5] = {};
  unsigned long wrong = 0;
};

Tally send_all(Client& client, posix::TcpStream& stream, unsigned long first, unsigned long end, const Kept* kept) {
  Tally tally;
  Body body;
  Recipient recipients[] = {"a@example.com", "b@example.com"};
  for (unsigned long number = first; number < end; ++number) {
    body.content = content_of(number);
    const std::string sender = "n" + std::to_string(number) + "@example.com";
    Message message(sender, recipients, body);
    if (client.start(message, mix(number + 2) % 3 == 0 ? After::quit : After::keep) != Status::ok) ++tally.wrong;
    const Outcome outcome = posix::run(client, stream);
    ++tally.outcomes[static_cast<unsigned>(outcome)];
    if (is_true(outcome, kept[number])) continue;
    ++tally.wrong;
    std::printf("WRONG: mail %lu is %s, and the server has %u of it\n", number, std::string(name(outcome)).c_str(),
                static_cast<unsigned>(kept[number].copies));
  }
  client.cancel();
  return tally;
}

int listen_on_loopback(std::uint16_t& port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  if (fd < 0 || bind(fd, plain, size) != 0 || listen(fd, 64) != 0 || getsockname(fd, plain, &size) != 0) return -1;
  port = ntohs(address.sin_port);
  return fd;
}

/// The first part warms everything up; the second one must change nothing.
int soak(unsigned long count, std::uint16_t port, const Kept* kept) {
  Options options;
  options.host = "127.0.0.1";
  options.port = port;
  options.security = Security::none;
  options.helo = "soak.example.com";
  ClientBuffer<512, 512> buffer;
  posix::TcpStream stream;
  Client client(stream, options, buffer.rx(), buffer.tx());
  const unsigned long warm = count / 10;
  resident_kib();  // looking costs memory too, once
  descriptors();
  const Tally first = send_all(client, stream, 0, warm, kept);
  const long resident = resident_kib();
  const int open = descriptors();
  const Tally rest = send_all(client, stream, warm, count, kept);
  const long grown = resident_kib() - resident;
  for (unsigned i = 0; i < 5; ++i) {
    std::printf("%-16s %lu\n", std::string(name(static_cast<Outcome>(i))).c_str(), first.outcomes[i] + rest.outcomes[i]);
  }
  const int more = descriptors() - open;
  std::printf("outcomes that the server's store does not bear out: %lu of %lu\n", first.wrong + rest.wrong, count);
  std::printf("after %lu mails: %ld KiB resident, %d descriptors; after %lu: %+ld KiB, %+d\n", warm, resident, open, count,
              grown, more);
  return first.wrong + rest.wrong == 0 && grown <= 64 && more == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "soak COUNT SEED\n"), 64;
  const unsigned long count = std::strtoul(argv[1], nullptr, 10);
  seed = std::strtoul(argv[2], nullptr, 10);
  std::uint16_t port = 0;
  const int listener = listen_on_loopback(port);
  void* memory = mmap(nullptr, (count + 1) * sizeof(Kept), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (listener < 0 || memory == MAP_FAILED) return 71;
  auto* kept = static_cast<Kept*>(memory);
  // Touched before anything is counted, so that these pages are no growth.
  std::memset(memory, 0, (count + 1) * sizeof(Kept));
  const pid_t server = fork();
  if (server == 0) serve(listener, kept);
  const int result = soak(count, port, kept);
  kill(server, SIGTERM);
  waitpid(server, nullptr, 0);
  return result;
}
