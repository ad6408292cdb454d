#include "content.hpp"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "failure.hpp"

namespace mailmote::cli {
namespace {

constexpr std::size_t kBlock = 65536;

[[noreturn]] void fail(const char* what, const std::string& path) {
  const char* const why = std::strerror(errno);
  throw Failure::input(std::string("cannot ") + what + " " + (path == "-" ? "standard input" : path) + ": " + why);
}

File open_input(const std::string& path) {
  const int fd = path == "-" ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail("open", path);
  return File(fd);
}

std::string_view read_block(int fd, char (&block)[kBlock], const std::string& path) {
  ssize_t n;
  do n = read(fd, block, sizeof block);
  while (n < 0 && errno == EINTR);
  if (n < 0) fail("read", path);
  return {block, static_cast<std::size_t>(n)};
}

bool is_regular(const File& file) {
  struct stat status;
  return fstat(file.fd(), &status) == 0 && S_ISREG(status.st_mode);
}

// From where it stands.
std::uint64_t length_of(const File& file) {
  struct stat status;
  const off_t begin = lseek(file.fd(), 0, SEEK_CUR);
  if (fstat(file.fd(), &status) != 0 || status.st_size <= begin) return 0;
  return static_cast<std::uint64_t>(status.st_size - begin);
}

File temporary_file() {
  const char* const directory = getenv("TMPDIR");
  std::string name = std::string(directory != nullptr && *directory != '\0' ? directory : "/tmp") + "/mailmote-XXXXXX";
  const int fd = mkostemp(name.data(), O_CLOEXEC);
  if (fd < 0) fail("create a temporary file in the directory of", name);
  unlink(name.c_str());
  return File(fd);
}

void write_all(const File& file, std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t n = write(file.fd(), octets.data(), octets.size());
    if (n < 0 && errno != EINTR) fail("write", "a temporary file");
    if (n > 0) octets.remove_prefix(static_cast<std::size_t>(n));
  }
}

File rewindable(File input, const std::string& path) {
  if (is_regular(input)) return input;
  File copy = temporary_file();
  char block[kBlock];
  for (;;) {
    const std::string_view octets = read_block(input.fd(), block, path);
    if (octets.empty()) break;
    write_all(copy, octets);
  }
  lseek(copy.fd(), 0, SEEK_SET);
  return copy;
}

bool is_eight_bit(char octet) { return static_cast<unsigned char>(octet) > 127; }

}  // namespace

File::~File() {
  if (fd_ >= 0) close(fd_);
}

std::string read_text(const std::string& path) {
  const File input = open_input(path);
  std::string text;
  char block[kBlock];
  for (;;) {
    const std::string_view octets = read_block(input.fd(), block, path);
    if (octets.empty()) return text;
    text += octets;
  }
}

FileContent::FileContent(const std::string& path)
    : file_(rewindable(open_input(path), path)), source_(file_.fd()), length_(length_of(file_)) {}

RawContent::RawContent(const std::string& path) : file_(path) {
  const off_t begin = lseek(file_.fd(), 0, SEEK_CUR);
  char block[kBlock];
  for (;;) {
    const std::string_view octets = read_block(file_.fd(), block, path);
    if (octets.empty()) break;
    eight_bit_ = eight_bit_ || std::any_of(octets.begin(), octets.end(), is_eight_bit);
  }
  lseek(file_.fd(), begin, SEEK_SET);
}

Status RawContent::do_start(const Offer& offer, ContentPlan& plan) {
  const Status status = file_.source().start(offer, plan);
  plan.eight_bit = eight_bit_;
  return status;
}

}  // namespace mailmote::cli
