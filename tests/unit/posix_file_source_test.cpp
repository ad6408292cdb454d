#ifdef MAILMOTE_HAS_POSIX

#include "mailmote/posix/file_source.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <string>

namespace mailmote::posix {
namespace {

// A file without a name.
class File {
 public:
  explicit File(const std::string& octets) {
    char path[] = "/tmp/mailmote-XXXXXX";
    fd = mkstemp(path);
    unlink(path);
    append(octets);
    lseek(fd, 0, SEEK_SET);
  }
  ~File() { close(fd); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void append(const std::string& octets) const {
    EXPECT_EQ(pwrite(fd, octets.data(), octets.size(), lseek(fd, 0, SEEK_END)), static_cast<ssize_t>(octets.size()));
  }

  int fd;
};

struct Pipe {
  Pipe() { EXPECT_EQ(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0); }
  ~Pipe() {
    close(ends[0]);
    if (ends[1] >= 0) close(ends[1]);
  }
  void put(const std::string& octets) const {
    EXPECT_EQ(write(ends[1], octets.data(), octets.size()), static_cast<ssize_t>(octets.size()));
  }
  void end() {
    close(ends[1]);
    ends[1] = -1;
  }

  int ends[2];
};

ContentPlan start(BodySource& source, Status expected = Status::ok) {
  ContentPlan plan;
  EXPECT_EQ(source.start(Offer{}, plan), expected);
  return plan;
}

ReadResult read(BodySource& source, std::string& into, std::size_t size = 16) {
  std::string buffer(size, '\0');
  const ReadResult result = source.read({reinterpret_cast<std::uint8_t*>(buffer.data()), size});
  into.append(buffer, 0, result.n);
  return result;
}

std::string read_all(BodySource& source) {
  std::string all;
  ReadStatus status = ReadStatus::ok;
  while (status == ReadStatus::ok) status = read(source, all).status;
  EXPECT_EQ(status, ReadStatus::end);
  return all;
}

const std::string kText = "Subject: level\r\n\r\nTank 3 is at 7 %\r\n";

TEST(FdSource, KnowsTheLengthOfAFileAndDeliversIt) {
  const File file(kText);
  FdSource source(file.fd);
  const ContentPlan plan = start(source);
  EXPECT_TRUE(plan.length_known);
  EXPECT_EQ(plan.length, kText.size());
  EXPECT_TRUE(plan.rewindable);
  EXPECT_FALSE(plan.eight_bit);
  EXPECT_EQ(plan.form, ContentForm::any);
  EXPECT_EQ(read_all(source), kText);
}

TEST(FdSource, SaysTheEndTogetherWithTheLastOctets) {
  const File file("0123456789abcdef01234");
  FdSource source(file.fd);
  start(source);
  std::string got;
  EXPECT_EQ(read(source, got).status, ReadStatus::ok);
  const ReadResult last = read(source, got);
  EXPECT_EQ(last.status, ReadStatus::end);
  EXPECT_EQ(last.n, 5U);
}

TEST(FdSource, StartsAgainWhereItStartedFirst) {
  const File file("skipped" + kText);
  lseek(file.fd, 7, SEEK_SET);
  FdSource source(file.fd);
  start(source);
  std::string some;
  static_cast<void>(read(source, some));
  const ContentPlan again = start(source);
  EXPECT_EQ(again.length, kText.size());
  EXPECT_EQ(read_all(source), kText);
  EXPECT_EQ(lseek(file.fd, 0, SEEK_CUR), 7) << "the application's position has moved";
}

TEST(FdSource, LeavesOutWhatIsAppendedMeanwhile) {
  const File file(kText);
  FdSource source(file.fd);
  start(source);
  file.append("later\r\n");
  EXPECT_EQ(read_all(source), kText);
  EXPECT_EQ(start(source).length, kText.size() + 7);
}

TEST(FdSource, DeliversLessThanItAnnouncedWhenTheFileShrinks) {
  const File file(kText);
  FdSource source(file.fd);
  start(source);
  ASSERT_EQ(ftruncate(file.fd, 10), 0);
  EXPECT_EQ(read_all(source), kText.substr(0, 10));
}

TEST(FdSource, DeliversAnEmptyFile) {
  const File file("");
  FdSource source(file.fd);
  start(source);
  EXPECT_EQ(read_all(source), "");
}

TEST(FdSource, DeliversFilesThatHideTheirLength) {
  const int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  if (fd < 0) GTEST_SKIP() << "skipped: this system has no /proc";
  FdSource source(fd);
  EXPECT_FALSE(start(source).length_known);
  EXPECT_NE(read_all(source), "");
  close(fd);
}

TEST(FdSource, DoesNotKnowTheLengthOf4GiB) {
  const File file("");
  if (ftruncate(file.fd, off_t{1} << 32) != 0) GTEST_SKIP() << "skipped: no file of 4 GiB can be made here";
  FdSource source(file.fd);
  EXPECT_FALSE(start(source).length_known);
  lseek(file.fd, 1, SEEK_SET);
  FdSource shorter(file.fd);
  EXPECT_EQ(start(shorter).length, 0xffffffffU);
}

TEST(FdSource, WaitsForAPipe) {
  Pipe pipe;
  FdSource source(pipe.ends[0]);
  const ContentPlan plan = start(source);
  EXPECT_FALSE(plan.length_known);
  EXPECT_FALSE(plan.rewindable);
  std::string got;
  EXPECT_EQ(read(source, got).status, ReadStatus::would_block);
  pipe.put("slow");
  EXPECT_EQ(read(source, got).status, ReadStatus::ok);
  EXPECT_EQ(read(source, got).status, ReadStatus::would_block);
  pipe.end();
  EXPECT_EQ(read(source, got).status, ReadStatus::end);
  EXPECT_EQ(got, "slow");
}

TEST(FdSource, StartsAPipeOnlyOnce) {
  const Pipe pipe;
  FdSource source(pipe.ends[0]);
  start(source);
  start(source);  // nothing has gone yet
  pipe.put("x");
  std::string got;
  static_cast<void>(read(source, got));
  start(source, Status::source_not_rewindable);
}

TEST(FdSource, SaysThatThereIsNoFile) {
  FdSource source(-1);
  start(source, Status::source_failed);
}

TEST(PathSource, DeliversTheFileAgainAndAgain) {
  File file(kText);
  const std::string path = "/proc/self/fd/" + std::to_string(file.fd);
  PathSource source(path.c_str());
  for (int i = 0; i < 2; ++i) {
    const ContentPlan plan = start(source);
    EXPECT_TRUE(plan.length_known && plan.rewindable);
    EXPECT_EQ(plan.length, kText.size());
    EXPECT_EQ(read_all(source), kText);
  }
}

TEST(PathSource, ClosesWhatItHasOpened) {
  const int next = dup(0);
  close(next);
  {
    PathSource source("/dev/null");
    start(source);
    EXPECT_NE(fcntl(next, F_GETFD), -1);
  }
  EXPECT_EQ(fcntl(next, F_GETFD), -1);
}

TEST(PathSource, SaysThatThereIsNoFile) {
  PathSource source("/nonexistent/file");
  start(source, Status::source_failed);
  start(source, Status::source_failed);
}

TEST(FdSource, SaysThatADirectoryCannotBeRead) {
  const int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  FdSource source(fd);
  start(source);
  std::string got;
  EXPECT_EQ(read(source, got).status, ReadStatus::error);
  close(fd);
}

}  // namespace
}  // namespace mailmote::posix

#endif
