#include "secret.hpp"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

namespace mailmote::cli {
namespace {

// As many octets as are there, and fit; -1: see errno.
ssize_t read_all(const File& file, MutableBytes into) {
  std::size_t used = 0;
  while (used < into.size) {
    const ssize_t n = read(file.fd(), into.data + used, into.size - used);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    if (n == 0) break;
    used += static_cast<std::size_t>(n);
  }
  return static_cast<ssize_t>(used);
}

bool write_all(const File& file, ByteView octets) {
  while (octets.size != 0) {
    const ssize_t n = write(file.fd(), octets.data, octets.size);
    if (n < 0 && errno != EINTR) return false;
    if (n <= 0) continue;
    octets.data += n;
    octets.size -= static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

Secret::~Secret() { explicit_bzero(octets_.data(), octets_.size()); }

std::size_t Secret::read(const std::string& path, std::string& problem) {
  const File file(path == "-" ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : open(path.c_str(), O_RDONLY | O_CLOEXEC));
  return read(file, problem);
}

std::size_t Secret::read(const File& file, std::string& problem) {
  const ssize_t n = file.fd() < 0 ? -1 : read_all(file, bytes());
  const auto size = static_cast<std::size_t>(n);
  if (n > 0 && size < octets_.size()) return size;
  problem = n < 0 ? strerror(errno) : n == 0 ? "it is empty" : "it is too large";
  return 0;
}

std::string replace_file(const std::string& path, ByteView octets) {
  std::string beginning = path + ".XXXXXX";
  const File file(mkostemp(beginning.data(), O_CLOEXEC));  // with mode 0600, and only if there is none of that name
  if (file.fd() < 0) return strerror(errno);
  if (write_all(file, octets) && rename(beginning.c_str(), path.c_str()) == 0) return {};
  const std::string why = strerror(errno);
  unlink(beginning.c_str());
  return why;
}

}  // namespace mailmote::cli
