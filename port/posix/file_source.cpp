#include "mailmote/posix/file_source.hpp"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <limits>

namespace mailmote::posix {
namespace {

bool is_blocked(int error) {
  if (error == EAGAIN) return true;
  return error == EWOULDBLOCK;
}

// A size of 0 says nothing: files under /proc have it and hold something all the same.
std::uint32_t length_from(const struct stat& file, off_t begin) {
  if (!S_ISREG(file.st_mode) || file.st_size <= begin) return 0;
  const auto length = static_cast<std::uint64_t>(file.st_size - begin);
  return length <= std::numeric_limits<std::uint32_t>::max() ? static_cast<std::uint32_t>(length) : 0;
}

}  // namespace

Status FdSource::do_start(const Offer&, ContentPlan& plan) {
  struct stat file;
  if (fstat(fd_, &file) != 0) return Status::source_failed;
  if (!known_) {
    begin_ = lseek(fd_, 0, SEEK_CUR);
    seekable_ = begin_ >= 0;
    at_ = 0;
    known_ = true;
  }
  if (!seekable_ && at_ != 0) return Status::source_not_rewindable;
  if (seekable_) at_ = begin_;
  left_ = seekable_ ? length_from(file, begin_) : 0;
  bounded_ = left_ != 0;
  plan.length = left_;
  plan.length_known = bounded_;
  plan.rewindable = seekable_;
  return Status::ok;
}

ReadResult FdSource::do_read(MutableBytes into) {
  const std::size_t size = bounded_ && left_ < into.size ? left_ : into.size;
  ssize_t n;
  do n = seekable_ ? pread(fd_, into.data, size, at_) : ::read(fd_, into.data, size);
  while (n < 0 && errno == EINTR);
  if (n < 0) return is_blocked(errno) ? ReadStatus::would_block : ReadStatus::error;
  return n == 0 ? ReadStatus::end : delivered(static_cast<std::size_t>(n));
}

ReadResult FdSource::delivered(std::size_t n) {
  at_ += static_cast<off_t>(n);
  if (!bounded_) return {ReadStatus::ok, n};
  left_ -= static_cast<std::uint32_t>(n);
  return {left_ == 0 ? ReadStatus::end : ReadStatus::ok, n};
}

PathSource::~PathSource() {
  if (file_.fd_ >= 0) close(file_.fd_);
}

Status PathSource::do_start(const Offer& offer, ContentPlan& plan) {
  if (file_.fd_ < 0) file_.fd_ = open(path_, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  return file_.fd_ < 0 ? Status::source_failed : file_.start(offer, plan);
}

}  // namespace mailmote::posix
