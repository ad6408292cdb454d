// What the public calls of a stream make of what a port returns.
#include "mailmote/stream.hpp"

#include <gtest/gtest.h>

namespace mailmote {
namespace {

// Returns what a test wants.
class Claims final : public Stream {
 public:
  IoResult claim = {IoStatus::ok, 0};

 private:
  IoStatus do_open(const Endpoint&) override { return IoStatus::ok; }
  IoStatus do_progress(Millis) override { return IoStatus::ok; }
  IoResult do_read(MutableBytes) override { return claim; }
  IoResult do_write(ByteView) override { return claim; }
  IoStatus do_close() override { return IoStatus::ok; }
  void do_abort() override {}
  Interest do_wait() const override { return {}; }
  IpEndpoint do_local() const override { return {}; }
  IpEndpoint do_remote() const override { return {}; }
  Status do_status() const override { return Status::ok; }
  std::int32_t do_native() const override { return 0; }
};

// The status of a read and a write of 8 octets, which must be the same.
IoStatus through(IoStatus status, std::size_t n) {
  Claims stream;
  std::uint8_t octets[8] = {};
  stream.claim = {status, n};
  const IoResult read = stream.read({octets, sizeof octets}), written = stream.write({octets, sizeof octets});
  EXPECT_EQ(read.status, written.status);
  EXPECT_EQ(read.n, written.n);
  return read.status;
}

TEST(Stream, AnswersWithAnErrorWhereAPortClaimsNothingOrMoreThanThereWas) {
  EXPECT_EQ(through(IoStatus::ok, 8), IoStatus::ok);
  EXPECT_EQ(through(IoStatus::ok, 1), IoStatus::ok);
  EXPECT_EQ(through(IoStatus::ok, 0), IoStatus::error);
  EXPECT_EQ(through(IoStatus::ok, 9), IoStatus::error);
  EXPECT_EQ(through(IoStatus::would_block, 0), IoStatus::would_block);
  EXPECT_EQ(through(IoStatus::closed, 0), IoStatus::closed);
}

TEST(Stream, HasNoTlsByItself) {
  Claims stream;
  EXPECT_EQ(stream.tls(), nullptr);
  EXPECT_EQ(stream.start_tls(), IoStatus::error);
}

}  // namespace
}  // namespace mailmote
