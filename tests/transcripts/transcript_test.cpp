// Plays every transcript in every way.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/transcript_player.hpp"

namespace mailmote::test {
namespace {

// A transcript in which the server says more than this is cut and split at every place of its ends and at some between.
constexpr std::size_t kEveryPlace = 4000;
constexpr std::size_t kEnds = 200;

class TranscriptTest : public testing::TestWithParam<Transcript> {
 protected:
  Performance plain() const {
    Performance performance;
    performance.tx = std::stoul(GetParam().setting("tx", "512"));
    performance.rx = std::stoul(GetParam().setting("rx", "512"));
    return performance;
  }

  void play(const Performance& performance, const std::string& how) const {
    const std::string problem = TranscriptPlayer(GetParam(), performance).play();
    EXPECT_EQ(problem, "") << GetParam().where << ", " << how;
  }

  /// Whether the dialogue takes the same course however its octets arrive.
  bool steady() const { return !GetParam().is("play", "whole"); }

  /// Places in what the server says.
  std::vector<std::size_t> places() const {
    const std::size_t octets = GetParam().server_octets();
    std::vector<std::size_t> all;
    for (std::size_t at = 0; at <= octets; ++at) {
      const bool between = octets > kEveryPlace && at > kEnds && at < octets - kEnds;
      if (!between || at % (octets / 50) == 0) all.push_back(at);
    }
    return all;
  }

  /// Plays it with the connection ended in this way after each octet of the server.
  void play_cut(Ending ending, bool at_once) const {
    for (const std::size_t place : places()) {
      Performance performance = plain();
      performance.to_the_end = false;
      performance.network.cut_after = place;
      performance.network.cut = ending;
      performance.network.cut_at_once = at_once;
      play(performance, std::string(ending == Ending::close ? "closed" : "reset") + (at_once ? " at once" : "") +
                            " after octet " + std::to_string(place));
      if (HasFailure()) return;
    }
  }
};

TEST_P(TranscriptTest, Whole) {
  Performance performance = plain();
  performance.count_writes = true;
  play(performance, "whole");
}

TEST_P(TranscriptTest, SlowServer) {
  if (!steady()) return;
  Performance performance = plain();
  performance.slowness = 100;
  play(performance, "each reply 100 ms late");
}

TEST_P(TranscriptTest, OctetByOctet) {
  if (!steady()) return;
  Performance performance = plain();
  performance.network.read_limit = 1;
  play(performance, "read octet by octet");
  performance.network.write_limit = 1;
  play(performance, "read and written octet by octet");
  performance.network.read_limit = kNoLimit;
  play(performance, "written octet by octet");
}

TEST_P(TranscriptTest, EveryWindow) {
  if (GetParam().settings.count("tx") + GetParam().settings.count("rx") != 0) return;  // it is about its own windows
  for (const std::size_t tx : {64U, 65U, 128U, 512U}) {
    for (const std::size_t rx : {128U, 129U, 512U}) {
      Performance performance = plain();
      performance.tx = tx;
      performance.rx = rx;
      play(performance, "tx " + std::to_string(tx) + " rx " + std::to_string(rx));
    }
  }
}

TEST_P(TranscriptTest, SplitAtEveryPlace) {
  if (!steady()) return;
  for (const std::size_t place : places()) {
    Performance performance = plain();
    performance.network.split_at = place;
    play(performance, "split behind octet " + std::to_string(place));
    if (HasFailure()) return;
  }
}

TEST_P(TranscriptTest, ClosedAfterEveryOctet) {
  play_cut(Ending::close, false);
  play_cut(Ending::close, true);
}

TEST_P(TranscriptTest, ResetAfterEveryOctet) {
  play_cut(Ending::reset, false);
  play_cut(Ending::reset, true);
}

INSTANTIATE_TEST_SUITE_P(All, TranscriptTest, testing::ValuesIn(load_transcripts(MAILMOTE_TRANSCRIPTS_DIR)),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace mailmote::test
