// A message's content from a file descriptor, or from a file by its path.
#ifndef MAILMOTE_POSIX_FILE_SOURCE_HPP
#define MAILMOTE_POSIX_FILE_SOURCE_HPP

#include <sys/types.h>

#include "mailmote/message.hpp"

namespace mailmote::posix {

/// The octets of an open descriptor, which stays the application's: from where it stands at the first start to its end.
///
/// A regular file has a known length (below 4 GiB) and can start again; it is read by pread(2), which leaves the
/// descriptor where it stands. What is appended while the mail goes out is left for the next mail; a file that shrinks
/// is Status::source_length. A pipe or terminal has no length and starts only once (source_not_rewindable). With
/// O_NONBLOCK an empty pipe says would_block; without it, reading blocks.
class FdSource final : public BodySource {
 public:
  constexpr explicit FdSource(int fd) : fd_(fd) {}

 private:
  friend class PathSource;

  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override;
  ReadResult delivered(std::size_t n);

  int fd_;
  off_t begin_ = 0;
  off_t at_ = 0;
  std::uint32_t left_ = 0;  // octets still to deliver when bounded_
  bool known_ = false;      // begin_ and seekable_ are set
  bool seekable_ = false;
  bool bounded_ = false;
};

/// The octets of a file, which is opened when the mail first starts and closed with this object. What cannot be opened is
/// Status::source_failed; for the rest see FdSource. Not for named pipes: open those yourself.
class PathSource final : public BodySource {
 public:
  /// `path` must stay valid.
  constexpr explicit PathSource(const char* path) : path_(path) {}
  ~PathSource();

 private:
  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override { return file_.read(into); }

  const char* path_;
  FdSource file_{-1};
};

}  // namespace mailmote::posix

#endif
