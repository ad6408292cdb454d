// The text or the whole message that is to be sent: from a file or from standard input.
#ifndef MAILMOTE_CLI_CONTENT_HPP
#define MAILMOTE_CLI_CONTENT_HPP

#include <cstdint>
#include <string>

#include "mailmote/message.hpp"
#include "mailmote/posix/file_source.hpp"

namespace mailmote::cli {

/// A descriptor and its end.
class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  File(File&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  File& operator=(File&&) = delete;
  ~File();
  int fd() const { return fd_; }

 private:
  int fd_;
};

/// All of a file ("-": standard input). Throws Failure.
std::string read_text(const std::string& path);

/// A file ("-": standard input) that can be read again and again. What is no regular file is copied to a temporary one
/// that has no name, first.
class FileContent {
 public:
  /// Throws Failure.
  explicit FileContent(const std::string& path);

  int fd() const { return file_.fd(); }
  posix::FdSource& source() { return source_; }
  std::uint64_t length() const { return length_; }

 private:
  File file_;
  posix::FdSource source_;
  std::uint64_t length_;
};

/// A whole message from a file.
class RawContent final : public BodySource {
 public:
  /// Reads all of it once, to learn whether it has octets above 127. Throws Failure.
  explicit RawContent(const std::string& path);

  std::uint64_t length() const { return file_.length(); }

 private:
  Status do_start(const Offer& offer, ContentPlan& plan) override;
  ReadResult do_read(MutableBytes into) override { return file_.source().read(into); }

  FileContent file_;
  bool eight_bit_ = false;
};

}  // namespace mailmote::cli

#endif
